import { type RefObject, useEffect } from "react";
import { inDialog, isField } from "./useDropTarget";

/** One line after the other with the arrows, one video after the other with j and k. */
const STEPS: Record<string, { by: 1 | -1; what: "line" | "video" }> = {
  ArrowDown: { by: 1, what: "line" },
  ArrowUp: { by: -1, what: "line" },
  j: { by: 1, what: "video" },
  k: { by: -1, what: "video" },
};

/**
 * Keys among results. Lines are marked by `data-line`, the first of each video by `data-line="video"`; above
 * the first line is the field.
 */
export function useResultKeys(
  results: RefObject<HTMLElement | null>,
  field: RefObject<HTMLInputElement | null>,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
      const step = STEPS[event.key];
      const target = event.target as HTMLElement;
      if (!step || inDialog() || target.closest("[role=dialog], [role=menu]")) return;
      const inResults = results.current?.contains(target) ?? false;
      const fromField = target === field.current;
      if (fromField ? event.key !== "ArrowDown" : isField(target)) return;
      // Elsewhere the arrows scroll the page.
      if (step.what === "line" && !inResults && !fromField) return;
      const next = lineFrom(results.current, target, step, inResults);
      if (!next && step.by === 1) return;
      event.preventDefault();
      if (next) focusLine(next);
      else field.current?.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [results, field]);
}

function lineFrom(
  results: HTMLElement | null,
  from: HTMLElement,
  { by, what }: { by: 1 | -1; what: "line" | "video" },
  inResults: boolean,
): HTMLElement | undefined {
  const all = [...(results?.querySelectorAll<HTMLElement>("[data-line]") ?? [])];
  const steps = what === "line" ? all : all.filter((line) => line.dataset.line === "video");
  if (!inResults) return by === 1 ? steps[0] : undefined;
  const isAfter = (line: HTMLElement) =>
    (from.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  if (by === 1) return steps.find(isAfter);
  return steps.findLast((line) => line !== from && !isAfter(line));
}

function focusLine(line: HTMLElement): void {
  line.focus({ preventScroll: true });
  // By its scroll margins: the header lies over the page's top.
  line.scrollIntoView({ block: "nearest", behavior: "instant" });
}
