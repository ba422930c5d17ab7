import { type KeyboardEvent, useEffect, useRef } from "react";
import type { VideoRow } from "@/lib/rows";
import { selectionStore } from "@/stores/selectionStore";
import { inDialog, isField } from "./useDropTarget";
import { idsOf, tileIndex } from "./useGridPointer";

interface Grid {
  items: readonly VideoRow[];
  /** Also those that are not loaded yet. */
  count: number;
  columns: number;
  rowHeight: number;
  focusTile: (index: number) => void;
  onRemove: (videoIds: readonly string[]) => void;
}

/** Header and status line take their part of a window's height. */
const CHROME_PX = 120;

function stepOf(key: string, at: number, { count, columns, rowHeight }: Grid): number | null {
  const page = Math.max(1, Math.floor((window.innerHeight - CHROME_PX) / rowHeight)) * columns;
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
    // In its own column, as far as there is one.
    PageUp: at - page >= 0 ? at - page : at % columns,
    PageDown: at + page < count ? at + page : count - 1,
  };
  return steps[key] ?? null;
}

/**
 * The grid by keyboard: arrows, Home, End and the page keys move, with Shift they select on the way; Space or
 * x selects, Delete removes. Enter is the link's own.
 */
export function useGridKeys(grid: Grid): (event: KeyboardEvent) => void {
  useSelectionKeys(grid);
  return (event) => {
    const at = tileIndex(event.target);
    if (at === null || event.defaultPrevented || event.altKey || isField(event.target)) return;
    const row = grid.items[at];
    const command = event.ctrlKey || event.metaKey;
    const onButton = (event.target as Element).closest("button") !== null;
    const next = command ? null : stepOf(event.key, at, grid);
    if (next !== null) {
      event.preventDefault();
      if (next < 0 || next >= grid.count || next === at) return;
      const there = grid.items[next];
      if (event.shiftKey && row && there && !row.pending && !there.pending) {
        selectionStore.extendTo(there.id, idsOf(grid.items), row.id);
      }
      grid.focusTile(next);
    } else if (!command && row && !row.pending && (event.key === "x" || (event.key === " " && !onButton))) {
      event.preventDefault();
      if (event.shiftKey) selectionStore.extendTo(row.id, idsOf(grid.items));
      else selectionStore.toggle(row.id);
    } else if (
      event.key === "Delete" &&
      !event.repeat &&
      row &&
      !row.pending &&
      selectionStore.ids().size === 0
    ) {
      event.preventDefault();
      grid.onRemove([row.id]);
    }
  };
}

/** Keys that are about the selection, wherever the focus is. */
function useSelectionKeys(grid: Grid): void {
  const current = useRef(grid);
  useEffect(() => {
    current.current = grid;
  });
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      // A key that is held down removes one tile, not a row of them.
      if (event.defaultPrevented || event.repeat || isField(event.target) || inDialog()) return;
      const inGrid = event.target instanceof Element && tileIndex(event.target) !== null;
      const chosen = selectionStore.ids();
      if ((event.ctrlKey || event.metaKey) && event.key === "a" && (inGrid || selectionStore.isOn())) {
        event.preventDefault();
        selectionStore.choose(idsOf(current.current.items));
      } else if (event.key === "Escape" && selectionStore.isOn()) {
        event.preventDefault();
        selectionStore.clear();
      } else if (event.key === "Delete" && chosen.size > 0) {
        event.preventDefault();
        current.current.onRemove([...chosen]);
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
