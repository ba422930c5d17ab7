import { CaptionsOff, RotateCcw, Trash2, TriangleAlert } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useImportProgress, useIsWaiting } from "@/hooks/useImportProgress";
import { clock } from "@/lib/format";
import { isPlayable, isTerminal } from "@/lib/progress";
import type { VideoRow } from "@/lib/rows";
import { waitBadge, waitKind } from "@/lib/waiting";
import { ProgressOverlay } from "./ProgressOverlay";
import { TileMenu } from "./TileMenu";
import { WaitBadge } from "./WaitBadge";

interface Props {
  video: VideoRow;
  onRemove: (video: VideoRow) => void;
  onRetry: (video: VideoRow) => void;
}

/**
 * One video of the grid. Its size never changes with its state: grey with a filling ring while it is
 * imported, titled and playable from 25 %, in full colour at the end, tinted with a reason when it can't be
 * had, and calmly marked when it waits for a time of its own.
 */
export const VideoCard = memo(function VideoCard({ video, onRemove, onRetry }: Props) {
  const { t, i18n } = useTranslation();
  const now = new Date();
  const progress = useImportProgress(video);
  const waiting = useIsWaiting(progress);
  const failed = progress.stage === "error";
  const importing = !isTerminal(progress.stage);
  const wait = waitKind(progress, now);
  const overlay = useFadingOut(importing && !wait);

  const title = progress.title ?? "";
  const name = title || t("tile.thisVideo");
  const reason = progress.error_code ? t(`errors.${progress.error_code}`) : t("errors.unexpected");
  // A premiere can be announced, with its title, before its stages begin.
  const openable = !video.pending && (isPlayable(progress) || (wait !== null && title !== ""));
  const atItsPace = waiting && !wait ? t("wait.lane") : undefined;
  const retryWords = wait ? t("wait.now") : importing ? null : t("tile.fetchAgain");
  const withoutCaptions = progress.stage === "complete" && progress.captions_source === "none";

  return (
    <article
      className="group @container relative flex h-full flex-col"
      data-stage={progress.stage}
      data-progress={progress.progress}
      data-youtube-id={video.youtube_id}
    >
      <div
        className="tile-picture relative aspect-video shrink-0 overflow-hidden rounded-tile bg-surface-2"
        title={atItsPace}
      >
        {video.thumbnail_url && <Thumbnail src={video.thumbnail_url} grey={progress.stage !== "complete"} />}
        {wait && <WaitBadge kind={wait} text={waitBadge(wait, progress, t, i18n.language, now)} />}
        {overlay.shown && !wait && (
          <ProgressOverlay
            progress={progress.progress}
            waiting={waiting}
            leaving={overlay.leaving}
            label={t(waiting ? "tile.waiting" : "tile.importing", { percent: progress.progress })}
          />
        )}
        {failed && (
          <div className="absolute inset-0 grid place-content-center gap-1 bg-[#3a1410]/80 p-2 text-center text-white">
            <TriangleAlert size={20} className="mx-auto" aria-hidden />
            <p className="text-xs text-balance @min-[220px]:text-sm">{reason}</p>
          </div>
        )}
        {progress.duration_seconds !== null && !failed && (
          <span className="tabular absolute right-1.5 bottom-1.5 rounded bg-black/75 px-1 text-xs font-semibold text-white">
            {clock(progress.duration_seconds)}
          </span>
        )}
      </div>

      <div className="flex min-h-0 grow items-start gap-1 pt-2">
        <div className="min-w-0 grow">
          <h2
            className="line-clamp-2 text-sm font-semibold break-words hyphens-auto text-text-1"
            lang={video.language ?? undefined}
            title={[title, atItsPace].filter(Boolean).join("\n") || undefined}
          >
            {openable ? (
              // The link is the title; its area is the whole tile.
              <Link
                to={`/videos/${video.id}`}
                data-tile-focus
                className="rounded-sm after:absolute after:inset-0 after:rounded-tile focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-3 focus-visible:after:outline-accent"
              >
                {title || t("tile.untitled")}
              </Link>
            ) : (
              title || (
                <span className="font-normal text-text-3">
                  {failed ? video.youtube_id : t("tile.untitled")}
                </span>
              )
            )}
          </h2>
          {failed ? (
            <div className="relative z-10 -ml-1.5 flex pt-0.5">
              <TileButton label={t("common.tryAgain")} onClick={() => onRetry(video)} focusTarget>
                <RotateCcw size={14} aria-hidden />
              </TileButton>
              <TileButton label={t("common.remove")} onClick={() => onRemove(video)}>
                <Trash2 size={14} aria-hidden />
              </TileButton>
            </div>
          ) : (
            <p className="flex items-center gap-1.5 pt-0.5 text-sm text-text-3">
              <span className="truncate" title={progress.channel ?? undefined}>
                {progress.channel}
              </span>
              {withoutCaptions && (
                <span title={t("tile.noCaptions")} className="shrink-0">
                  <CaptionsOff size={14} aria-hidden />
                  <span className="sr-only">{t("tile.noCaptions")}</span>
                </span>
              )}
            </p>
          )}
        </div>
        {!video.pending && !failed && (
          <TileMenu video={video} name={name} onRemove={onRemove} onRetry={onRetry} retry={retryWords} />
        )}
      </div>
    </article>
  );
});

/** A tile that is not loaded yet: the same size, nothing in it, nothing moving. */
export function PlaceholderCard() {
  return (
    <div className="h-full" aria-hidden="true">
      <div className="aspect-video rounded-tile bg-surface-2" />
      <div className="mt-3 h-3 w-4/5 rounded bg-surface-2" />
      <div className="mt-2 h-3 w-2/5 rounded bg-surface-2" />
    </div>
  );
}

function TileButton({
  label,
  onClick,
  focusTarget,
  children,
}: {
  label: string;
  onClick: () => void;
  focusTarget?: boolean;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      title={label}
      data-tile-focus={focusTarget}
      className="inline-flex items-center gap-1 rounded-md px-1.5 py-1 text-xs font-semibold whitespace-nowrap text-text-2 hover:bg-surface-2 hover:text-text-1"
    >
      {children}
      <span className="hidden @min-[210px]:inline">{label}</span>
    </button>
  );
}

/** Thumbnails are fetched by the server on the way: one that is not there yet comes a little later. */
function Thumbnail({ src, grey }: { src: string; grey: boolean }) {
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!failed || attempt >= 4) return;
    const timer = setTimeout(
      () => {
        setFailed(false);
        setAttempt(attempt + 1);
      },
      3000 * 3 ** attempt,
    );
    return () => clearTimeout(timer);
  }, [failed, attempt]);

  if (failed) return null;
  return (
    <img
      key={attempt}
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setFailed(true)}
      className={`picture absolute inset-0 size-full object-cover ${grey ? "picture-importing" : ""}`}
    />
  );
}

const VEIL_MS = 300;

/** Keeps the overlay while its veil fades, once, when an import ends before somebody's eyes. */
function useFadingOut(importing: boolean): { shown: boolean; leaving: boolean } {
  const [shown, setShown] = useState(importing);
  if (importing && !shown) setShown(true);
  useEffect(() => {
    if (importing || !shown) return;
    const timer = setTimeout(() => setShown(false), VEIL_MS);
    return () => clearTimeout(timer);
  }, [importing, shown]);
  return { shown: importing || shown, leaving: !importing };
}
