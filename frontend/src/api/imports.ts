import type { Lane } from "@/types/progress";
import type { ImportJob } from "@/types/video";
import { client, unwrap } from "./http";

export async function fetchImports(): Promise<ImportJob[]> {
  const page = await unwrap(client.GET("/api/imports", { params: { query: { limit: 20 } } }));
  return page.items;
}

export function fetchLanes(): Promise<Lane[]> {
  return unwrap(client.GET("/api/lanes"));
}
