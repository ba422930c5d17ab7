import { type RefObject, useCallback, useEffect, useState } from "react";

export interface Fullscreen {
  /** Some browsers (iPhones) only make videos of their own as large as the screen. */
  possible: boolean;
  on: boolean;
  toggle: () => void;
}

/** An element as large as the screen, with all that belongs to it. */
export function useFullscreen(ref: RefObject<HTMLElement | null>): Fullscreen {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const onChange = () => setOn(ref.current !== null && document.fullscreenElement === ref.current);
    document.addEventListener("fullscreenchange", onChange);
    return () => document.removeEventListener("fullscreenchange", onChange);
  }, [ref]);
  const toggle = useCallback(() => {
    const change =
      document.fullscreenElement === null ? ref.current?.requestFullscreen?.() : document.exitFullscreen();
    // The browser may refuse; then everything stays as it is.
    change?.catch(() => null);
  }, [ref]);
  return { possible: document.fullscreenEnabled === true, on, toggle };
}
