import type { SavedSearch, SearchChoice, SearchHit, SearchPage, TextPart } from "../../src/types/search";
import type { Video } from "../../src/types/video";

/** Answers of the search over made-up words: enough of one to see what the page makes of them. */
interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

interface State {
  videos: Video[];
  savedSearches: SavedSearch[];
  /** The answer to a search: an error's code. */
  searchFails: string | null;
}

interface Answer {
  status: number;
  json?: unknown;
  file?: undefined;
}

/** What is said, in turn, in the videos that have captions. */
const SPEECHES = [
  [
    "For most of history, the night belonged to the sea.",
    "A fire on a hill was all that a captain could hope for,",
    "and a fire on the wrong hill was the end of the voyage.",
    "Then somebody had the idea to put the fire behind glass.",
    "The keeper of the lighthouse slept by day and read by night.",
    "In the end the light went out, and nobody was there to see it.",
  ],
  [
    "Das Feuer im Ofen muss eine Stunde brennen, bevor das Brot hineinkommt.",
    "Wer den Teig zu früh formt, wird am Abend keine Freude haben.",
    "Licht und Wärme sind für die Gärung wichtiger als jedes Rezept.",
  ],
  [
    "It rains, and the light of the shops lies on the stones.",
    "Nobody hurries here; the fire brigade passes without a sound.",
  ],
  ["كان الحارس يشعل النار كل مساء فوق التل البعيد", "The word for lighthouse, منارة, comes from fire: نار."],
  ["灯台の火は夜の海を照らしていました。", "船長はその光を見て、港へ帰りました。"],
];

/** The made-up titles have these; the rest has none. */
const CUE_SECONDS = 47;

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

interface Terms {
  wanted: string[];
  unwanted: string[];
}

function termsOf(query: string): Terms {
  const terms: Terms = { wanted: [], unwanted: [] };
  for (const [, minus, phrase, word] of fold(query).matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)) {
    const term = (phrase ?? word ?? "").replace(/[*.,?]/g, "").trim();
    if (term !== "") (minus ? terms.unwanted : terms.wanted).push(term);
  }
  return terms;
}

