import { Settings2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCanEdit } from "@/hooks/useCanEdit";
import { useMakeCaptions, useStopCaptions, useTranscription } from "@/hooks/useTranscription";
import { say } from "@/lib/addedMessage";
import { amountOf } from "@/lib/amounts";
import { number } from "@/lib/format";
import { noTranscript, type NoTranscript as Why } from "@/lib/makingCaptions";
import { atTime } from "@/lib/when";
import type { VideoProgress } from "@/types/progress";
import type { Enrichment, Video } from "@/types/video";
import { Button } from "../ui/Button";

interface Props {
  video: Video;
  enrichment: Enrichment | undefined;
  progress: VideoProgress;
}

/** In place of a transcript: why there is none, what is being done about it, and what somebody can do. */
export function NoTranscript({ video, enrichment, progress }: Props) {
  const { t } = useTranslation();
  const why = noTranscript(progress, enrichment);
  if (!why) return null;
  return (
    <div className="grid gap-3 px-3 py-2 text-sm" data-testid="no-transcript" data-why={why.kind}>
      <div className="grid gap-1">
        <p className="font-semibold text-base">
          {isOff(why) ? t("transcript.off_title") : t(`transcript.${why.kind}_title`)}
        </p>
        <Reason why={why} />
      </div>
      {why.kind === "making" && why.step === "words" && <Parts done={why.done} parts={why.parts} />}
      <Help video={video} why={why} estimate={enrichment?.transcription_estimate ?? null} />
      {enrichment?.transcription && <Stop videoId={video.id} />}
    </div>
  );
}

/** They were on once: it is not "not set up" that somebody should hear. */
function isOff(why: Why): boolean {
  return why.kind === "stopped" && why.code === "transcription_off";
}

function Reason({ why }: { why: Why }) {
  const { t, i18n } = useTranslation();
  const look = "text-pretty text-text-2";
  switch (why.kind) {
    case "making":
      return (
        <p className={look} role="status">
          {t(`transcript.making_${why.step}`)} {t("transcript.making_stay")}
        </p>
      );
    case "later": {
      const reason =
        why.reason === "youtube" ? t("errors.upstream_throttled") : t(`transcript.later_${why.reason}`);
      const at = why.at === null ? null : atTime(why.at, t, i18n.language, new Date());
      return (
        <p className={`tabular ${look}`}>
          {reason} {at === null ? t("transcript.later_onOwn") : t("transcript.later_on", { at })}
        </p>
      );
    }
    case "stopped":
      return <p className={look}>{isOff(why) ? t("transcript.off_text") : t(`errors.${why.code}`)}</p>;
    case "none":
      return null;
    default:
      return <p className={look}>{t(`transcript.${why.kind}_text`)}</p>;
  }
}

function Parts({ done, parts }: { done: number; parts: number }) {
  const { t, i18n } = useTranslation();
  const words = t("transcript.parts", {
    ...say(parts, i18n.language),
    done: number(done, i18n.language),
  });
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={t("transcript.making_title")}
        aria-valuemin={0}
        aria-valuemax={parts}
        aria-valuenow={done}
        aria-valuetext={words}
        className="h-1.5 grow overflow-hidden rounded-full bg-surface-3"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${(100 * done) / parts}%` }} />
      </div>
      <span className="tabular shrink-0 text-text-2">{words}</span>
    </div>
  );
}

interface HelpProps {
  video: Video;
  why: Why;
  estimate: Enrichment["transcription_estimate"];
}

/** What fits: have them made now, with minutes and money; try again; or set it up. */
function Help({ video, why, estimate }: HelpProps) {
  const { t, i18n } = useTranslation();
  const { data: status } = useTranscription();
  const { mutate: make, isPending } = useMakeCaptions();
  const canEdit = useCanEdit();
  if (!canEdit || why.kind === "making" || (why.kind === "later" && !why.now)) return null;
  if (why.kind === "stopped") return <ToSettings words={t("making.toSettings")} />;
  if (status?.provider === "off") {
    return (
      <>
        <p className="-mt-2 text-pretty text-text-2">{t("transcript.setUpText")}</p>
        <ToSettings words={t("making.setUp")} />
      </>
    );
  }
  return (
    <>
      {why.kind === "none" && <p className="-mt-2 text-pretty text-text-2">{t("transcript.none_text")}</p>}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button disabled={isPending} onClick={() => make([video])}>
          {t(why.kind === "failed" ? "making.again" : "making.now")}
        </Button>
        {estimate && (
          <span className="tabular text-xs text-text-3">{amountOf(estimate, t, i18n.language)}</span>
        )}
      </div>
    </>
  );
}

/** They may have been asked for by mistake, and cost money. */
function Stop({ videoId }: { videoId: string }) {
  const { t } = useTranslation();
  const { mutate: stop, isPending } = useStopCaptions(videoId);
  if (!useCanEdit()) return null;
  return (
    <Button look="quiet" className="justify-self-start" disabled={isPending} onClick={() => stop()}>
      {t("making.stop")}
    </Button>
  );
}

function ToSettings({ words }: { words: string }) {
  return (
    <Link
      to="/settings#sound"
      className="inline-flex min-h-9 items-center gap-2 justify-self-start rounded-lg bg-surface-2 px-3.5 text-sm font-semibold hover:bg-surface-3"
    >
      <Settings2 size={15} aria-hidden />
      {words}
    </Link>
  );
}
