import { CaptionsOff, Download, ExternalLink, Captions as On } from "lucide-react";
import { useTranslation } from "react-i18next";
import { clock, day } from "@/lib/format";
import { isTranscribing } from "@/lib/progress";
import { waitKind, waitSentence } from "@/lib/waiting";
import type { VideoProgress } from "@/types/progress";
import type { Video } from "@/types/video";
import { Button } from "./ui/Button";
import { Menu, MenuItem } from "./ui/Menu";
import { WaitIcon } from "./WaitBadge";

interface HeadProps {
  video: Video;
  progress: VideoProgress;
  hasCues: boolean;
  captionsShown: boolean;
  onToggleCaptions: () => void;
  onDownload: (file: "captions.vtt" | "transcript.txt") => void;
  onRetry: () => void;
}

/** Title, channel and what can be done; while it is imported also how far that is. */
export function VideoHead({
  video,
  progress,
  hasCues,
  captionsShown,
  onToggleCaptions,
  onDownload,
  onRetry,
}: HeadProps) {
  const { t, i18n } = useTranslation();
  const facts = [
    progress.channel,
    video.published_at && day(video.published_at, i18n.language),
    progress.duration_seconds !== null && clock(progress.duration_seconds),
    progress.captions_source &&
      progress.captions_source !== "none" &&
      t(`video.source_${progress.captions_source}`),
  ].filter(Boolean);
  const now = new Date();
  const wait = waitKind(progress, now);
  const importing = !wait && progress.stage !== "complete" && progress.stage !== "error";
  return (
    <div className="px-4 pt-3 sm:px-0">
      <h1 className="text-2xl font-semibold text-pretty break-words">
        {progress.title ?? t("tile.untitled")}
      </h1>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-1.5">
        <p className="tabular text-sm text-text-2">{facts.join(" · ")}</p>
        <div className="-mx-2.5 flex flex-wrap sm:-mx-3.5">
          {hasCues && (
            <Button
              look="quiet"
              aria-pressed={captionsShown}
              aria-keyshortcuts="c"
              onClick={onToggleCaptions}
              className="px-2.5 aria-pressed:text-accent sm:px-3.5"
            >
              {captionsShown ? <On size={16} aria-hidden /> : <CaptionsOff size={16} aria-hidden />}
              {t("video.captions")}
            </Button>
          )}
          {hasCues && (
            <Menu
              trigger={
                <Button look="quiet" className="px-2.5 sm:px-3.5">
                  <Download size={16} aria-hidden />
                  {t("video.download")}
                </Button>
              }
            >
              <MenuItem onSelect={() => onDownload("captions.vtt")}>{t("video.downloadVtt")}</MenuItem>
              <MenuItem onSelect={() => onDownload("transcript.txt")}>{t("video.downloadTxt")}</MenuItem>
            </Menu>
          )}
          <Button
            look="quiet"
            className="px-2.5 sm:px-3.5"
            onClick={() =>
              window.open(`https://www.youtube.com/watch?v=${video.youtube_id}`, "_blank", "noopener")
            }
          >
            <ExternalLink size={16} aria-hidden />
            <span className="max-sm:sr-only">{t("tile.openOnYoutube")}</span>
          </Button>
        </div>
      </div>
      {wait && (
        <div className="mt-3 flex flex-wrap items-center justify-end gap-x-3 gap-y-1 rounded-xl bg-surface-2 py-2 pr-2 pl-3.5 max-sm:mb-2 text-sm text-text-2">
          <p className="tabular flex min-w-0 grow basis-64 items-center gap-2.5">
            <WaitIcon kind={wait} size={17} />
            {waitSentence(wait, progress, t, i18n.language, now)}
          </p>
          <Button look="quiet" onClick={onRetry} className="hover:bg-surface-3">
            {t("wait.now")}
          </Button>
        </div>
      )}
      {importing && (
        <div className="mt-3 flex items-center gap-3 text-sm text-text-2">
          <div
            role="progressbar"
            aria-label={t("video.importing")}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={progress.progress}
            className="h-1.5 w-40 overflow-hidden rounded-full bg-surface-3"
          >
            <div className="h-full rounded-full bg-accent" style={{ width: `${progress.progress}%` }} />
          </div>
          <span>
            {t(isTranscribing(progress) ? "video.stage_transcribing" : `video.stage_${progress.stage}`)}{" "}
            <span className="tabular text-text-3">{progress.progress}%</span>
          </span>
        </div>
      )}
      {progress.stage === "error" && progress.error_code && (
        <div className="mt-3 flex flex-wrap items-center gap-x-3 text-sm">
          <p className="text-bad">{t(`errors.${progress.error_code}`)}</p>
          <Button look="quiet" onClick={onRetry}>
            {t("common.tryAgain")}
          </Button>
        </div>
      )}
    </div>
  );
}

const LINK = /(https?:\/\/[^\s<>"]+)/g;

/** The channel's own text, its links alive. */
export function Description({ text }: { text: string | null }) {
  const { t } = useTranslation();
  if (!text?.trim()) return <p className="text-sm text-text-3">{t("video.noDescription")}</p>;
  return (
    <p className="max-w-prose text-sm break-words whitespace-pre-wrap text-text-2">
      {text.split(LINK).map((part, index) =>
        index % 2 === 1 ? (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed text
            key={index}
            href={part}
            target="_blank"
            rel="noopener noreferrer"
            className="text-accent underline decoration-1 underline-offset-2 hover:decoration-2"
          >
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