/** Marks every word that begins like one of the terms. */
export function marked(text: string, terms: readonly string[]): TextPart[] {
  if (text === "") return [];
  const spots = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].flatMap((word) =>
    terms.some((term) =>
      term.includes(" ") ? term.split(" ").includes(fold(word[0])) : fold(word[0]).startsWith(term),
    )
      ? [{ from: word.index, to: word.index + word[0].length }]
      : [],
  );
  const parts: TextPart[] = [];
  let at = 0;
  for (const { from, to } of spots) {
    if (from > at) parts.push({ text: text.slice(at, from), marked: false });
    parts.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

const has = (text: string, terms: readonly string[]) => terms.some((term) => fold(text).includes(term));

function resultOf(video: Video, index: number, terms: Terms) {
  const speech = video.captions_source === "none" ? [] : (SPEECHES[index % SPEECHES.length] ?? []);
  const all = [video.title, video.channel, ...video.tags, ...speech].join("\n");
  if (!terms.wanted.every((term) => has(all, [term])) || has(all, terms.unwanted)) return null;
  const hits: SearchHit[] = speech.flatMap((line, i) =>
    has(line, terms.wanted)
      ? [{ start_seconds: 12.4 + i * CUE_SECONDS, kind: "captions", parts: marked(line, terms.wanted) }]
      : [],
  );
  if (index % 10 === 0 && has("Fires on hills", terms.wanted)) {
    const parts = marked("Fires on hills", terms.wanted);
    hits.unshift({ start_seconds: 60, kind: "chapter", parts });
  }
  return {
    video,
    title_parts: marked(video.title ?? "", terms.wanted),
    channel_parts: marked(video.channel ?? "", terms.wanted),
    description_parts:
      index === 4 ? marked("A film about paper, and about the fire it fears.", terms.wanted) : null,
    hits: hits.slice(0, 5),
    hit_count: index === 0 && hits.length > 0 ? hits.length + 12 : hits.length,
  };
}

function fits(video: Video, query: URLSearchParams): boolean {
  const is = (name: string, value: string | null) => !query.has(name) || query.get(name) === value;
  const seconds = video.duration_seconds ?? 0;
  const day = video.published_at?.slice(0, 10) ?? "";
  return (
    is("list_id", video.list_id) &&
    is("channel", video.channel) &&
    is("language", video.language) &&
    is("captions_source", video.captions_source) &&
    (!query.has("tag") || video.tags.includes(query.get("tag") ?? "")) &&
    seconds >= Number(query.get("min_duration_seconds") ?? 0) &&
    seconds <= Number(query.get("max_duration_seconds") ?? Number.POSITIVE_INFINITY) &&
    day >= (query.get("published_after") ?? "") &&
    day <= (query.get("published_before") ?? "9")
  );
}

function search({ videos }: State, query: URLSearchParams): SearchPage {
  const terms = termsOf(query.get("q") ?? "");
  const isLink = /^\S+\/\S+$/.test(query.get("q") ?? "");
  const isWordless = terms.wanted.length === 0 && (query.get("q") ?? "").trim() !== "";
  const linked = (video: Video) => isLink && (query.get("q") ?? "").includes(video.youtube_id);
  const found = videos.flatMap((video, index) => {
    if (linked(video)) return resultOf(video, index, { wanted: [], unwanted: [] }) ?? [];
    const result = fits(video, query) && !isWordless ? resultOf(video, index, terms) : null;
    return result ? [result] : [];
  });
  // Twins have the most of what they are asked for.
  const [first] = terms.wanted;
  const isRelaxed = found.length === 0 && terms.wanted.length > 2 && first !== undefined;
  const some = isRelaxed
    ? videos.flatMap((video, index) => resultOf(video, index, { wanted: [first], unwanted: [] }) ?? [])
    : found;
  if (query.get("sort") === "longest") {
    some.sort((a, b) => (b.video.duration_seconds ?? 0) - (a.video.duration_seconds ?? 0));
  }
  const from = Number(query.get("cursor") ?? 0);
  const to = from + Number(query.get("limit") ?? 20);
  return {
    results: some.slice(from, to),
    next_cursor: to < some.length ? String(to) : null,
    total: some.length,
    total_is_exact: true,
    is_relaxed: isRelaxed,
  };
}

function choicesOf(values: readonly (string | null)[]): SearchChoice[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, video_count]) => ({ value, video_count }))
    .sort((a, b) => b.video_count - a.video_count);
}

/** null: it is not about these. */
export function answerSearch(state: State, asked: Asked): Answer | null {
  const { path, query } = asked;
  if (path === "/search") {
    if (state.searchFails) return { status: 404, json: { code: state.searchFails, message: "" } };
    return { status: 200, json: search(state, query) };
  }
  if (path === "/search/choices") {
    const videos = state.videos.filter(({ list_id }) => list_id === (query.get("list_id") ?? list_id));
    return {
      status: 200,
      json: {
        channels: choicesOf(videos.map(({ channel }) => channel)),
        languages: choicesOf(videos.map(({ language }) => language)),
        captions_sources: choicesOf(videos.map(({ captions_source }) => captions_source)),
        tags: choicesOf(videos.flatMap(({ tags }) => tags)),
      },
    };
  }
  if (path.startsWith("/saved-searches")) return saved(state, asked);
  return null;
}

function saved(state: State, { method, path, body }: Asked): Answer {
  const id = path.split("/")[2];
  const given = body as SavedSearch;
  if (method === "GET") return { status: 200, json: state.savedSearches };
  if (method === "DELETE") {
    state.savedSearches = state.savedSearches.filter((one) => one.id !== id);
    return { status: 204 };
  }
  const old = state.savedSearches.find((one) => one.id === id);
  const made = old ? { ...old, name: given.name } : { ...given, id: `s${state.savedSearches.length + 1}` };
  state.savedSearches = [...state.savedSearches.filter((one) => one.id !== made.id), made].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
  return { status: old ? 200 : 201, json: made };
}
