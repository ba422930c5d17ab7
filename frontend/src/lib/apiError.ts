import { ALL_ERRORS, type RejectReason, type RequestErrorCode } from "@/types/errors";
import type { PreviewGroup } from "@/types/video";

const known: ReadonlySet<string> = new Set(ALL_ERRORS);

/** A request that did not do what it was asked to: the server's `{code, message}`, or no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: RequestErrorCode;
  readonly videoId: string | null;
  readonly reason: RejectReason | null;
  /** What an input that is too large is divided into, so that somebody can choose of it. */
  readonly groups: readonly PreviewGroup[];
  /** How many lines are taken at once, where that is why not. */
  readonly limit: number | null;

  /** After how long the server wants to be asked again, if it says so. */
  readonly waitSeconds: number | null;

  constructor(status: number, body: unknown, headers?: Headers) {
    const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    const code = typeof fields.code === "string" ? fields.code : "";
    super(typeof fields.message === "string" ? fields.message : `HTTP ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.code = known.has(code) ? (code as RequestErrorCode) : status === 0 ? "offline" : "unexpected";
    this.videoId = typeof fields.video_id === "string" ? fields.video_id : null;
    this.reason = typeof fields.reason_code === "string" ? (fields.reason_code as RejectReason) : null;
    this.limit = typeof fields.limit === "number" ? fields.limit : null;
    const wait = Number(headers?.get("retry-after") ?? 0);
    this.waitSeconds = wait > 0 ? wait : null;
    this.groups = Array.isArray(fields.groups) ? (fields.groups as PreviewGroup[]) : [];
  }
}

/** Nothing was heard from the server: asking again later is worth it. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError ? error.status === 0 || error.status >= 502 : error instanceof TypeError;
}

/** The server says that there is no such thing, as far as this person may know. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(error instanceof TypeError ? 0 : -1, null);
}
