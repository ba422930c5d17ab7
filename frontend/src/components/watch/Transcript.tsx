import { ArrowDownUp } from "lucide-react";
import {
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import { useDrawnBlocks } from "@/hooks/useDrawnBlocks";
import { BLOCK, type Find } from "@/hooks/useFind";
import type { Player } from "@/hooks/usePlayer";
import { useSelectedLines } from "@/hooks/useSelectedLines";
import { useShortcuts } from "@/hooks/useShortcuts";
import { useWordUnderPointer } from "@/hooks/useWordUnderPointer";
import { indexAt } from "@/lib/cues";
import { type FollowEvent, follow } from "@/lib/follow";
import { placeUnder } from "@/lib/linePlace";
import { roughHeight } from "@/lib/longLines";
import { timeOfWord, wordAt } from "@/lib/wordTimes";
import type { Cue } from "@/types/video";
import { TranscriptSearch } from "../captions/TranscriptSearch";
import { Button } from "../ui/Button";
import { QuoteBar } from "./QuoteBar";
import { type Copying, TranscriptBlock } from "./TranscriptBlock";

/** Scroll events this soon after our own scrolling are ours. */
const OWN_SCROLL_MS = 700;

interface Props {
  cues: readonly Cue[];
  /** Of the captions. */
  language: string | null;
  player: Player;
  find: Find;
  copying: Copying;
}

/**
 * Every spoken line, the current one marked and kept in view, as long as nobody scrolls: a reading person
 * is left alone until they ask to be taken back. A click on a word plays from there.
 */
export function Transcript({ cues, language, player, find, copying }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLElement>(null);
  const { seekTo, time } = player;
  const current = useSyncExternalStore(time.subscribe, () => indexAt(cues, time.get()));
  const [{ following }, send] = useReducer(
    (state: { following: boolean }, event: FollowEvent) => follow(state, event),
    { following: true },
  );
  const scrolledByUs = useRef(0);
  const blocks = Math.ceil(cues.length / BLOCK);
  const drawn = useDrawnBlocks(scroller, blocks);
  const selected = useSelectedLines(scroller, cues);
  useWordUnderPointer(scroller, cues);

  // A new object each time: the same line may be asked for again.
  const [wanted, show] = useState<{ cue: number } | null>(null);
  const wantedBlock = wanted ? Math.floor(wanted.cue / BLOCK) : -2;
  const isDrawn = (block: number) => drawn.has(block) || Math.abs(block - wantedBlock) <= 1;
  useLayoutEffect(() => {
    const box = scroller.current;
    const line = wanted && box?.querySelector<HTMLElement>(`[data-cue="${wanted.cue}"]`);
    if (!box || !line) return;
    scrolledByUs.current = performance.now();
    // Never scrollIntoView: that would also move the page under the reader.
    const top = box.scrollTop + distance(line, box) - box.clientHeight / 3;
    const far = Math.abs(box.scrollTop - top) > box.clientHeight;
    box.scrollTo({ top, behavior: far ? "instant" : "smooth" });
  }, [wanted]);

  const selecting = selected !== null;
  useEffect(() => {
    // Nor is anything moved that somebody is selecting.
    if (following && current >= 0 && !selecting) show({ cue: current });
  }, [current, following, selecting]);

  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });
  const match = find.found.matches[find.at];
  // Also the next match in the same line is a step.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (match === undefined || !find.byHand) return;
    // Who searches is reading.
    send({ type: "reader-scrolled", currentLineVisible: false });
    show({ cue: match });
  }, [match, find.at, find.byHand]);

  const isAway = useIsAway(scroller, current, !following, isDrawn(Math.floor(current / BLOCK)));

  const onScroll = () => {
    if (performance.now() - scrolledByUs.current < OWN_SCROLL_MS || current < 0) return;
    const box = scroller.current;
    if (!box) return;
    const line = box.querySelector<HTMLElement>(`[data-cue="${current}"]`);
    const top = line ? distance(line, box) : Number.POSITIVE_INFINITY;
    send({ type: "reader-scrolled", currentLineVisible: top > -20 && top < box.clientHeight - 20 });
  };
  // A wheel or finger is the reader's even while our own smooth scrolling is under way.
  const onReader = () => {
    scrolledByUs.current = 0;
  };

  const onLine = useCallback(
    (cue: number) => {
      const line = cues[cue];
      if (line) seekTo(line.start_seconds);
      send({ type: "sought" });
    },
    [cues, seekTo],
  );
  const onText = useCallback(
    (event: MouseEvent) => {
      // The end of a selection is no click.
      if (document.getSelection()?.isCollapsed === false) return;
      const line = event.currentTarget.closest<HTMLElement>("[data-cue]");
      const index = Number(line?.dataset.cue);
      const cue = cues[index];
      if (!cue) return;
      const place = placeUnder(event.clientX, event.clientY);
      const word = place?.cue === index ? wordAt(cue.text, place.at) : null;
      seekTo(timeOfWord(cue, word?.from ?? 0, cues[index + 1]?.start_seconds ?? null));
      send({ type: "sought" });
    },
    [cues, seekTo],
  );

  const content = [];
  for (let block = 0; block < blocks; block += 1) {
    const start = block * BLOCK;
    const marks = find.marksOf(start);
    const height = isDrawn(block) ? undefined : (drawn.heightOf(block) ?? roughHeight(cues, start, BLOCK));
    content.push(
      <div key={start} data-block={block} style={{ height }}>
        {isDrawn(block) && (
          <TranscriptBlock
            cues={cues}
            start={start}
            current={current >= start && current < start + BLOCK ? current : -1}
            marks={marks}
            match={marks.some((mark) => mark.match === find.at) ? find.at : -1}
            onLine={onLine}
            onText={onText}
            copying={copying}
          />
        )}
      </div>,
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
          lang={language ?? undefined}
          className="relative h-full overflow-y-auto overscroll-contain pb-16"
          data-testid="transcript"
        >
          {content}
        </section>
        {selected ? (
          <QuoteBar copying={copying} selected={selected} />
        ) : (
          isAway && (
            <Button
              look="main"
              className="absolute bottom-3 left-1/2 w-max -translate-x-1/2 shadow-lg"
              onClick={() => send({ type: "asked-to-follow" })}
            >
              <ArrowDownUp size={15} aria-hidden />
              {t("video.follow")}
            </Button>
          )
        )}
      </div>
    </div>
  );
}

/** Whether the current line is out of sight, so that there is somewhere to go back to. */
function useIsAway(
  scroller: RefObject<HTMLElement | null>,
  current: number,
  reading: boolean,
  isDrawn: boolean,
): boolean {
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    const box = scroller.current;
    if (!reading || current < 0 || !box) {
      setAway(false);
      return;
    }
    const line = isDrawn && box.querySelector(`[data-cue="${current}"]`);
    if (!line) {
      setAway(true);
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => setAway(entries.at(-1)?.isIntersecting === false),
      { root: box, rootMargin: "-20px 0px" },
    );
    observer.observe(line);
    return () => observer.disconnect();
  }, [scroller, current, reading, isDrawn]);
  return isAway;
}

/** From the top of the box to the line. Not offsetTop: a block that skips layout is an offset parent of its own. */
function distance(line: Element, box: Element): number {
  return line.getBoundingClientRect().top - box.getBoundingClientRect().top;
}
