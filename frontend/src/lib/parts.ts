/** The most videos that one request takes. */
export const PER_REQUEST = 10_000;

/** Ids in portions, each for one request. */
export function partsOf(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let from = 0; from < ids.length; from += PER_REQUEST) parts.push(ids.slice(from, from + PER_REQUEST));
  return parts;
}
