import { Captions, CaptionsOff } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useCanEdit } from "@/hooks/useCanEdit";
import { useIsSelected } from "@/hooks/useSelection";
import { type Tile, useTile } from "@/hooks/useTile";
import { clock } from "@/lib/format";
import { isTerminal } from "@/lib/progress";
import type { VideoRow } from "@/lib/rows";
import { isWait } from "@/lib/tileState";
import { FailedActions, TileCheck, TileTitle } from "./grid/TileParts";
import { TilePicture } from "./grid/TilePicture";
import { TileMenu } from "./TileMenu";

interface Props {
  video: VideoRow;
  /** A row of the dense list instead of a tile. */
  line?: boolean;
  /** The one tile of the grid that the Tab key comes to, with what can be done on it. */
  tabStop?: boolean;
  /** Its import was paused by a person. */
  importPaused?: boolean;
  onRemove: (video: VideoRow) => void;
  onRetry: (video: VideoRow) => void;
}

/**
 * One video of the grid. Its size never changes with its state: grey with a filling ring while it is
 * imported, titled and playable from 25 %, in full colour at the end, tinted with a reason when it can't be
 * had, and calmly marked when it waits for a time of its own.
 */
export const VideoCard = memo(function VideoCard(props: Props) {
  const { video, line = false, tabStop = true, importPaused = false } = props;
  const tile = useTile(video, importPaused);
  const selected = useIsSelected(video.id);
  const Layout = line ? LineParts : TileParts;
  // Without a link the tile itself takes the focus, and says what it is.
  const itself = tile.openable
    ? {}
    : {
        "data-tile-focus": true,
        tabIndex: tabStop ? 0 : -1,
        "aria-label": [tile.title, tile.spoken].filter(Boolean).join(". "),
      };
  return (
    <article
      {...itself}
      className={`group/tile @container relative h-full rounded-tile focus-visible:outline-offset-3 ${line ? LINE : TILE} ${selected ? "tile-selected" : ""}`}
      data-stage={tile.progress.stage}
      data-progress={tile.progress.progress}
      data-state={tile.state}
      data-selected={selected || undefined}
      data-youtube-id={video.youtube_id}
    >
      <Layout {...props} line={line} tabStop={tabStop} tile={tile} selected={selected} />
    </article>
  );
});

const TILE = "grid grid-cols-[minmax(0,1fr)_auto] content-start gap-x-1";
const LINE = "flex items-center gap-3 px-2 hover:bg-surface-2/60 sm:gap-4";

interface LayoutProps extends Props {
  tile: Tile;
  tabStop: boolean;
  selected: boolean;
}

function TileParts({ video, tile, tabStop, selected, onRemove, onRetry }: LayoutProps) {
  const failed = tile.state === "error";
  const mended = useCanEdit() && failed;
  const retry = useRetryWords(tile);
  return (
    <>
      <TilePicture video={video} tile={tile} small={false} className="col-span-2 rounded-tile" />
      <TileTitle
        video={video}
        tile={tile}
        tabStop={tabStop}
        className={`mt-2 line-clamp-2 ${mended ? "col-span-2" : ""}`}
      />
      {!video.pending && (
        <TileCheck
          video={video}
          name={tile.name}
          selected={selected}
          tabStop={tabStop}
          className="top-2 left-2"
        />
      )}
      {!video.pending && !mended && (
        <TileMenu
          video={video}
          name={tile.name}
          tabStop={tabStop}
          retry={retry}
          onRemove={onRemove}
          onRetry={onRetry}
          className="row-span-2 mt-1"
        />
      )}
      {mended ? (
        <FailedActions
          video={video}
          tabStop={tabStop}
          onRemove={onRemove}
          onRetry={onRetry}
          className="col-span-2 -ml-1.5"
        />
      ) : (
        <Channel tile={tile} />
      )}
    </>
  );
}

