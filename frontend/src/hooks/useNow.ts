import { useEffect, useReducer } from "react";

/** The time in ms; the component renders anew at this interval, or only for other causes if it is null. */
export function useNow(intervalMs: number | null): number {
  const [, renew] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (intervalMs === null) return;
    const timer = setInterval(renew, intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return Date.now();
}
