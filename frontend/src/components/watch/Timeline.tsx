import {
  type KeyboardEvent,
  type PointerEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import type { Player } from "@/hooks/usePlayer";
import { indexAt } from "@/lib/cues";
import { clock } from "@/lib/format";
import "@/lib/i18n/watch";
import type { Chapter } from "@/types/video";

interface Props {
  player: Player;
  chapters: readonly Chapter[];
  durationSeconds: number;
  /** Where something is found that is searched for, in seconds. */
  found: readonly number[];
}

const STEP_SECONDS = 5;
/** More dots than this are a line. */
const MOST_DOTS = 300;

const share = (seconds: number, duration: number) =>
  `${Math.min(100, Math.max(0, (100 * seconds) / duration))}%`;

/** Where one is in the video: chapters and places that are found are marked on it, a click or key goes there. */
export function Timeline({ player, chapters, durationSeconds, found }: Props) {
  const { t } = useTranslation();
  const track = useRef<HTMLDivElement>(null);
  const { time, moveTo } = player;
  const [pointed, setPointed] = useState<number | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  // Half seconds are as fine as a bar of pixels is.
  const played = useSyncExternalStore(time.subscribe, () => Math.round(time.get() * 2) / 2);
  const now = dragged ?? Math.min(played, durationSeconds);

  const chapterAt = (seconds: number) => chapters[indexAt(chapters, seconds)];
  const told = (seconds: number) => {
    const names = { time: clock(seconds), duration: clock(durationSeconds) };
    const chapter = chapterAt(seconds)?.title;
    return chapter ? t("watch.timelineIn", { ...names, chapter }) : t("watch.timelineAt", names);
  };

  const secondsAt = ({ clientX }: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * durationSeconds;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event.key, now, durationSeconds, chapters);
    if (to === null || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moveTo(to);
  };
  const end = () => {
    if (dragged !== null) moveTo(dragged);
    setDragged(null);
  };

  const tipped = dragged ?? pointed ?? (focused ? now : null);
  return (
    <div
      ref={track}
      role="slider"
      tabIndex={0}
      aria-label={t("watch.timeline")}
      aria-valuemin={0}
      aria-valuemax={Math.floor(durationSeconds)}
      aria-valuenow={Math.floor(now)}
      aria-valuetext={told(now)}
      data-testid="timeline"
      className="group/line relative h-6 shrink-0 cursor-pointer touch-none rounded-xs select-none"
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocused(event.currentTarget.matches(":focus-visible"))}
      onBlur={() => setFocused(false)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture?.(event.pointerId);
        setDragged(secondsAt(event));
      }}
      onPointerMove={(event) => {
        if (dragged !== null) setDragged(secondsAt(event));
        if (event.pointerType === "mouse") setPointed(secondsAt(event));
      }}
      onPointerUp={end}
      onPointerCancel={() => setDragged(null)}
      onPointerLeave={() => setPointed(null)}
    >
      <div className="absolute inset-x-0 top-2.5 h-1 overflow-hidden rounded-full bg-surface-3 transition-[top,height] group-hover/line:top-2 group-hover/line:h-2">
        {pointed !== null && (
          <div
            className="absolute inset-y-0 left-0 bg-text-3 opacity-40"
            style={{ width: share(pointed, durationSeconds) }}
          />
        )}
        <div className="absolute inset-y-0 left-0 bg-accent" style={{ width: share(now, durationSeconds) }} />
        <Gaps chapters={chapters} durationSeconds={durationSeconds} />
      </div>
      <Dots found={found} durationSeconds={durationSeconds} />
      <div
        className="pointer-events-none absolute top-3 size-3 -translate-1/2 rounded-full bg-accent opacity-0 transition-opacity group-hover/line:opacity-100 group-focus-visible/line:opacity-100"
        style={{ left: share(now, durationSeconds) }}
      />
      {tipped !== null && (
        <Tip seconds={tipped} title={chapterAt(tipped)?.title} at={share(tipped, durationSeconds)} />
      )}
    </div>
  );
}

function target(key: string, now: number, duration: number, chapters: readonly Chapter[]): number | null {
  const chapter = indexAt(chapters, now);
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(duration, now + STEP_SECONDS);
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, now - STEP_SECONDS);
    case "PageUp":
      return chapters[chapter + 1]?.start_seconds ?? Math.min(duration, now + 12 * STEP_SECONDS);
    case "PageDown":
      return chapters[chapter - 1]?.start_seconds ?? Math.max(0, now - 12 * STEP_SECONDS);
    case "Home":
      return 0;
    case "End":
      return duration;
    default:
      return null;
  }
}

/** Chapters begin at gaps of the line. */
function Gaps({ chapters, durationSeconds }: Pick<Props, "chapters" | "durationSeconds">) {
  return chapters
    .filter(({ start_seconds }) => start_seconds > 0 && start_seconds < durationSeconds)
    .map(({ start_seconds }) => (
      <div
        key={start_seconds}
        data-testid="chapter-mark"
        className="absolute inset-y-0 w-0.75 -translate-x-1/2 bg-surface-0"
        style={{ left: share(start_seconds, durationSeconds) }}
      />
    ));
}

function Dots({ found, durationSeconds }: Pick<Props, "found" | "durationSeconds">) {
  const places = useMemo(
    () => [...new Set(found.map((seconds) => share(Math.round((seconds / durationSeconds) * 400), 400)))],
    [found, durationSeconds],
  );
  if (places.length > MOST_DOTS) return null;
  return places.map((place) => (
    <div
      key={place}
      className="pointer-events-none absolute bottom-0 size-1 -translate-x-1/2 rounded-full bg-text-3"
      style={{ left: place }}
    />
  ));
}

function Tip({ seconds, title, at }: { seconds: number; title: string | undefined; at: string }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute bottom-full z-10 mb-1 flex w-max max-w-[min(20rem,90%)] gap-2 rounded-md border border-surface-3 bg-surface-1 px-2 py-1 text-xs text-text-1 shadow-lg"
      // Kept inside of the line's two ends by moving it by as much of its own width.
      style={{ left: at, transform: `translateX(-${at})` }}
    >
      <span className="tabular">{clock(seconds)}</span>
      {title && <bdi className="truncate text-text-2">{title}</bdi>}
    </div>
  );
}
