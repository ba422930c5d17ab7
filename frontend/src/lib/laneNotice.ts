import type { TFunction } from "i18next";
import { type LANE_ERRORS, SETUP_ERRORS } from "@/types/errors";
import type { Lane } from "@/types/progress";
import { say } from "./addedMessage";
import { inAbout, untilTime } from "./when";

type Subject = "playlists" | "titles" | "details" | "captions" | "transcripts";
type Reason = (typeof LANE_ERRORS)[number];

/** What people call what a lane brings. Pictures are not worth a line: a tile is good without one. */
const SUBJECTS: Partial<Record<string, Subject>> = {
  playlist: "playlists",
  oembed: "titles",
  data_api: "titles",
  player: "details",
  timedtext: "captions",
  media: "transcripts",
  groq: "transcripts",
};
/** Not YouTube's: whoever makes captions from the sound, in the cloud or at home. */
const SERVICE = "groq";
const ORDER: readonly Subject[] = ["playlists", "titles", "details", "captions", "transcripts"];
/** Of several reasons the gravest is said. */
const GRAVITY: readonly Reason[] = ["upstream_throttled", "upstream_down", "upstream_blocked"];

export interface LaneNotice {
  kind: "paused" | "probing";
  subjects: readonly Subject[];
  reason: Reason;
  /** It is not YouTube that sets the pace, but the service that makes captions. */
  byService: boolean;
  /** Videos; and playlists, whose videos nobody knows yet. */
  waiting: number;
  playlists: number;
  /** The first of them to go on. */
  resumesAt: string | null;
  /** The others go on later. */
  atLeast: boolean;
}

/** Without this lane something is not complete; a picture may come whenever it comes. */
export function isNeeded(lane: Lane): boolean {
  return isTold(lane) && SUBJECTS[lane.name] !== "transcripts";
}

const setupErrors: ReadonlySet<string | null> = new Set(SETUP_ERRORS);

/** Captions from the sound hold no import up, but somebody may wait for them. What has to be set up is said there. */
function isTold(lane: Lane): boolean {
  return SUBJECTS[lane.name] !== undefined && lane.waiting > 0 && !setupErrors.has(lane.reason_code);
}

const BRIEF_MS = 3000;
const SAME_TIME_MS = 2 * 60_000;

/** A pause that is over before anybody has read of it; also one whose end has come. */
export function isBriefPause(lane: Lane, now: number): boolean {
  return lane.resumes_at !== null && new Date(lane.resumes_at).getTime() - now < BRIEF_MS;
}

/** What there is to say about all lanes together: one thing, or nothing. */
export function laneNotice(lanes: readonly Lane[], now: number): LaneNotice | null {
  const told = lanes.filter(isTold);
  const byService = (lane: Lane) => lane.name === SERVICE;
  // YouTube concerns everything: what the service does is said only where there is nothing to say of YouTube.
  return (
    noticeOf(
      told.filter((lane) => !byService(lane)),
      now,
      false,
    ) ?? noticeOf(told.filter(byService), now, true)
  );
}

function noticeOf(told: readonly Lane[], now: number, byService: boolean): LaneNotice | null {
  const paused = told.filter((lane) => lane.state === "paused" && !isBriefPause(lane, now));
  const kind = paused.length > 0 ? "paused" : "probing";
  const concerned = paused.length > 0 ? paused : told.filter((lane) => lane.state === "probing");
  if (concerned.length === 0) return null;
  const ends = concerned.flatMap((lane) => lane.resumes_at ?? []).sort(byTime);
  const first = ends[0] ?? null;
  const last = ends.at(-1) ?? null;
  return {
    kind,
    subjects: ORDER.filter((subject) => concerned.some((lane) => SUBJECTS[lane.name] === subject)),
    reason: gravest(concerned),
    byService,
    ...waitingFor(concerned),
    resumesAt: kind === "paused" ? first : null,
    atLeast:
      ends.length < concerned.length ||
      (first !== null && last !== null && time(last) - time(first) > SAME_TIME_MS),
  };
}

