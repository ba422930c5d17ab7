import { type RefObject, useLayoutEffect } from "react";

/** What goes while it has the focus hands it on to the content: it must not fall to the top of the page. */
export function useFocusHandedOn(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      // Only after it has gone is it known whether somebody else has taken the focus, like a closing dialog.
      setTimeout(() => {
        if (document.activeElement === null || document.activeElement === document.body) focusContent();
      });
    };
  }, [ref]);
}

function focusContent(): void {
  const main = document.getElementById("main");
  if (!main) return;
  if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
  main.focus({ preventScroll: true });
}
