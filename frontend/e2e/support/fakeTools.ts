import type { ApiToken, Follow, TokenScope, VideoList } from "../../src/types/video";
import { inMinutes } from "./fakeBackend";

/** Answers of what has to do with the rest of the world: tokens, followed lists, files to take along. */
export interface Question {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

export interface Answer {
  status: number;
  json?: unknown;
  file?: { name: string; body: string };
}

export function token(
  id: string,
  name: string,
  scope: TokenScope,
  changes: Partial<ApiToken> = {},
): ApiToken {
  return { id, name, scope, created_at: inMinutes(-60 * 24 * 12), last_used_at: null, ...changes };
}

export function follow(changes: Partial<Follow> = {}): Follow {
  return {
    list_id: "l1",
    url: "https://www.youtube.com/@harbourlight",
    title: "Harbour Light",
    interval_hours: 6,
    checked_at: inMinutes(-125),
    next_check_at: inMinutes(235),
    is_checking: false,
    reason_code: null,
    ...changes,
  };
}

const NOTHING: Answer = { status: 204 };
const no = (status: number, code: string): Answer => ({ status, json: { code, message: "" } });

const FILES: Record<string, string> = {
  json: "videothek.json",
  csv: "videothek.csv",
  html: "videothek.html",
  takeout: "videothek.zip",
  archive: "videothek.txt",
};

/** null: it is not about these. */
export function answerTools(
  state: { lists: VideoList[]; tokens: ApiToken[] },
  asked: Question,
): Answer | null {
  const { path, method, query } = asked;
  if (path === "/export") {
    const name = FILES[query.get("format") ?? "json"] ?? "";
    return { status: 200, file: { name, body: `${query.get("format")} ${query.get("list_id") ?? "all"}` } };
  }
  if (path.startsWith("/tokens")) return tokens(state, asked);
  const followed = /^\/lists\/([^/]+)\/follow(\/check)?$/.exec(path);
  const list = state.lists.find(({ id }) => id === followed?.[1]);
  if (!followed) return null;
  if (!list) return no(404, "list_not_found");
  if (method === "DELETE") {
    list.follow = null;
    return NOTHING;
  }
  if (followed[2]) {
    if (!list.follow) return no(404, "follow_not_found");
    list.follow = { ...list.follow, is_checking: true };
    return { status: 202, json: list.follow };
  }
  const body = asked.body as { url: string; interval_hours: number };
  if (!body.url.includes("youtube.com/")) return no(422, "not_a_playlist");
  const same = list.follow?.url === body.url ? list.follow : follow({ title: null, checked_at: null });
  list.follow = { ...same, ...body, list_id: list.id, next_check_at: inMinutes(0) };
  return { status: 200, json: list.follow };
}

function tokens(state: { tokens: ApiToken[] }, { method, path, body }: Question): Answer {
  if (method === "DELETE") {
    state.tokens = state.tokens.filter(({ id }) => !path.endsWith(`/${id}`));
    return NOTHING;
  }
  if (method === "GET") return { status: 200, json: state.tokens };
  const { name, scope } = body as { name: string; scope: TokenScope };
  const made = token(`t${state.tokens.length + 1}`, name, scope, { created_at: inMinutes(0) });
  state.tokens = [made, ...state.tokens];
  return { status: 201, json: { ...made, token: `vt_${"s3cret".repeat(7)}` } };
}
