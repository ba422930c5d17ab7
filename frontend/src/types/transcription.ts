import type { ErrorCode } from "./errors";

/** About how much sound there is to transcribe, and what that costs. */
export interface Estimate {
  videos: number;
  minutes: number;
  cost: number;
  currency: string;
  /** Some lengths or captions are not known yet: reckoned like the others of this library. */
  is_rough: boolean;
}

/** Captions from the sound of one video that are being made, or wait for it. */
export interface VideoTranscript {
  state: "waiting" | "sound" | "words";
  parts_done: number;
  /** 0 while the sound is still being fetched. */
  part_count: number;
  by_hand: boolean;
  /** What it waits for. */
  reason_code: ErrorCode | null;
  resumes_at: string | null;
}

/** Of an import: those there are, those to come, and those of them that wait for the budget. */
export interface ImportTranscription {
  made: Estimate;
  pending: Estimate;
  over_budget: number;
  resumes_at: string | null;
}

/** In minutes of sound; null: there is no cap. */
export interface Cap {
  cap_minutes: number | null;
  used_minutes: number;
  resets_at: string;
}

export interface TranscriptionStatus {
  provider: "groq" | "local" | "off";
  model: string | null;
  /** What has to be put right in the settings before it works. */
  problem_code: ErrorCode | null;
  price_per_hour: number;
  currency: string;
  max_minutes: number | null;
  day: Cap;
  month: Cap;
  cost_this_month: number;
  waiting: Estimate;
}
