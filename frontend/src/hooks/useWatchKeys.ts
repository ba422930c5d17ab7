import { indexAt } from "@/lib/cues";
import { speedBeside } from "@/lib/speeds";
import { usePreferencesStore } from "@/stores/preferencesStore";
import type { Chapter, Cue } from "@/types/video";
import type { Player } from "./usePlayer";
import { useShortcuts } from "./useShortcuts";

interface Watched {
  player: Player;
  cues: readonly Cue[];
  chapters: readonly Chapter[];
  durationSeconds: number | null;
  toggleFullscreen: () => void;
}

/** So long after its beginning "previous" leads to the beginning of a line or chapter, not to the one before. */
const JUST_BEGUN_SECONDS = 2;

/** The keys of a video's page; those that only play do nothing where nothing plays. */
export function useWatchKeys({ player, cues, chapters, durationSeconds, toggleFullscreen }: Watched): void {
  const { captionsShown, setCaptions, speed, setSpeed } = usePreferencesStore();
  const { time, moveTo } = player;
  const by = (seconds: number) => () => {
    const end = durationSeconds ?? Number.POSITIVE_INFINITY;
    moveTo(Math.min(end, Math.max(0, time.get() + seconds)));
  };
  const beside = (spans: readonly { start_seconds: number }[], way: 1 | -1) => () => {
    const now = time.get();
    const at = indexAt(spans, now);
    const begun = now - (spans[at]?.start_seconds ?? 0);
    const to = spans[way > 0 ? at + 1 : begun > JUST_BEGUN_SECONDS ? at : at - 1];
    if (to) moveTo(to.start_seconds);
  };
  const tenths = Object.fromEntries(
    Array.from({ length: 10 }, (_, tenth) => [
      String(tenth),
      () => durationSeconds !== null && moveTo((durationSeconds * tenth) / 10),
    ]),
  );
  const captions = { c: () => setCaptions({ captionsShown: !captionsShown }) };
  const playing = {
    ...tenths,
    " ": player.togglePlay,
    k: player.togglePlay,
    j: by(-10),
    l: by(10),
    ArrowLeft: by(-5),
    ArrowRight: by(5),
    ",": beside(cues, -1),
    ".": beside(cues, 1),
    "Shift+ArrowLeft": beside(chapters, -1),
    "Shift+ArrowRight": beside(chapters, 1),
    "[": beside(chapters, -1),
    "]": beside(chapters, 1),
    "<": () => setSpeed(speedBeside(speed, -1)),
    ">": () => setSpeed(speedBeside(speed, 1)),
    m: player.toggleMute,
    f: toggleFullscreen,
  };
  useShortcuts(player.refusal === null ? { ...captions, ...playing } : captions);
}
