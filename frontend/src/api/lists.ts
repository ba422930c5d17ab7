import type { User, VideoList } from "@/types/video";
import { client, unwrap } from "./http";

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
