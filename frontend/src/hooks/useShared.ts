import { useEffect, useRef } from "react";
import { takeShared } from "@/lib/shared";

/** Adds what a phone's share menu has brought, once there is a list to add it to. */
export function useShared(ready: boolean, onText: (text: string) => void): void {
  const handler = useRef(onText);
  useEffect(() => {
    handler.current = onText;
  });
  useEffect(() => {
    const shared = ready ? takeShared() : null;
    if (shared !== null) handler.current(shared);
  }, [ready]);
}
