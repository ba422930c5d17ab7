import { useSyncExternalStore } from "react";
import type { TimeStore } from "@/hooks/usePlayer";
import { cueTextAt } from "@/lib/cues";
import type { Cue } from "@/types/video";

/** Our captions, under the picture: two lines high at all times, so that nothing below ever moves. */
export function CaptionLine({ cues, time }: { cues: readonly Cue[]; time: TimeStore }) {
  const text = useSyncExternalStore(time.subscribe, () => cueTextAt(cues, time.get()));
  return (
    <div className="grid h-16 place-content-center px-4 text-center sm:px-8" data-testid="caption-line">
      <p className="line-clamp-2 text-lg text-balance">{text}</p>
    </div>
  );
}
