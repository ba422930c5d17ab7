import { ArrowDownUp } from "lucide-react";
import { memo, useCallback, useEffect, useReducer, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useFind } from "@/hooks/useFind";
import type { Player } from "@/hooks/usePlayer";
import { useShortcuts } from "@/hooks/useShortcuts";
import { indexAt } from "@/lib/cues";
import { type Mark, pieces } from "@/lib/findWords";
import { type FollowEvent, follow } from "@/lib/follow";
import { clock } from "@/lib/format";
import type { Cue } from "@/types/video";
import { TranscriptSearch } from "./captions/TranscriptSearch";
import { Button } from "./ui/Button";

/** Lines per block; blocks out of view are skipped by the browser's layout. */
const BLOCK = 40;
/** Scroll events this soon after our own scrolling are ours. */
const OWN_SCROLL_MS = 700;

/**
 * Every spoken line, the current one marked and kept in view, as long as nobody scrolls: a reading person
 * is left alone until they ask to be taken back.
 */
export function Transcript({ cues, player }: { cues: readonly Cue[]; player: Player }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLElement>(null);
  const current = useSyncExternalStore(player.time.subscribe, () => indexAt(cues, player.time.get()));
  const [{ following }, send] = useReducer(
    (state: { following: boolean }, event: FollowEvent) => follow(state, event),
    { following: true },
  );
  const scrolledByUs = useRef(0);

  const show = useCallback((cue: number) => {
    const box = scroller.current;
    const line = box?.querySelector<HTMLElement>(`[data-cue="${cue}"]`);
    if (!box || !line) return;
    scrolledByUs.current = performance.now();
    // Never scrollIntoView: that would also move the page under the reader.
    const top = box.scrollTop + distance(line, box) - box.clientHeight / 3;
    const far = Math.abs(box.scrollTop - top) > box.clientHeight;
    box.scrollTo({ top, behavior: far ? "instant" : "smooth" });
  }, []);

  useEffect(() => {
    if (following && current >= 0) show(current);
  }, [current, following, show]);

  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });
  const find = useFind(cues, BLOCK, () => indexAt(cues, player.time.get()));
  const match = find.found.matches[find.at];
  // Also the next match in the same line is a step.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (match === undefined) return;
    // Who searches is reading.
    send({ type: "reader-scrolled", currentLineVisible: false });
    show(match);
  }, [match, find.at, show]);

  const onScroll = () => {
    if (performance.now() - scrolledByUs.current < OWN_SCROLL_MS) return;
    const box = scroller.current;
    const line = box?.querySelector<HTMLElement>(`[data-cue="${current}"]`);
    if (!box || !line) return;
    const top = distance(line, box);
    send({ type: "reader-scrolled", currentLineVisible: top > -20 && top < box.clientHeight - 20 });
  };
  // A wheel or finger is the reader's even while our own smooth scrolling is under way.
  const onReader = () => {
    scrolledByUs.current = 0;
  };

  const blocks = [];
  for (let start = 0; start < cues.length; start += BLOCK) {
    const inside = current >= start && current < start + BLOCK;
    blocks.push(
      <Block
        key={start}
        cues={cues}
        start={start}
        current={inside ? current : -1}
        marks={find.marksOf(start)}
        match={find.marksOf(start).some((mark) => mark.match === find.at) ? find.at : -1}
        onSeek={player.seekTo}
        onSought={send}
      />,
    );
  }

  return (
    <div className="flex min-h-0 grow flex-col">
      <TranscriptSearch find={find} ref={field} />
      <div className="relative min-h-0 grow">
        <section
          ref={scroller}
          onScroll={onScroll}
          onWheel={onReader}
          onTouchMove={onReader}
          onKeyDown={onReader}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          aria-label={t("video.transcript")}
          className="relative h-full overflow-y-auto overscroll-contain pb-16"
          data-testid="transcript"
        >
          {blocks}
        </section>
        {!following && current >= 0 && (
          <Button
            look="main"
            className="absolute bottom-3 left-1/2 w-max -translate-x-1/2 shadow-lg"
            onClick={() => send({ type: "asked-to-follow" })}
          >
            <ArrowDownUp size={15} aria-hidden />
            {t("video.follow")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** From the top of the box to the line. Not offsetTop: a block that skips layout is an offset parent of its own. */
function distance(line: Element, box: Element): number {
  return line.getBoundingClientRect().top - box.getBoundingClientRect().top;
}

interface BlockProps {
  cues: readonly Cue[];
  start: number;
  current: number;
  /** What is found in its lines, and the match that is looked at, if it is in this block. */
  marks: readonly Mark[];
  match: number;
  onSeek: (seconds: number) => void;
  onSought: (event: FollowEvent) => void;
}

const Block = memo(function Block({ cues, start, current, marks, match, onSeek, onSought }: BlockProps) {
  return (
    <ol className="skip-offscreen">
      {cues.slice(start, start + BLOCK).map((cue, offset) => {
        const index = start + offset;
        return (
          <li key={index} data-cue={index}>
            <button
              type="button"
              onClick={() => {
                onSeek(cue.start_seconds);
                onSought({ type: "sought" });
              }}
              aria-current={index === current ? "true" : undefined}
              className="group/line flex w-full items-baseline gap-3 rounded-lg px-3 py-1.5 text-left text-base text-text-2 hover:bg-surface-2 hover:text-text-1 aria-[current]:bg-surface-2 aria-[current]:text-text-1"
            >
              <span className="tabular w-12 shrink-0 text-right text-xs text-text-3 group-aria-[current]/line:text-accent">
                {clock(cue.start_seconds)}
              </span>
              <span className="min-w-0 break-words">
                <Words text={cue.text} marks={marks.filter((mark) => mark.line === index)} match={match} />
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
});

function Words({ text, marks, match }: { text: string; marks: readonly Mark[]; match: number }) {
  if (marks.length === 0) return text;
  return pieces(text, marks).map((piece, index) =>
    piece.match === null ? (
      piece.text
    ) : (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a fixed text
        key={index}
        data-match={piece.match === match ? "current" : ""}
        className="rounded-xs bg-(--ring) text-text-1 data-[match=current]:bg-accent data-[match=current]:text-on-accent"
      >
        {piece.text}
      </mark>
    ),
  );
}
