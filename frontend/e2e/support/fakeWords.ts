import type { Chapter, Cue } from "../../src/types/video";

/** What is said in the made-up videos. */
const SENTENCES = [
  "For most of history, the night belonged to the sea.",
  "A fire on a hill was all that a captain could hope for,",
  "and a fire on the wrong hill was the end of the voyage.",
  "The first towers were built not to warn, but to welcome.",
  "Then somebody had the idea to put the fire behind glass.",
  "That changed everything, slowly.",
];

export function cues(count: number): Cue[] {
  return Array.from({ length: count }, (_, i) => ({
    start_seconds: i * 4,
    end_seconds: i * 4 + 3.8,
    text: SENTENCES[i % SENTENCES.length] ?? "",
  }));
}

export const chapters: Chapter[] = [
  { start_seconds: 0, end_seconds: 60, title: "The dark coast" },
  { start_seconds: 60, end_seconds: 150, title: "Fires on hills" },
  {
    start_seconds: 150,
    end_seconds: 320,
    title: "A tower in Alexandria, and how it stood for fifteen centuries",
  },
  { start_seconds: 320, end_seconds: 460, title: "Fresnel’s lens" },
  { start_seconds: 460, end_seconds: 900, title: "The last keepers" },
];
