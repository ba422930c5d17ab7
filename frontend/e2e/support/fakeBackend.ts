import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page, WebSocketRoute } from "@playwright/test";
import type { Lane, LaneHistory } from "../../src/types/progress";
import type { SavedSearch } from "../../src/types/search";
import type { TranscriptionStatus, VideoTranscript } from "../../src/types/transcription";
import type {
  ApiToken,
  Chapter,
  Cue,
  ImportItem,
  ImportJob,
  Preview,
  Video,
  VideoList,
} from "../../src/types/video";
import { event } from "./fakeEvents";
import { controlled, itemPage, NO_PLAYLISTS, pageOf } from "./fakeImports";
import { answerLists } from "./fakeLists";
import { answerPeople, type PeopleState, passwordOnly, theOwner, thisBrowser } from "./fakePeople";
import { playerOf } from "./fakePlayer";
import { type Asked, askedOf, countsOf, ofGroups, previewOfText } from "./fakePreviews";
import { answerSearch } from "./fakeSearch";
import { answerTools } from "./fakeTools";
import { answerTranscription, transcriptionOf, transcriptionStatus } from "./fakeTranscription";
import { answerWatch } from "./fakeWatch";
import { chapters, cues } from "./fakeWords";

/** A made-up backend inside the browser's network layer, for states that are hard to bring about for real. */
const assets = fileURLToPath(new URL("../../../backend/standin/assets/", import.meta.url));
const pictures = readdirSync(assets)
  .filter((name) => /_(hq|mq)\.jpg$/.test(name) && name.includes("mq"))
  .map((name) => readFileSync(assets + name));

const TITLES = [
  "How lighthouses kept the coast safe for two thousand years",
  "Sauerteigbrot ohne Hefe: die Donaudampfschifffahrtsgesellschaftsbäckerei erklärt jeden Schritt",
  "A quiet walk through Kyoto in the rain (4K)",
  "Why bridges sing",
  "The whole history of paper, folded into twenty minutes",
  "Der Wald im Winter",
  "Building a wooden canoe by hand, part 3: steaming the ribs",
  "Gravity, slowly",
  "Interview: what a clockmaker hears",
  "Fermentation for beginners: kimchi, kraut and everything that can go wrong with them",
];
const CHANNELS = ["Harbour Light", "Backstube Nord", "Slow Streets", "Field Notes", "Papierwerk"];

export function video(index: number, changes: Partial<Video> = {}): Video {
  const youtube_id = `fake${String(index).padStart(7, "0")}`;
  return {
    id: `v${index}`,
    list_id: "l1",
    youtube_id,
    title: TITLES[index % TITLES.length] ?? null,
    channel: CHANNELS[index % CHANNELS.length] ?? null,
    duration_seconds: 95 + ((index * 397) % 5400),
    published_at: "2025-03-04T10:00:00Z",
    created_at: new Date(Date.UTC(2026, 0, 1) - index * 1000).toISOString(),
    thumbnail_url: `/api/thumbnails/${youtube_id}.jpg?sig=x`,
    embed_url: `https://www.youtube-nocookie.com/embed/${youtube_id}`,
    import_stage: "complete",
    import_progress: 100,
    error_code: null,
    captions_source: index % 7 === 3 ? "none" : "youtube_auto",
    captions_pending: false,
    captions_code: index % 7 === 3 ? "captions_none" : null,
    language: "en",
    import_id: "i1",
    waiting_until: null,
    tags: [],
    position_seconds: null,
    ...changes,
  };
}

export const grey: Partial<Video> = {
  import_stage: "created",
  import_progress: 0,
  title: null,
  channel: null,
  duration_seconds: null,
  captions_source: null,
};

