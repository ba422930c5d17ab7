import { type RefObject, useEffect } from "react";
import { placeUnder } from "@/lib/linePlace";
import { wordAt } from "@/lib/wordTimes";
import type { Cue } from "@/types/video";

const NAME = "word-under-pointer";

/**
 * Underlines the word that a click would play from. By the browser's own highlights, which cost no element and no
 * render; where they are not known, nothing is underlined.
 */
export function useWordUnderPointer(box: RefObject<HTMLElement | null>, cues: readonly Cue[]): void {
  useEffect(() => {
    const scroller = box.current;
    if (!scroller || typeof Highlight === "undefined" || !CSS.highlights) return;
    let frame = 0;
    const clear = () => {
      cancelAnimationFrame(frame);
      CSS.highlights.delete(NAME);
    };
    const onMove = (event: PointerEvent) => {
      clear();
      if (event.pointerType !== "mouse" || event.buttons !== 0) return;
      frame = requestAnimationFrame(() => {
        const range = wordRange(event.clientX, event.clientY, cues);
        if (range) CSS.highlights.set(NAME, new Highlight(range));
      });
    };
    scroller.addEventListener("pointermove", onMove);
    scroller.addEventListener("pointerleave", clear);
    return () => {
      clear();
      scroller.removeEventListener("pointermove", onMove);
      scroller.removeEventListener("pointerleave", clear);
    };
  }, [box, cues]);
}

function wordRange(x: number, y: number, cues: readonly Cue[]): Range | null {
  const target = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-text]");
  const place = target && placeUnder(x, y);
  const word = place && wordAt(cues[place.cue]?.text ?? "", place.at);
  if (!target || !word) return null;
  const shownFrom = Number(target.dataset.from ?? 0);
  const start = textAt(target, word.from - shownFrom);
  const end = textAt(target, word.to - shownFrom);
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

/** The text node, and the place in it, that is so many letters into an element. */
function textAt(element: Element, letters: number): [Text, number] | null {
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = letters;
  for (let node = nodes.nextNode(); node instanceof Text; node = nodes.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return null;
}
