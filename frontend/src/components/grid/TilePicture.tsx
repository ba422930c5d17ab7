import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Tile } from "@/hooks/useTile";
import { clock } from "@/lib/format";
import { isTranscribing } from "@/lib/progress";
import type { VideoRow } from "@/lib/rows";
import { isWait, type TileState } from "@/lib/tileState";
import { ProgressOverlay, type RingMark } from "../ProgressOverlay";
import { WaitBadge, WaitIcon } from "../WaitBadge";
import { TileThumbnail } from "./TileThumbnail";

const MARKS: Partial<Record<TileState, RingMark>> = { throttled: "clock", paused: "pause" };

interface Props {
  video: VideoRow;
  tile: Tile;
  /** In a row of the dense list: words stand beside it, not on it. */
  small: boolean;
  className: string;
}

/** The picture with what lies on it. Its size never changes with its state. */
export function TilePicture({ video, tile, small, className }: Props) {
  const { t } = useTranslation();
  const { progress, state, words, ring } = tile;
  const still = state === "throttled" || state === "paused";
  return (
    <div
      className={`tile-picture relative aspect-video shrink-0 overflow-hidden bg-surface-2 ${className}`}
      title={still ? (words ?? undefined) : undefined}
    >
      <TileThumbnail
        src={video.thumbnail_url}
        grey={progress.stage !== "complete"}
        // Many small steps of making captions are no reason to ask for a picture anew.
        stage={`${progress.stage} ${isTranscribing(progress) ? "" : progress.progress}`}
      />
      {isWait(state) && !small && <WaitBadge kind={state} text={words ?? ""} />}
      {isWait(state) && small && (
        <div className="absolute inset-0 grid place-items-center bg-[#141311]/55 text-white">
          <WaitIcon kind={state} size={18} />
        </div>
      )}
      {ring.shown && !isWait(state) && (
        <ProgressOverlay
          progress={progress.progress}
          mark={MARKS[state] ?? "percent"}
          leaving={ring.leaving}
          small={small}
          label={t("tile.importOf", { title: tile.name })}
          valueText={tile.spoken ?? undefined}
        />
      )}
      {state === "error" && (
        <div className="absolute inset-0 grid place-content-center gap-1 bg-[#3a1410]/80 p-2 text-center text-white @max-[140px]:p-1">
          <TriangleAlert
            size={small ? 18 : 20}
            className={`mx-auto ${small ? "" : "@max-[140px]:hidden"}`}
            aria-hidden
          />
          {!small && <p className="line-clamp-3 text-xs text-balance @min-[220px]:text-sm">{words}</p>}
        </div>
      )}
      <WatchedLine seconds={video.position_seconds} of={progress.duration_seconds} />
      {progress.duration_seconds !== null && state !== "error" && !small && (
        <span
          className={`tabular absolute right-1.5 bottom-1.5 rounded bg-black/75 px-1 text-xs font-semibold text-white ${progress.stage === "complete" ? "" : "@max-[140px]:hidden"}`}
        >
          {clock(progress.duration_seconds)}
        </span>
      )}
    </div>
  );
}

/** How far somebody has watched it, at the foot of the picture. */
function WatchedLine({ seconds, of }: { seconds: number | null; of: number | null }) {
  const { t } = useTranslation();
  if (seconds === null || !of) return null;
  const percent = Math.min(100, Math.max(2, Math.round((seconds / of) * 100)));
  return (
    <span className="watched-line" data-watched={percent} title={t("tile.watched", { time: clock(seconds) })}>
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
