import type { ReactNode, RefObject } from "react";
import type { Player } from "@/hooks/usePlayer";
import { usePreferencesStore } from "@/stores/preferencesStore";
import type { Cue, Video } from "@/types/video";
import { CaptionsOver, CaptionsUnder } from "./CaptionLine";
import { PlayerFrame } from "./PlayerFrame";
import { Refused } from "./Refused";

interface Props {
  ref: RefObject<HTMLDivElement | null>;
  video: Video;
  errorCode: Video["error_code"];
  player: Player;
  src: string;
  title: string;
  cues: readonly Cue[];
  language: string | null;
  hasChapters: boolean;
  children: ReactNode;
}

/** The picture with its captions and controls; all of it becomes as large as the screen, not the picture alone. */
export function Stage({
  ref,
  video,
  errorCode,
  player,
  src,
  title,
  cues,
  language,
  hasChapters,
  children,
}: Props) {
  const shown = usePreferencesStore((state) => state.captionsShown) && cues.length > 0;
  const place = usePreferencesStore((state) => state.captionsPlace);
  const plays = player.refusal === null;
  const line = { cues, language, time: player.time };
  return (
    <div ref={ref} className="stage" data-testid="stage">
      <div className="stage-picture relative w-full overflow-hidden bg-black sm:rounded-xl">
        {plays ? (
          <PlayerFrame player={player} src={src} title={title} />
        ) : (
          <Refused
            video={video}
            errorCode={errorCode}
            refusal={player.refusal ?? 0}
            withWords={cues.length > 0 || hasChapters}
            startSeconds={player.time.get()}
          />
        )}
        {plays && shown && place === "over" && <CaptionsOver {...line} />}
      </div>
      {plays && shown && place === "under" && <CaptionsUnder {...line} />}
      {plays && children}
    </div>
  );
}
