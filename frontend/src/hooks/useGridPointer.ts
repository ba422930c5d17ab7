import { type MouseEvent, type PointerEvent, useRef } from "react";
import type { VideoRow } from "@/lib/rows";
import { selectionStore } from "@/stores/selectionStore";

const LONG_PRESS_MS = 450;
const STILL_PX = 10;

/** The place of the tile that an event came from. Menus are elsewhere in the page and have none. */
export function tileIndex(target: EventTarget): number | null {
  const index = (target as Element).closest<HTMLElement>("[data-index]")?.dataset.index;
  return index === undefined ? null : Number(index);
}

/**
 * Selecting by pointer, for all tiles at once: Ctrl or Cmd adds, Shift takes in a range, and while something
 * is selected a plain click selects as well. On touch it begins with a long press.
 */
export function useGridPointer(items: readonly VideoRow[]) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const pressed = useRef(false);

  const rowOf = (target: EventTarget) => {
    const index = tileIndex(target);
    const row = index === null ? undefined : items[index];
    return row && !row.pending ? row : null;
  };
  const endPress = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };

  const onClickCapture = (event: MouseEvent) => {
    const row = rowOf(event.target);
    if (!row) return;
    const take = (select: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      select();
    };
    // The finger that began a selection is lifted: that is not a click.
    if (pressed.current) {
      pressed.current = false;
      return take(() => {});
    }
    const button = (event.target as Element).closest("button");
    if (button && button.getAttribute("role") !== "checkbox") return;
    if (event.shiftKey) {
      return take(() => selectionStore.extendTo(row.id, idsOf(items)));
    }
    if (button) return;
    // A key's click has no count: Enter opens, also while something is selected.
    const byPointer = event.detail > 0;
    if (event.ctrlKey || event.metaKey || (byPointer && selectionStore.isOn())) {
      take(() => selectionStore.toggle(row.id));
    }
  };

  return {
    onClickCapture,
    onMouseDown: (event: MouseEvent) => {
      // A range of tiles, not of their words.
      if (event.shiftKey && rowOf(event.target)) event.preventDefault();
    },
    onPointerDown: (event: PointerEvent) => {
      pressed.current = false;
      endPress();
      const row = event.pointerType === "touch" ? rowOf(event.target) : null;
      if (!row || (event.target as Element).closest("button")) return;
      const timer = setTimeout(() => {
        press.current = null;
        pressed.current = true;
        navigator.vibrate?.(10);
        selectionStore.toggle(row.id);
      }, LONG_PRESS_MS);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      const from = press.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) endPress();
    },
    onPointerUp: endPress,
    onPointerCancel: endPress,
    onContextMenu: (event: MouseEvent) => {
      // The system's own sheet for a long press on a link.
      if (press.current || pressed.current) event.preventDefault();
    },
  };
}

/** What can be chosen: everything that the server knows of. */
export function idsOf(items: readonly VideoRow[]): string[] {
  return items.filter((row) => !row.pending).map((row) => row.id);
}
