import { type RefObject, useEffect, useState } from "react";
import { linePlace } from "@/lib/linePlace";
import { timeOfWord } from "@/lib/wordTimes";
import type { Cue } from "@/types/video";

/** Words of a transcript that are selected, and about when they are said. */
export interface SelectedLines {
  text: string;
  seconds: number;
}

/** What is selected inside of a transcript; null if that is nothing. */
export function useSelectedLines(
  box: RefObject<HTMLElement | null>,
  cues: readonly Cue[],
): SelectedLines | null {
  const [selected, setSelected] = useState<SelectedLines | null>(null);
  useEffect(() => {
    let frame = 0;
    const onChange = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const next = read(box.current, cues);
        setSelected((now) => (now?.text === next?.text && now?.seconds === next?.seconds ? now : next));
      });
    };
    document.addEventListener("selectionchange", onChange);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("selectionchange", onChange);
    };
  }, [box, cues]);
  return selected;
}

function read(box: HTMLElement | null, cues: readonly Cue[]): SelectedLines | null {
  const selection = document.getSelection();
  if (!box || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const start = linePlace(range.startContainer, range.startOffset);
  const end = linePlace(range.endContainer, range.endOffset);
  const first = start && cues[start.cue];
  if (!start || !end || !first) return null;
  const text = cues
    .slice(start.cue, end.cue + 1)
    .map((cue, index) => {
      const line = start.cue + index;
      return cue.text.slice(line === start.cue ? start.at : 0, line === end.cue ? end.at : undefined);
    })
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "") return null;
  const next = cues[start.cue + 1]?.start_seconds ?? null;
  return { text, seconds: timeOfWord(first, start.at, next) };
}