/** One line: picture, title, and beneath it the channel or what is going on. */
function LineParts({ video, tile, tabStop, selected, onRemove, onRetry }: LayoutProps) {
  const failed = tile.state === "error";
  const mended = useCanEdit() && failed;
  const retry = useRetryWords(tile);
  const { channel, duration_seconds } = tile.progress;
  // Of a video without captions the mark says it; the words would say it twice.
  const said = isTerminal(tile.progress.stage) && !failed ? null : tile.shown;
  return (
    <>
      <TilePicture video={video} tile={tile} small className="w-24 rounded-md" />
      <div className="min-w-0 grow">
        <TileTitle video={video} tile={tile} tabStop={tabStop} className="line-clamp-1 sm:text-base" />
        <p className="flex min-w-0 items-center gap-1.5 text-sm text-text-3">
          {said && (
            <span className={`tabular truncate ${failed ? "text-bad" : "text-text-2"}`} title={said}>
              {said}
            </span>
          )}
          {!said && duration_seconds !== null && (
            <span className="tabular sm:hidden">{clock(duration_seconds)}</span>
          )}
          {channel && (
            <span className={`min-w-0 truncate ${said ? "max-sm:hidden" : ""}`} title={channel}>
              {said ? `· ${channel}` : channel}
            </span>
          )}
          <CaptionsMark tile={tile} />
        </p>
      </div>
      {!video.pending && (
        <TileCheck
          video={video}
          name={tile.name}
          selected={selected}
          tabStop={tabStop}
          className="top-3 left-3"
        />
      )}
      {duration_seconds !== null && !failed && (
        <span className="tabular shrink-0 text-sm text-text-3 max-sm:hidden">{clock(duration_seconds)}</span>
      )}
      {mended && (
        <FailedActions
          video={video}
          tabStop={tabStop}
          onRemove={onRemove}
          onRetry={onRetry}
          line
          className="shrink-0"
        />
      )}
      {!video.pending && !mended && (
        <TileMenu
          video={video}
          name={tile.name}
          tabStop={tabStop}
          retry={retry}
          onRemove={onRemove}
          onRetry={onRetry}
          className=""
        />
      )}
    </>
  );
}

/** What looking again is called here; null while that is under way anyhow. */
function useRetryWords({ state, progress }: Tile): string | null {
  const { t } = useTranslation();
  if (state === "stopped") return t("common.tryAgain");
  if (isWait(state)) return t("wait.now");
  return isTerminal(progress.stage) ? t("tile.fetchAgain") : null;
}

/** Most are one node: a grid has dozens of them. */
function Channel({ tile }: { tile: Tile }) {
  const { channel } = tile.progress;
  const marked = isMarked(tile);
  return (
    <p
      className={`pt-0.5 text-sm text-text-3 ${marked ? "flex items-center gap-1.5" : "truncate"}`}
      title={channel ?? undefined}
    >
      {marked && channel ? <span className="truncate">{channel}</span> : channel}
      <CaptionsMark tile={tile} />
    </p>
  );
}

const isMarked = ({ state }: Tile) => state === "without_captions" || state === "captions_later";

/** A discreet mark: this video has no captions, or has none yet. */
function CaptionsMark({ tile }: { tile: Tile }) {
  if (!isMarked(tile)) return null;
  const { state, words } = tile;
  const Icon = state === "captions_later" ? Captions : CaptionsOff;
  return (
    <span title={words ?? undefined} className="shrink-0">
      <Icon size={14} aria-hidden className={state === "captions_later" ? "opacity-60" : ""} />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** A tile that is not loaded yet: the same size, nothing in it, nothing moving. */
export function PlaceholderCard({ line = false }: { line?: boolean }) {
  if (line) {
    return (
      <div className="flex h-full items-center gap-3 px-2 sm:gap-4" aria-hidden="true">
        <div className="aspect-video w-24 rounded-md bg-surface-2" />
        <div className="h-3 w-2/5 rounded bg-surface-2" />
      </div>
    );
  }
  return (
    <div className="h-full" aria-hidden="true">
      <div className="aspect-video rounded-tile bg-surface-2" />
      <div className="mt-3 h-3 w-4/5 rounded bg-surface-2" />
      <div className="mt-2 h-3 w-2/5 rounded bg-surface-2" />
    </div>
  );
}
