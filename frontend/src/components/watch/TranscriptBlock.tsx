import { Link2, Quote } from "lucide-react";
import { type MouseEvent, memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { BLOCK } from "@/hooks/useFind";
import { type Mark, pieces } from "@/lib/findWords";
import { clock } from "@/lib/format";
import "@/lib/i18n/watch";
import { MORE_OF_LINE, marksWithin, shownPart } from "@/lib/longLines";
import type { Cue } from "@/types/video";
import { Menu, MenuItem } from "../ui/Menu";

/** What can be copied of a moment. */
export interface Copying {
  quote: (text: string, seconds: number) => void;
  youtubeLink: (seconds: number) => void;
  ownLink: (seconds: number) => void;
}

interface Props {
  cues: readonly Cue[];
  start: number;
  current: number;
  /** What is found in its lines, and the match that is looked at, if it is in this block. */
  marks: readonly Mark[];
  match: number;
  onLine: (cue: number) => void;
  onText: (event: MouseEvent) => void;
  copying: Copying;
}

export const TranscriptBlock = memo(function TranscriptBlock({
  cues,
  start,
  current,
  marks,
  match,
  onLine,
  onText,
  copying,
}: Props) {
  return (
    <ol>
      {cues.slice(start, start + BLOCK).map((cue, offset) => {
        const index = start + offset;
        return (
          <Line
            key={index}
            cue={cue}
            index={index}
            isCurrent={index === current}
            marks={marks.filter((mark) => mark.line === index)}
            match={match}
            onLine={onLine}
            onText={onText}
            copying={copying}
          />
        );
      })}
    </ol>
  );
});

interface LineProps extends Pick<Props, "marks" | "match" | "onLine" | "onText" | "copying"> {
  cue: Cue;
  index: number;
  isCurrent: boolean;
}

function Line({ cue, index, isCurrent, marks, match, onLine, onText, copying }: LineProps) {
  const { t } = useTranslation();
  const time = clock(cue.start_seconds);
  return (
    <li
      data-cue={index}
      aria-current={isCurrent ? "true" : undefined}
      className="group/line relative flex items-baseline gap-3 rounded-lg px-3 py-1.5 text-base text-text-2 hover:bg-surface-2 hover:text-text-1 aria-[current]:bg-surface-2 aria-[current]:text-text-1"
    >
      <button
        type="button"
        onClick={() => onLine(index)}
        aria-label={t("watch.playFrom", { time })}
        className="tabular min-h-6 min-w-12 shrink-0 rounded-xs text-right text-xs text-text-3 select-none hover:text-accent group-aria-[current]/line:text-accent"
      >
        {time}
      </button>
      <Text cue={cue} marks={marks} match={match} onText={onText} />
      <span className="invisible absolute top-0.5 right-0.5 rounded-lg bg-surface-2 group-focus-within/line:visible group-hover/line:visible has-aria-expanded:visible pointer-coarse:hidden">
        <Menu
          trigger={
            <button
              type="button"
              aria-label={t("watch.copyFrom", { time })}
              title={t("watch.copyQuote")}
              className="grid size-8 place-content-center rounded-lg text-text-3 hover:bg-surface-3 hover:text-text-1"
            >
              <Quote size={15} aria-hidden />
            </button>
          }
        >
          <MenuItem icon={<Quote size={16} />} onSelect={() => copying.quote(cue.text, cue.start_seconds)}>
            {t("watch.copyQuote")}
          </MenuItem>
          <MenuItem icon={<Link2 size={16} />} onSelect={() => copying.youtubeLink(cue.start_seconds)}>
            {t("watch.copyYoutube")}
          </MenuItem>
          <MenuItem icon={<Link2 size={16} />} onSelect={() => copying.ownLink(cue.start_seconds)}>
            {t("watch.copyOwn")}
          </MenuItem>
        </Menu>
      </span>
    </li>
  );
}

function Text({ cue, marks, match, onText }: Pick<LineProps, "cue" | "marks" | "match" | "onText">) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(0);
  const { length } = cue.text;
  const { from, to } = shownPart(length, asked, marks, match);
  return (
    <span className="min-w-0 grow">
      {from > 0 && "… "}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the time in front of it is the button, this one is for pointers */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <span
        dir="auto"
        data-text
        data-from={from > 0 ? from : undefined}
        onClick={onText}
        className="block cursor-pointer break-words"
      >
        <Words text={cue.text.slice(from, to)} marks={marksWithin(marks, from, to)} match={match} />
      </span>
      {(from > 0 || to < length) && (
        <button
          type="button"
          className="py-1 text-sm text-accent hover:underline"
          onClick={() => setAsked(asked + MORE_OF_LINE)}
        >
          {t("watch.moreOfLine")}
        </button>
      )}
    </span>
  );
}

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
