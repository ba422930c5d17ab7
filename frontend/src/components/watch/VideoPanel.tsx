import { Tabs } from "radix-ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Find } from "@/hooks/useFind";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import type { Player } from "@/hooks/usePlayer";
import { isTerminal, isTranscribing, isWaitingCode } from "@/lib/progress";
import { waitKind, waitSentence } from "@/lib/waiting";
import { useUiStore } from "@/stores/uiStore";
import type { VideoProgress } from "@/types/progress";
import type { Enrichment, Video } from "@/types/video";
import { NoTranscript } from "../captions/NoTranscript";
import { ChapterList } from "./ChapterList";
import { Transcript } from "./Transcript";
import type { Copying } from "./TranscriptBlock";

interface Props {
  video: Video;
  enrichment: Enrichment | undefined;
  progress: VideoProgress;
  player: Player;
  find: Find;
  copying: Copying;
  about: ReactNode;
  /** It was opened by a link to a moment. */
  atMoment: boolean;
}

/** Chapters and transcript: one column beside the player, tabs below it on a phone. */
export function VideoPanel({ video, enrichment, progress, player, find, copying, about, atMoment }: Props) {
  const { t } = useTranslation();
  const wide = useMediaQuery("(min-width: 64rem)");
  const cues = enrichment?.captions.cues ?? [];
  const chapters = enrichment?.chapters ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  useSayArrival(enrichment);

  const transcript =
    cues.length > 0 ? (
      <Transcript
        cues={cues}
        language={enrichment?.captions.language ?? null}
        player={player}
        find={find}
        copying={copying}
      />
    ) : (
      <WhyNoTranscript video={video} enrichment={enrichment} progress={progress} />
    );
  const chapterList =
    chapters.length > 0 ? (
      <ChapterList chapters={chapters} player={player} />
    ) : (
      <WhyNoChapters progress={progress} />
    );

  const tabs = [
    { value: "transcript", label: t("video.transcript"), content: transcript },
    { value: "chapters", label: t("video.chapters"), content: chapterList },
    ...(wide ? [] : [{ value: "about", label: t("video.about"), content: about }]),
  ];
  // Chapters are the better start, where there are any; once somebody has chosen, that stays.
  // Who comes from a search or by a link to a moment is looking for a line.
  const seeksLine = find.query !== "" || (atMoment && cues.length > 0);
  const preferred = chapters.length > 0 && !seeksLine ? "chapters" : "transcript";
  const value = tabs.find((tab) => tab.value === chosen)?.value ?? preferred;

  if (wide) {
    return (
      <aside
        aria-label={t("video.panel")}
        className="sticky top-16 flex h-[calc(100dvh-5rem)] w-[24rem] shrink-0 flex-col overflow-hidden rounded-xl border border-surface-3 bg-surface-1 xl:w-[27rem]"
      >
        {chapters.length > 0 && (
          <div className="flex max-h-[38%] shrink-0 flex-col border-b border-surface-3">
            <PanelTitle>
              {t("video.chapters")}
              {enrichment?.chapters_source === "description" && (
                <span className="font-normal text-text-3"> {t("video.chaptersFromDescription")}</span>
              )}
            </PanelTitle>
            <div className="relative min-h-0 overflow-y-auto px-1.5 pb-2">{chapterList}</div>
          </div>
        )}
        <div className="flex min-h-0 grow flex-col">
          <PanelTitle>{t("video.transcript")}</PanelTitle>
          <div className="flex min-h-0 grow flex-col px-1.5">{transcript}</div>
        </div>
      </aside>
    );
  }

  return (
    <Tabs.Root value={value} onValueChange={setChosen} className="px-2 sm:px-0">
      <Tabs.List aria-label={t("video.panel")} className="flex gap-1 border-b border-surface-3">
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px border-b-2 border-transparent px-3 py-2.5 text-sm font-semibold text-text-3 data-[state=active]:border-accent data-[state=active]:text-text-1"
          >
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content
          key={tab.value}
          value={tab.value}
          className={`py-3 outline-none ${tab.value === "transcript" && cues.length > 0 ? "flex h-[55dvh] flex-col" : ""} ${tab.value === "about" ? "px-2" : ""}`}
        >
          {tab.content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

/** Eyes see the transcript come; ears are told, once. */
function useSayArrival(enrichment: Enrichment | undefined): void {
  const { t } = useTranslation();
  const announce = useUiStore((state) => state.announce);
  const made = enrichment !== undefined && enrichment.transcription !== null;
  const there = (enrichment?.captions.cues.length ?? 0) > 0;
  const wasMade = useRef(false);
  useEffect(() => {
    if (made) wasMade.current = true;
    if (!there || !wasMade.current) return;
    wasMade.current = false;
    announce(t("transcript.arrived"));
  }, [made, there, announce, t]);
}

function PanelTitle({ children }: { children: ReactNode }) {
  return <h2 className="px-4 pt-3.5 pb-1.5 text-sm font-semibold">{children}</h2>;
}

function WhyNoTranscript({
  video,
  enrichment,
  progress,
}: {
  video: Video;
  enrichment: Enrichment | undefined;
  progress: VideoProgress;
}) {
  const { t, i18n } = useTranslation();
  // Its words are on their way from the server.
  const coming = progress.captions_source !== null && progress.captions_source !== "none";
  if (coming || (!enrichment && progress.progress >= 60)) return null;
  if (enrichment?.transcription || progress.stage === "complete" || isTranscribing(progress)) {
    return <NoTranscript video={video} enrichment={enrichment} progress={progress} />;
  }
  const now = new Date();
  const wait = waitKind(progress, now);
  const code = enrichment?.last_error_code ?? progress.error_code;
  const settled = progress.progress >= 60 || isTerminal(progress.stage);
  let text: string;
  if (wait) {
    text = t("video.transcriptWaiting", { reason: waitSentence(wait, progress, t, i18n.language, now) });
  } else if (code && (isWaitingCode(code) || (progress.captions_pending && settled))) {
    text = t("video.transcriptWaiting", { reason: t(`errors.${code}`) });
  } else if (!settled || progress.captions_pending) {
    text = t("video.transcriptComing");
  } else {
    text = t("video.noTranscript", { reason: code ? t(`errors.${code}`) : t("video.noTranscriptReason") });
  }
  return (
    <p className="px-3 py-2 text-sm text-text-2" data-testid="no-transcript">
      {text}
    </p>
  );
}

function WhyNoChapters({ progress }: { progress: VideoProgress }) {
  const { t } = useTranslation();
  const settled = progress.progress >= 90 || isTerminal(progress.stage);
  return (
    <p className="px-3 py-2 text-sm text-text-2">
      {t(settled ? "video.noChapters" : "video.chaptersComing")}
    </p>
  );
}
