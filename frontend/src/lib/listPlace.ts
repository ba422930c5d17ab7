/** How each list was looked at last (its filter and sort), for ways back that are not the browser's own. */
const queries = new Map<string, string>();

export function rememberQuery(listId: string, query: string): void {
  queries.set(listId, query);
}

export function listPath(listId: string): string {
  return `/lists/${listId}${queries.get(listId) ?? ""}`;
}
