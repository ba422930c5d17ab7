import type { ExportFormat, Follow, MoveResult, Share, User, VideoList } from "@/types/video";
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

/** Everybody with an account, by name, and what they may do with an own list. */
export async function fetchShares(listId: string): Promise<Share[]> {
  const { shares, others } = await unwrap(
    client.GET("/api/lists/{list_id}/shares", { params: { path: { list_id: listId } } }),
  );
  const without = others.map((person) => ({ ...person, can_edit: null }));
  return [...shares, ...without].sort((one, other) => one.username.localeCompare(other.username));
}

/** Share a list with somebody to read or to edit, or (null) no longer. */
export async function setShare(listId: string, userId: string, canEdit: boolean | null): Promise<void> {
  const params = { path: { list_id: listId, with_user_id: userId } };
  const path = "/api/lists/{list_id}/shares/{with_user_id}";
  if (canEdit === null) await unwrap(client.DELETE(path, { params }));
  else await unwrap(client.PUT(path, { params, body: { can_edit: canEdit } }));
}

/** Somebody else's list is not shown any more. */
export async function leaveList(listId: string): Promise<void> {
  const { id } = await fetchMe();
  await setShare(listId, id, null);
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
