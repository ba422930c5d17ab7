import { type RefObject, useEffect, useState } from "react";

/** The height of what is inside of an element; it may stand anywhere on the page. */
export function useContentHeight(ref: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const content = ref.current?.firstElementChild;
    if (!content) return;
    const observer = new ResizeObserver(() => setHeight(content.getBoundingClientRect().height));
    observer.observe(content);
    return () => observer.disconnect();
  }, [ref]);
  return height;
}
