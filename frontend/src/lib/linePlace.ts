/** A place in the lines of a transcript, as the page shows them. */
export interface LinePlace {
  cue: number;
  /** Letters from the beginning of the line's text. */
  at: number;
}

/**
 * Where a place of the page is in the transcript; null outside of it. Lines are marked with `data-cue`, their
 * texts with `data-text`; a text that is shown in part says with `data-from` where that part begins.
 */
export function linePlace(node: Node, offset: number): LinePlace | null {
  const element = node instanceof Element ? node : node.parentElement;
  const line = element?.closest<HTMLElement>("[data-cue]");
  if (!line) return null;
  const cue = Number(line.dataset.cue);
  const text = element?.closest<HTMLElement>("[data-text]");
  if (!text) return { cue, at: 0 };
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(node, offset);
  return { cue, at: Number(text.dataset.from ?? 0) + before.toString().length };
}

/** The place under a pointer. Browsers call it by two names. */
export function placeUnder(x: number, y: number): LinePlace | null {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && linePlace(caret.offsetNode, caret.offset);
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? linePlace(range.startContainer, range.startOffset) : null;
}
