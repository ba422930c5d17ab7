/** How each list was looked at last (its filter and sort), for ways back that are not the browser's own. */
const queries = new Map<string, string>();

export function rememberQuery(listId: string, query: string): void {
  queries.set(listId, query);
}

/** The search that led to a video, told with the link: its page has a way back to it. */
export interface FromSearch {
  search: string;
}

export function searchBefore(state: unknown): string | null {
  const { search } = (state ?? {}) as Partial<FromSearch>;
  return typeof search === "string" && /^\/search(\?|$)/.test(search) ? search : null;
}

export function listPath(listId: string): string {
  return `/lists/${listId}${queries.get(listId) ?? ""}`;
}
