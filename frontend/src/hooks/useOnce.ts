import { useRef } from "react";

/**
 * What makes something is sent once: the second click of a double click comes before the page shows that the first
 * one is under way. After a failure it may be sent again.
 */
export function useOnce<A extends unknown[]>(send: (...given: A) => Promise<unknown>): (...given: A) => void {
  const sent = useRef(false);
  return (...given) => {
    if (sent.current) return;
    sent.current = true;
    send(...given).catch(() => {
      sent.current = false;
    });
  };
}
