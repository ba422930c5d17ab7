import { ApiError } from "@/lib/apiError";

/** The server's version, which its own description of itself tells. */
export async function fetchVersion(signal?: AbortSignal): Promise<string> {
  const response = await fetch(new URL("/api/openapi.json", location.origin), signal ? { signal } : {});
  if (!response.ok) throw new ApiError(response.status, null);
  const { info } = (await response.json()) as { info: { version: string } };
  return info.version;
}
