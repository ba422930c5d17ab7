import { ExternalLink } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCanEdit } from "@/hooks/useCanEdit";
import { clock, day } from "@/lib/format";
import "@/lib/i18n/watch";
import { isTranscribing } from "@/lib/progress";
import { watchUrl } from "@/lib/quote";
import { shownTitle } from "@/lib/shownTitle";
import { waitKind, waitSentence } from "@/lib/waiting";
import type { VideoProgress } from "@/types/progress";
import type { Video } from "@/types/video";
import { Button } from "../ui/Button";
import { WaitIcon } from "../WaitBadge";

/** No title of YouTube's is longer; somebody's own file may say anything. */
const LONGEST_TITLE = 500;

interface HeadProps {
  video: Video;
  progress: VideoProgress;
  onRetry: () => void;
  /** Why there is none is said in the player's place, right above. */
  reasonIsShown: boolean;
  /** What else can be done. */
  children: ReactNode;
}

/** Title, channel and what can be done; while it is imported also how far that is. */
export function VideoHead({ video, progress, onRetry, reasonIsShown, children }: HeadProps) {
  const { t, i18n } = useTranslation();
  const facts = [
    progress.channel && <Channel key="channel" name={progress.channel.slice(0, LONGEST_TITLE)} />,
    video.published_at && day(video.published_at, i18n.language),
    progress.duration_seconds !== null && clock(progress.duration_seconds),
    progress.captions_source &&
      progress.captions_source !== "none" &&
      t(`video.source_${progress.captions_source}`),
  ].filter(Boolean);
  const title = shownTitle(progress.title, progress.stage, video.youtube_id, t).slice(0, LONGEST_TITLE);
  const canEdit = useCanEdit();
  const now = new Date();
  const wait = waitKind(progress, now);
  const importing = !wait && progress.stage !== "complete" && progress.stage !== "error";
  return (
    <div className="px-4 pt-3 sm:px-0">
      <h1
        dir="auto"
        title={progress.title?.slice(0, LONGEST_TITLE)}
        className="line-clamp-4 text-lg font-semibold text-pretty break-words sm:text-2xl"
      >
        {title}
      </h1>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-1.5">
        <p className="tabular min-w-0 text-sm break-words text-text-2">
          {facts.map((fact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they come and go, and two may be alike
            <span key={index}>
              {index > 0 && " · "}
              <bdi>{fact}</bdi>
            </span>
          ))}
        </p>
        <div className="-mx-2.5 flex flex-wrap sm:-mx-3.5">
          {children}
          <Button
            look="quiet"
            className="px-2.5 sm:px-3.5"
            onClick={() => window.open(watchUrl(video.youtube_id), "_blank", "noopener")}
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
          {canEdit && (
            <Button look="quiet" onClick={onRetry} className="hover:bg-surface-3">
              {t("wait.now")}
            </Button>
          )}
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
          <p className="text-bad">
            {reasonIsShown ? t("video.stage_error") : t(`errors.${progress.error_code}`)}
          </p>
          {canEdit && (
            <Button look="quiet" onClick={onRetry}>
              {t("common.tryAgain")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** In one line, however long it is. */
function Channel({ name }: { name: string }) {
  return (
    <span title={name} className="inline-block max-w-full truncate align-bottom">
      {name}
    </span>
  );
}

const LINK = /(https?:\/\/[^\s<>"]+)/g;

/** Longer ones are folded up: letters, and lines. */
const SHORT_TEXT = 400;
const SHORT_LINES = 6;
/** YouTube takes 5,000 letters. */
const LONGEST_TEXT = 20_000;

/** The channel's own text, its links alive. */
export function Description({ text }: { text: string | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!text?.trim()) return <p className="text-sm text-text-3">{t("video.noDescription")}</p>;
  const long = text.length > SHORT_TEXT || text.split("\n", SHORT_LINES + 1).length > SHORT_LINES;
  return (
    <div className="grid max-w-prose justify-items-start gap-1 text-sm text-text-2">
      <p
        dir="auto"
        className={`w-full break-words whitespace-pre-wrap ${long && !open ? "line-clamp-6" : ""}`}
      >
        <Linked text={text.slice(0, open ? LONGEST_TEXT : LONGEST_TEXT / 10)} />
      </p>
      {long && (
        <Button look="quiet" className="-ml-3.5" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "watch.less" : "watch.more")}
        </Button>
      )}
    </div>
  );
}

function Linked({ text }: { text: string }) {
  return text.split(LINK).map((part, index) =>
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
  );
}
