import { useEffect, useRef } from "react";
import { inDialog, isField } from "./useDropTarget";

/**
 * Single keys, outside of fields, menus and dialogs, without Ctrl, Alt or Meta. "Shift+ArrowLeft" comes before
 * "ArrowLeft" where Shift is held.
 */
export function useShortcuts(actions: Record<string, () => void>): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isField(event.target) || inDialog() || isTaken(event)) return;
      const { key, shiftKey } = event;
      const action = (shiftKey ? current.current[`Shift+${key}`] : undefined) ?? current.current[key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** What has the focus does something with this key itself. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  // Letters lead to an item of a menu.
  if (target.closest("[role=menu]")) return true;
  return key === " " && target.closest("button, a[href], summary, [role=checkbox]") !== null;
}
