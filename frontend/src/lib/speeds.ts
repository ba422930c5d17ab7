/** How fast videos can be watched; YouTube knows these. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** "1.5×", "1,5×". */
export function speedName(speed: number, language: string): string {
  return `${new Intl.NumberFormat(language).format(speed)}×`;
}

/** The next faster or slower one; at an end it stays. */
export function speedBeside(speed: number, by: 1 | -1): number {
  const others = SPEEDS.filter((known) => (by > 0 ? known > speed : known < speed));
  return (by > 0 ? others[0] : others.at(-1)) ?? speed;
}
