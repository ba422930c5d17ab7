import type { DropInput } from "@/lib/dropContent";
import type { Lane, LaneHistory } from "@/types/progress";
import type {
  BatchResult,
  ImportItemPage,
  ImportJob,
  ImportOptions,
  ImportPage,
  ItemOutcome,
  Preview,
  RetriableOutcome,
} from "@/types/video";
import { client, fetchFile, send, unwrap } from "./http";

export async function fetchImports(): Promise<ImportJob[]> {
  const page = await unwrap(client.GET("/api/imports", { params: { query: { limit: 20 } } }));
  return page.items;
}

/** Older imports, page by page. */
export function fetchImportPage(cursor: string | null, signal?: AbortSignal): Promise<ImportPage> {
  const query = cursor ? { limit: 10, cursor } : { limit: 10 };
  return unwrap(client.GET("/api/imports", { params: { query }, ...(signal && { signal }) }));
}

export function fetchImport(importId: string, signal?: AbortSignal): Promise<ImportJob> {
  return unwrap(
    client.GET("/api/imports/{import_id}", {
      params: { path: { import_id: importId } },
      ...(signal && { signal }),
    }),
  );
}

/** Nothing more of it is taken on; what is in flight finishes its step. */
export function pauseImport(importId: string): Promise<ImportJob> {
  return unwrap(client.POST("/api/imports/{import_id}/pause", { params: { path: { import_id: importId } } }));
}

/** From a pause, and from a cancellation: its stopped videos go on. */
export function resumeImport(importId: string): Promise<ImportJob> {
  return unwrap(
    client.POST("/api/imports/{import_id}/resume", { params: { path: { import_id: importId } } }),
  );
}

/** Finished videos always stay; `remaining` says what happens to the others. */
export function cancelImport(importId: string, remaining: "keep" | "remove" = "keep"): Promise<ImportJob> {
  return unwrap(
    client.POST("/api/imports/{import_id}/cancel", {
      params: { path: { import_id: importId } },
      body: { remaining },
    }),
  );
}

/** Takes back all of it: every video it brought, wherever it is now. */
export function undoImport(importId: string): Promise<ImportJob> {
  return unwrap(client.POST("/api/imports/{import_id}/undo", { params: { path: { import_id: importId } } }));
}

/** Tries a group of an import's videos again; says how many. */
export async function retryFailed(
  importId: string,
  outcome: RetriableOutcome = "unavailable",
): Promise<number> {
  const answer = await unwrap(
    client.POST("/api/imports/{import_id}/retry-failed", {
      params: { path: { import_id: importId } },
      body: { outcome },
    }),
  );
  return answer.retried;
}

/** The lines of an import with what became of each, page by page. */
export function fetchImportItems(
  importId: string,
  options: {
    outcome?: ItemOutcome | null;
    cursor?: string | null;
    limit?: number;
    signal?: AbortSignal;
  } = {},
): Promise<ImportItemPage> {
  const { outcome, cursor, limit = 100, signal } = options;
  return unwrap(
    client.GET("/api/imports/{import_id}/items", {
      params: {
        path: { import_id: importId },
        query: { limit, ...(outcome && { outcome }), ...(cursor && { cursor }) },
      },
      ...(signal && { signal }),
    }),
  );
}

/** The same as a table for spreadsheets, in the language of the page. */
export function fetchImportReport(
  importId: string,
  language: string,
  outcome: ItemOutcome | null = null,
): Promise<Blob> {
  const query = outcome ? `?outcome=${outcome}` : "";
  const path = `/api/imports/${encodeURIComponent(importId)}/report.csv${query}`;
  return fetchFile(path, { "accept-language": language });
}

export function fetchLanes(): Promise<Lane[]> {
  return unwrap(client.GET("/api/lanes"));
}

export function fetchLaneHistory(signal?: AbortSignal): Promise<LaneHistory[]> {
  return unwrap(client.GET("/api/lanes/history", { ...(signal && { signal }) }));
}

/** What an import of it would do. Nothing is stored. */
export function previewImport(
  input: DropInput,
  options: ImportOptions,
  signal?: AbortSignal,
): Promise<Preview> {
  return send("/api/imports/preview", bodyOf(input, options), signal);
}

/** Everything is stored before the answer, also in several lists. */
export function addImport(input: DropInput, options: ImportOptions): Promise<BatchResult> {
  return send("/api/imports", bodyOf(input, options));
}

/** Files as they are, in a form; text alone as JSON. */
function bodyOf({ text, files }: DropInput, options: ImportOptions): FormData | object {
  if (files.length === 0) return { text, ...options };
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  if (text !== "") form.append("text", text);
  form.append("options", JSON.stringify(options));
  return form;
}