export function job(total: number, waiting: number, changes: Partial<ImportJob> = {}): ImportJob {
  return {
    id: "i1",
    list_id: "l1",
    list_count: 1,
    label: null,
    state: "running",
    created_at: new Date().toISOString(),
    finished_at: null,
    undo_until: null,
    counts: { new: total, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 },
    progress_percent: Math.round(((total - waiting) / total) * 100),
    eta_seconds: 6400,
    summary: {
      total,
      imported: total - waiting,
      without_captions: 0,
      unavailable: {},
      waiting,
      later: 0,
      stopped: 0,
      playlists: NO_PLAYLISTS,
    },
    ...changes,
  };
}

export function lane(name: string, changes: Partial<Lane> = {}): Lane {
  return {
    name,
    state: "open",
    reason_code: null,
    rate_per_minute: 20,
    waiting: 0,
    resumes_at: null,
    ...changes,
  };
}

export const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

export interface FakeState extends PeopleState {
  signedIn: boolean;
  /** Somebody has set one. */
  hasPassword: boolean;
  isOwner: boolean;
  lists: VideoList[];
  videos: Video[];
  imports: ImportJob[];
  /** The lines of every import. */
  items: ImportItem[];
  tokens: ApiToken[];
  savedSearches: SavedSearch[];
  /** The answer to a search: an error's code. */
  searchFails: string | null;
  lanes: Lane[];
  laneHistory: LaneHistory[];
  cues: Cue[];
  chapters: Chapter[];
  /** People's own notes, by video. */
  notes: Record<string, string>;
  /** Why the player plays nothing: YouTube's own number. */
  playerError: number | null;
  transcription: TranscriptionStatus;
  /** Captions from the sound that are being made, by video. */
  transcripts: Record<string, VideoTranscript>;
  /** Answers of adding a batch; null: the server is not reachable. */
  addFails: boolean;
  /** What files turn out to be; text is looked through. */
  preview: Preview | null;
  /** The answer to a preview: an error's code and what comes with it. */
  previewFails: { code: string; groups?: unknown; limit?: number } | null;
  /** The answer to a preview waits for this. */
  previewWaits: Promise<void> | null;
  /** The socket is hung up on at once. */
  socketRefused: boolean;
}

const meOf = ({ isOwner, hasPassword }: FakeState) => ({
  ...{ id: "u1", username: "owner" },
  role: isOwner ? "owner" : "member",
  has_password: hasPassword,
});

