import { useSyncExternalStore } from "react";
import type { TimeStore } from "@/hooks/usePlayer";
import { cueTextAt } from "@/lib/cues";
import { type CaptionSize, usePreferencesStore } from "@/stores/preferencesStore";
import type { Cue } from "@/types/video";

interface Props {
  cues: readonly Cue[];
  time: TimeStore;
  /** Of the captions. */
  language: string | null;
}

function useLine({ cues, time }: Props): string {
  return useSyncExternalStore(time.subscribe, () => cueTextAt(cues, time.get()));
}

const UNDER: Record<CaptionSize, string> = {
  small: "h-13 text-sm sm:text-base",
  medium: "h-14 text-base sm:h-16 sm:text-lg",
  large: "h-16 text-lg sm:h-20 sm:text-2xl",
};

/** Our captions, under the picture: as high as two lines at all times, so that nothing below ever moves. */
export function CaptionsUnder(props: Props) {
  const text = useLine(props);
  const size = usePreferencesStore((state) => state.captionsSize);
  return (
    <div
      className={`grid shrink-0 place-content-center px-4 text-center sm:px-8 ${UNDER[size]}`}
      data-testid="caption-line"
    >
      <p dir="auto" lang={props.language ?? undefined} className="line-clamp-2 text-balance break-words">
        {text}
      </p>
    </div>
  );
}

const OVER: Record<CaptionSize, string> = {
  small: "caption-small",
  medium: "caption-medium",
  large: "caption-large",
};

/** In the picture, to be read on any picture; clicks go through them to the player. */
export function CaptionsOver(props: Props) {
  const text = useLine(props);
  const size = usePreferencesStore((state) => state.captionsSize);
  const ground = usePreferencesStore((state) => state.captionsGround);
  return (
    <div
      className="caption-box pointer-events-none absolute inset-x-0 bottom-[max(11%,2.75rem)] px-[5%] text-center"
      data-testid="caption-line"
    >
      <p dir="auto" lang={props.language ?? undefined} className={`line-clamp-3 text-balance ${OVER[size]}`}>
        {text && <span className={ground ? "caption-ground" : "caption-outline"}>{text}</span>}
      </p>
    </div>
  );
}
