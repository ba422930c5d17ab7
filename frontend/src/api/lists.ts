import type { ExportFormat, Follow, MoveResult, User, VideoList } from "@/types/video";
import { client, type DownloadedFile, fetchDownload, unwrap } from "./http";

export function fetchMe(): Promise<User> {
  return unwrap(client.GET("/api/auth/me"));
}

export function fetchLists(): Promise<VideoList[]> {
  return unwrap(client.GET("/api/lists"));
}

export function createList(name: string): Promise<VideoList> {
  return unwrap(client.POST("/api/lists", { body: { name } }));
}

export function renameList(listId: string, name: string): Promise<VideoList> {
  return unwrap(
    client.PATCH("/api/lists/{list_id}", { params: { path: { list_id: listId } }, body: { name } }),
  );
}

export async function deleteList(listId: string): Promise<void> {
  await unwrap(client.DELETE("/api/lists/{list_id}", { params: { path: { list_id: listId } } }));
}

/** All videos of a list go into another one, and the empty list goes. */
export function mergeLists(listId: string, intoListId: string): Promise<MoveResult> {
  return unwrap(
    client.POST("/api/lists/{list_id}/merge", {
      params: { path: { list_id: listId } },
      body: { into_list_id: intoListId },
    }),
  );
}

export interface FollowInput {
  url: string;
  interval_hours: number;
  include_existing: boolean;
}

/** A list follows one playlist or channel: another address replaces it. */
export function followSource(listId: string, body: FollowInput): Promise<Follow> {
  return unwrap(client.PUT("/api/lists/{list_id}/follow", { params: { path: { list_id: listId } }, body }));
}

export function checkFollow(listId: string): Promise<Follow> {
  return unwrap(client.POST("/api/lists/{list_id}/follow/check", { params: { path: { list_id: listId } } }));
}

export async function unfollow(listId: string): Promise<void> {
  await unwrap(client.DELETE("/api/lists/{list_id}/follow", { params: { path: { list_id: listId } } }));
}

/** All lists, or one of them, as a file that other programs and Videothek itself can read. */
export function fetchExport(format: ExportFormat, listId: string | null): Promise<DownloadedFile> {
  const query = new URLSearchParams({ format, ...(listId !== null && { list_id: listId }) });
  return fetchDownload(`/api/export?${query}`);
}