/** The same video waits for its title and its details at once, but for its captions only afterwards. */
function waitingFor(lanes: readonly Lane[]): Pick<LaneNotice, "waiting" | "playlists"> {
  const most: Record<Subject, number> = { playlists: 0, titles: 0, details: 0, captions: 0, transcripts: 0 };
  for (const lane of lanes) {
    const subject = SUBJECTS[lane.name];
    if (subject) most[subject] = Math.max(most[subject], lane.waiting);
  }
  const waiting = Math.max(most.titles, most.details) + most.captions + most.transcripts;
  return { waiting, playlists: most.playlists };
}

function gravest(lanes: readonly Lane[]): Reason {
  const known = GRAVITY.findLast((code) => lanes.some((lane) => lane.reason_code === code));
  return known ?? "upstream_throttled";
}

const time = (iso: string) => new Date(iso).getTime();
const byTime = (a: string, b: string) => time(a) - time(b);

export function noticeKey(notice: LaneNotice | null): string {
  return notice ? `${notice.kind} ${notice.subjects.join("+")} ${notice.reason} ${notice.byService}` : "";
}

/** What is on the screen, and what would like to be there and since when. */
export interface SettledNotice {
  shown: LaneNotice | null;
  wantedKey: string;
  wantedSince: number;
}

export const NO_NOTICE: SettledNotice = { shown: null, wantedKey: "", wantedSince: 0 };
export const SETTLE_MS = 3000;

/**
 * Keeps the line from flickering: another state has to last for some seconds before it is shown, and so has
 * the end of one. Only a pause of known length is said at once. Counts and times of what is shown are always
 * the newest.
 */
export function settleNotice(state: SettledNotice, wanted: LaneNotice | null, now: number): SettledNotice {
  const wantedKey = noticeKey(wanted);
  if (wantedKey === noticeKey(state.shown)) return { shown: wanted, wantedKey, wantedSince: now };
  const wantedSince = wantedKey === state.wantedKey ? state.wantedSince : now;
  const knownPause = state.shown === null && wanted?.kind === "paused" && wanted.resumesAt !== null;
  const shown = knownPause || now - wantedSince >= SETTLE_MS ? wanted : state.shown;
  return { shown, wantedKey, wantedSince };
}

export interface NoticeText {
  head: string;
  rest: string;
  /** What is read aloud: without the countdown, so that it changes only when the news does. */
  spoken: string;
}

export function noticeText(notice: LaneNotice, t: TFunction, language: string, now: Date): NoticeText {
  const names = notice.subjects.map((subject) => t(`notice.${subject}`));
  const what = capitalised(new Intl.ListFormat(language, { type: "conjunction" }).format(names));
  const head = headOf(notice, what, t, language, now);
  const reason = notice.kind === "paused" ? `${reasonOf(notice, t)} ` : "";
  const waits =
    notice.waiting > 0
      ? t("notice.waits", say(notice.waiting, language))
      : t("notice.playlistsWait", say(notice.playlists, language));
  const soon = inAbout(notice.resumesAt, t, now);
  const rest = `${reason}${waits} ${soon ? t("notice.goesOnIn", { in: soon }) : t("notice.goesOn")}`;
  return { head, rest, spoken: `${head} ${reason}${waits} ${t("notice.goesOn")}` };
}

function reasonOf({ reason, byService }: LaneNotice, t: TFunction): string {
  if (!byService) return t(`errors.${reason}`);
  return t(reason === "upstream_down" ? "notice.service_down" : "notice.service_throttled");
}

function headOf(notice: LaneNotice, what: string, t: TFunction, language: string, now: Date): string {
  if (notice.kind === "probing") return t("notice.probing", { what });
  if (notice.resumesAt === null) return t("notice.paused", { what });
  const until = untilTime(notice.resumesAt, t, language, now);
  return t(notice.atLeast ? "notice.pausedAtLeast" : "notice.pausedUntil", { what, until });
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