export async function fakeBackend(page: Page, changes: Partial<FakeState> = {}) {
  const state: FakeState = {
    signedIn: true,
    hasPassword: false,
    isOwner: true,
    browsers: [thisBrowser()],
    people: [theOwner()],
    invitations: [],
    ways: passwordOnly(),
    linked: [],
    lists: [
      { id: "l1", name: "Watch later", video_count: changes.videos?.length ?? 0 },
      { id: "l2", name: "Talks", video_count: 214 },
      { id: "l3", name: "Kochen und Backen", video_count: 1208 },
    ],
    videos: [],
    imports: [],
    items: [],
    tokens: [],
    savedSearches: [],
    searchFails: null,
    lanes: [],
    laneHistory: [],
    cues: cues(220),
    chapters,
    notes: {},
    playerError: null,
    transcription: transcriptionStatus(),
    transcripts: {},
    addFails: false,
    preview: null,
    previewFails: null,
    previewWaits: null,
    socketRefused: false,
    ...changes,
  };
  const sockets = new Set<WebSocketRoute>();
  const authTokens: string[] = [];
  const retried: string[] = [];
  /** What was asked to be done: "POST /imports/i1/cancel", and with which words. */
  const actions: { call: string; body: unknown }[] = [];
  /** What was to be looked at, and what was imported after that. */
  const previews: Asked[] = [];
  const imported: Asked[] = [];
  let seq = 0;
  let epoch = "first";

  await page.routeWebSocket("**/api/ws/progress", (socket) => {
    if (state.socketRefused) {
      void socket.close({ code: 1012 });
      return;
    }
    sockets.add(socket);
    socket.onClose(() => sockets.delete(socket));
    socket.onMessage((text) => {
      const message = JSON.parse(String(text)) as { type: string; token: string };
      if (message.type !== "auth") return;
      authTokens.push(message.token);
      socket.send(JSON.stringify({ type: "ready", epoch, seq }));
      seq += 1;
      socket.send(
        JSON.stringify({
          type: "import_progress",
          seq,
          snapshot: true,
          videos: state.videos
            .filter((v) => v.import_stage !== "complete" && v.import_stage !== "error")
            .map(event),
          imports: state.imports.filter((i) => i.state === "running" || i.state === "paused"),
          lanes: state.lanes,
        }),
      );
    });
  });

  await page.route("**/api/**", async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    const path = url.pathname.slice(4);
    const json = (body: unknown, status = 200) => route.fulfill({ status, json: body });
    if (path === "/auth/refresh" || path === "/auth/token") {
      if (!state.signedIn && path === "/auth/refresh") {
        return json({ code: "unauthenticated", message: "" }, 401);
      }
      return json({ access_token: "t", token_type: "bearer", expires_in: 900 });
    }
    if (path.startsWith("/thumbnails/")) {
      const n = Number(/(\d+)\.jpg/.exec(path)?.[1] ?? 0);
      return route.fulfill({ contentType: "image/jpeg", body: pictures[n % pictures.length] ?? "" });
    }
    if (path === "/auth/logout") {
      state.signedIn = false;
      return json(null);
    }
    if (path === "/auth/me") return json(meOf(state));
    if (path === "/openapi.json") return json({ info: { version: "0.1.0" } });
    const body = request.postData()?.startsWith("{") ? request.postDataJSON() : null;
    const asked = { method: request.method(), path, query: url.searchParams, body };
    const answer =
      answerTools(state, asked) ??
      answerPeople(state, asked) ??
      answerLists(state, asked) ??
      answerSearch(state, asked) ??
      answerWatch(state, asked) ??
      answerTranscription(state, asked);
    if (answer) {
      if (asked.method !== "GET") actions.push({ call: `${asked.method} ${path}`, body });
      const { status, file } = answer;
      if (!file) return answer.json === undefined ? route.fulfill({ status }) : json(answer.json, status);
      const headers = { "content-disposition": `attachment; filename="${file.name}"` };
      return route.fulfill({ status, headers, body: file.body });
    }
    if (path === "/lists") return json(state.lists);
    if (path === "/imports/preview") {
      const asked = askedOf(request);
      previews.push(asked);
      await state.previewWaits;
      if (state.previewFails?.code === "offline") return route.abort();
      if (state.previewFails && !asked.options.groups) return json(state.previewFails, 422);
      const read = asked.fileNames.length > 0 ? state.preview : previewOfText(asked.text);
      return json(read && ofGroups(read, asked.options));
    }
    if (path === "/imports" && request.method() === "POST") {
      const asked = askedOf(request);
      imported.push(asked);
      if (state.addFails) return route.abort();
      const read = asked.fileNames.length > 0 ? state.preview : previewOfText(asked.text);
      const chosen = read && ofGroups(read, asked.options).items;
      const items = (chosen ?? []).filter(({ position }) => !asked.options.skip?.includes(position));
      return json({ import_id: "i9", counts: countsOf(items), videos: [] }, 201);
    }
    if (path === "/imports") return json(pageOf(state.imports, url.searchParams));
    const control = /^\/imports\/([^/]+)(?:\/([a-z.-]+))?$/.exec(path);
    if (control) {
      const [, importId, action] = control;
      const found = state.imports.find((one) => one.id === importId);
      if (!found) return json({ code: "import_not_found", message: "" }, 404);
      if (!action) return json(found);
      if (action === "items") return json(itemPage(state.items, url.searchParams));
      if (action === "report.csv") {
        return route.fulfill({ contentType: "text/csv; charset=utf-8", body: "\uFEFFline\r\n" });
      }
      actions.push({ call: `POST ${path}`, body: request.postDataJSON() });
      if (action === "retry-failed") return json({ retried: 1 }, 202);
      if (action === "undo") {
        // Wherever they are now; another import's videos stay.
        state.videos = state.videos.filter((one) => one.import_id !== importId);
        state.items = state.items.map((one) =>
          one.video_id === null ? one : { ...one, outcome: "removed", video_id: null, video: null },
        );
      }
      const changed = controlled(found, action);
      if (!changed) return json({ code: "import_is_over", message: "" }, 409);
      state.imports = state.imports.map((one) => (one.id === importId ? changed : one));
      return json(changed);
    }
    const bulk = /^\/videos\/(remove|retry|move)$/.exec(path)?.[1];
    if (bulk) {
      const body = request.postDataJSON() as { video_ids: string[]; list_id?: string };
      actions.push({ call: `POST ${path}`, body });
      const chosen = new Set(body.video_ids);
      const count = state.videos.filter((one) => chosen.has(one.id)).length;
      if (bulk === "retry") return json({ retried: count }, 202);
      state.videos = state.videos.filter((one) => !chosen.has(one.id));
      return json(bulk === "remove" ? { removed: count } : { moved: count, already_there: 0 });
    }
    if (path === "/lanes/history") return json(state.laneHistory);
    if (path === "/lanes") return json(state.lanes);
    if (/\/lists\/[^/]+\/videos\/batch$/.test(path)) {
      if (state.addFails) return route.abort();
      return json({ import_id: "i9", counts: job(0, 0).counts, videos: [] }, 201);
    }
    if (/\/lists\/[^/]+\/videos$/.test(path) && request.method() === "POST") {
      return state.addFails ? route.abort() : json(video(9000, grey), 201);
    }
    if (/\/lists\/[^/]+\/videos$/.test(path)) return json(pageOf(state.videos, url.searchParams));
    const id = /^\/videos\/([^/]+)/.exec(path)?.[1];
    const found = state.videos.find((v) => v.id === id);
    if (!found) return json({ code: "not_found", message: "" }, 404);
    if (path.endsWith("/enrichment/retry")) {
      retried.push(found.id);
      return json(null, 202);
    }
    if (path.endsWith("/enrichment")) {
      return json({
        stage: found.import_stage,
        description:
          "A film about light and the people who kept it.\n\nBook: https://example.org/lighthouses\n\n0:00 The dark coast\n1:00 Fires on hills",
        captions: {
          source: found.captions_source,
          language: "en",
          cues: found.captions_source === "none" ? [] : state.cues,
        },
        chapters: state.chapters,
        chapters_source: state.chapters.length > 0 ? "description" : "none",
        last_error_code: found.error_code,
        ...transcriptionOf(state, found),
      });
    }
    return json({ ...found, note: state.notes[found.id] ?? null });
  });
  await page.route("https://www.youtube-nocookie.com/**", (route) => {
    const id = /\/embed\/([^/?]+)(\/poster\.jpg)?/.exec(route.request().url());
    if (id?.[2]) return route.fulfill({ contentType: "image/jpeg", body: pictures[0] ?? "" });
    return route.fulfill({ contentType: "text/html", body: playerOf(id?.[1] ?? "", state) });
  });

  return {
    state,
    authTokens,
    retried,
    actions,
    previews,
    imported,
    send(frame: { videos?: Video[]; imports?: ImportJob[]; lanes?: Lane[]; lists?: string[] }) {
      seq += 1;
      const message = JSON.stringify({
        type: "import_progress",
        seq,
        videos: (frame.videos ?? []).map(event),
        imports: frame.imports ?? [],
        lanes: frame.lanes ?? [],
        lists: frame.lists ?? [],
      });
      for (const socket of sockets) socket.send(message);
    },
    async drop(code = 1012, nextEpoch = "second") {
      seq = 0;
      epoch = nextEpoch;
      for (const socket of sockets) await socket.close({ code });
    },
  };
}
