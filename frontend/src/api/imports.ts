import type { Lane, LaneHistory } from "@/types/progress";
import type { ImportJob, ImportPage } from "@/types/video";
import { client, unwrap } from "./http";

export async function fetchImports(): Promise<ImportJob[]> {
  const page = await unwrap(client.GET("/api/imports", { params: { query: { limit: 20 } } }));
  return page.items;
}

/** Older imports, page by page. */
export function fetchImportPage(cursor: string | null, signal?: AbortSignal): Promise<ImportPage> {
  const query = cursor ? { limit: 10, cursor } : { limit: 10 };
  return unwrap(client.GET("/api/imports", { params: { query }, ...(signal && { signal }) }));
}

export function fetchLanes(): Promise<Lane[]> {
  return unwrap(client.GET("/api/lanes"));
}

export function fetchLaneHistory(signal?: AbortSignal): Promise<LaneHistory[]> {
  return unwrap(client.GET("/api/lanes/history", { ...(signal && { signal }) }));
}
