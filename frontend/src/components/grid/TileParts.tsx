import { RotateCcw, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Tile } from "@/hooks/useTile";
import type { VideoRow } from "@/lib/rows";
import { selectionStore } from "@/stores/selectionStore";

/** The tile's title, and its way to the video: the link is the title, its area is the whole tile. */
export function TileTitle({
  video,
  tile,
  tabStop,
  className,
}: {
  video: VideoRow;
  tile: Tile;
  tabStop: boolean;
  className: string;
}) {
  return (
    <h2
      className={`text-sm font-semibold break-words hyphens-auto text-text-1 ${className}`}
      lang={tile.titled ? (video.language ?? undefined) : undefined}
      title={tile.titled ? tile.title : undefined}
    >
      {tile.openable ? (
        <Link
          to={`/videos/${video.id}`}
          data-tile-focus
          draggable={false}
          tabIndex={tabStop ? 0 : -1}
          className="tile-link rounded-sm after:absolute after:inset-0 after:rounded-tile focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-3 focus-visible:after:outline-accent"
        >
          {tile.title}
        </Link>
      ) : tile.titled ? (
        tile.title
      ) : (
        <span className="font-normal text-text-3">{tile.title}</span>
      )}
    </h2>
  );
}

/** A round box in the corner: there when somebody comes near, and on all tiles while something is chosen. */
export function TileCheck({
  video,
  name,
  selected,
  tabStop,
  className,
}: {
  video: VideoRow;
  name: string;
  selected: boolean;
  tabStop: boolean;
  className: string;
}) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: one node with a drawn check; a grid has dozens of them
    <button
      type="button"
      role="checkbox"
      aria-checked={selected}
      aria-label={t("tile.select", { title: name })}
      tabIndex={tabStop ? 0 : -1}
      onClick={() => selectionStore.toggle(video.id)}
      className={`tile-check absolute z-10 ${className}`}
    />
  );
}

/** What whoever may edit can do about a video that can't be had. */
export function FailedActions({
  video,
  tabStop,
  onRemove,
  onRetry,
  line = false,
  className,
}: {
  video: VideoRow;
  tabStop: boolean;
  onRemove: (video: VideoRow) => void;
  onRetry: (video: VideoRow) => void;
  line?: boolean;
  className: string;
}) {
  const { t } = useTranslation();
  const look = { tabStop, words: line ? "hidden @min-[560px]:inline" : "hidden @min-[210px]:inline" };
  return (
    <div className={`relative z-10 flex ${className}`}>
      <TileButton label={t("common.tryAgain")} onClick={() => onRetry(video)} {...look}>
        <RotateCcw size={14} aria-hidden />
      </TileButton>
      <TileButton label={t("common.remove")} onClick={() => onRemove(video)} {...look}>
        <Trash2 size={14} aria-hidden />
      </TileButton>
    </div>
  );
}

function TileButton({
  label,
  onClick,
  tabStop,
  words,
  children,
}: {
  label: string;
  onClick: () => void;
  tabStop: boolean;
  /** How its words show: only where there is room for them. */
  words: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      title={label}
      tabIndex={tabStop ? 0 : -1}
      className="inline-flex min-h-7 min-w-7 items-center justify-center gap-1 rounded-md px-1.5 py-1 text-xs font-semibold whitespace-nowrap text-text-2 hover:bg-surface-2 hover:text-text-1"
    >
      {children}
      <span className={words}>{label}</span>
    </button>
  );
}
