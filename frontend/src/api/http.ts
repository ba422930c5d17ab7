import createClient from "openapi-fetch";
import { ApiError } from "@/lib/apiError";
import { fileName } from "@/lib/files";
import type { paths } from "./schema";
import { session } from "./session";

/** Adds the token; an expired one is renewed once, shared by all, and the request is sent again. */
export async function authorizedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const first = await attempt(request);
  if (first.status !== 401) return first;
  if (!(await session.renew())) return first;
  return attempt(again);
}

async function attempt(request: Request): Promise<Response> {
  const token = session.token();
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, null);
  }
}

// openapi-fetch would bind the global fetch at creation; the wrapper lets tests replace it.
export const client = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: (request) => authorizedFetch(request),
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data, or the server's reason as an ApiError. */
export async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw new ApiError(response.status, error, response.headers);
  return data as T;
}

export interface DownloadedFile {
  blob: Blob;
  /** As the server calls it; null if it does not say. */
  name: string | null;
}

/** The same with the server's name for it: only the server knows what kind of file it became. */
export async function fetchDownload(path: string, asked?: object): Promise<DownloadedFile> {
  const post = asked && {
    method: "POST",
    body: JSON.stringify(asked),
    headers: { "content-type": "application/json" },
  };
  const response = await authorizedFetch(new Request(new URL(path, location.origin), post));
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
  return { blob: await response.blob(), name: fileName(response.headers.get("content-disposition")) };
}

/** A plain link can't carry the token, so a file is fetched and handed over as a blob. */
export async function fetchFile(path: string, headers: Record<string, string> = {}): Promise<Blob> {
  const response = await authorizedFetch(new Request(new URL(path, location.origin), { headers }));
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
  return response.blob();
}

/** A form or JSON to be sent: forms are more than the typed client can say. */
export async function send<T>(path: string, body: FormData | object, signal?: AbortSignal): Promise<T> {
  const json = !(body instanceof FormData);
  const request = new Request(new URL(path, location.origin), {
    method: "POST",
    body: json ? JSON.stringify(body) : body,
    ...(json && { headers: { "content-type": "application/json" } }),
    ...(signal && { signal }),
  });
  const response = await authorizedFetch(request);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, answer);
  return answer as T;
}
