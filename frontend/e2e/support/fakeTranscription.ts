import type { Estimate, TranscriptionStatus, VideoTranscript } from "../../src/types/transcription";
import type { Video } from "../../src/types/video";
import { inMinutes } from "./fakeBackend";

/** Answers of what has to do with captions from the sound. */
export function estimate(videos: number, minutes: number, changes: Partial<Estimate> = {}): Estimate {
  return { videos, minutes, cost: (minutes / 60) * 0.04, currency: "USD", is_rough: false, ...changes };
}

export function transcriptionStatus(changes: Partial<TranscriptionStatus> = {}): TranscriptionStatus {
  return {
    provider: "groq",
    model: "whisper-large-v3-turbo",
    problem_code: null,
    price_per_hour: 0.04,
    currency: "USD",
    max_minutes: 360,
    day: { cap_minutes: 480, used_minutes: 168.4, resets_at: inMinutes(700) },
    month: { cap_minutes: null, used_minutes: 2412, resets_at: inMinutes(11_000) },
    cost_this_month: 1.61,
    waiting: estimate(0, 0),
    ...changes,
  };
}

export function transcript(changes: Partial<VideoTranscript> = {}): VideoTranscript {
  return {
    state: "words",
    parts_done: 0,
    part_count: 0,
    by_hand: false,
    reason_code: null,
    resumes_at: null,
    ...changes,
  };
}

interface State {
  videos: Video[];
  transcription: TranscriptionStatus;
  transcripts: Record<string, VideoTranscript>;
}

interface Asked {
  method: string;
  path: string;
  body: unknown;
}

/** null: it is not about these. */
export function answerTranscription(
  state: State,
  { method, path, body }: Asked,
): { status: number; json: unknown; file?: undefined } | null {
  if (path === "/transcription") return { status: 200, json: state.transcription };
  if (method !== "POST") return null;
  const one = /^\/videos\/([^/]+)\/transcription$/.exec(path)?.[1];
  const ofImport = /^\/imports\/([^/]+)\/transcribe$/.exec(path)?.[1];
  if (one === undefined && ofImport === undefined && path !== "/videos/transcribe") return null;
  if (state.transcription.provider === "off") {
    return { status: 409, json: { code: "transcription_off", message: "" } };
  }
  const wanted = one ? [one] : ((body as { video_ids?: string[] } | null)?.video_ids ?? []);
  const begun = state.videos.filter(
    ({ id, import_id, captions_source }) =>
      captions_source === "none" && (ofImport ? import_id === ofImport : wanted.includes(id)),
  );
  if (one && begun.length === 0) {
    return { status: 409, json: { code: "captions_already_there", message: "" } };
  }
  for (const video of begun) {
    state.transcripts[video.id] = transcript({ state: "sound", by_hand: true });
    video.captions_pending = true;
    video.captions_code = null;
  }
  return { status: 202, json: { started: begun.length } };
}

/** What the details of a video say of it. */
export function transcriptionOf(state: State, video: Video) {
  const missing = video.captions_source === "none" && state.transcription.provider !== "off";
  const minutes = (video.duration_seconds ?? 0) / 60;
  return {
    transcription: state.transcripts[video.id] ?? null,
    transcription_estimate: missing ? estimate(1, minutes) : null,
  };
}
