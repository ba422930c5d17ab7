import { ofSaved } from "@/lib/searchRequest";
import type { SavedSearch, SearchChoices, SearchPage, SearchRequest } from "@/types/search";
import { client, unwrap } from "./http";

/** Videos of one page of results: the first fills a large screen. */
const PAGE_SIZE = 10;

export function fetchSearchPage(
  { query, filters, sort }: SearchRequest,
  cursor: string | null,
  signal?: AbortSignal,
  limit = PAGE_SIZE,
): Promise<SearchPage> {
  return unwrap(
    client.GET("/api/search", {
      params: { query: { q: query, ...filters, sort, limit, ...(cursor && { cursor }) } },
      ...(signal && { signal }),
    }),
  );
}

export function fetchSearchChoices(listId: string | undefined, signal?: AbortSignal): Promise<SearchChoices> {
  return unwrap(
    client.GET("/api/search/choices", {
      params: { query: listId === undefined ? {} : { list_id: listId } },
      ...(signal && { signal }),
    }),
  );
}

type Wire = Parameters<typeof ofSaved>[0] & { id: string; name: string };
const read = (saved: Wire): SavedSearch => ({ id: saved.id, name: saved.name, ...ofSaved(saved) });

export async function fetchSavedSearches(): Promise<SavedSearch[]> {
  const saved: Wire[] = await unwrap(client.GET("/api/saved-searches"));
  return saved.map(read);
}

export async function saveSearch(
  name: string,
  { query, filters, sort }: SearchRequest,
): Promise<SavedSearch> {
  return read(await unwrap(client.POST("/api/saved-searches", { body: { name, query, filters, sort } })));
}

export async function renameSavedSearch(searchId: string, name: string): Promise<SavedSearch> {
  const path = { search_id: searchId };
  return read(
    await unwrap(client.PATCH("/api/saved-searches/{search_id}", { params: { path }, body: { name } })),
  );
}

export async function forgetSavedSearch(searchId: string): Promise<void> {
  await unwrap(
    client.DELETE("/api/saved-searches/{search_id}", { params: { path: { search_id: searchId } } }),
  );
}
