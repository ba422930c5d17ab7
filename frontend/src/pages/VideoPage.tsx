import { ArrowLeft } from "lucide-react";
import { useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { toast } from "sonner";
import { fetchVideoFile } from "@/api/videos";
import { CaptionLine } from "@/components/CaptionLine";
import { PlayerFrame } from "@/components/PlayerFrame";
import { Description, VideoHead } from "@/components/VideoAbout";
import { VideoPanel } from "@/components/VideoPanel";
import { useImportProgress } from "@/hooks/useImportProgress";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { usePlayer } from "@/hooks/usePlayer";
import { useShortcuts } from "@/hooks/useShortcuts";
import { useVideo, useVideoEnrichment } from "@/hooks/useVideoEnrichment";
import { useRetryVideo } from "@/hooks/useVideos";
import { toApiError } from "@/lib/apiError";
import { parseStartTime } from "@/lib/cues";
import { listPath } from "@/lib/listPlace";
import { playerUrl } from "@/lib/playerProtocol";
import { isTerminal } from "@/lib/progress";
import { usePreferencesStore } from "@/stores/preferencesStore";
import type { Video } from "@/types/video";

export default function VideoPage() {
  const { t } = useTranslation();
  const { videoId = "" } = useParams();
  const { data: video, error } = useVideo(videoId);

  // The grid was scrolled; a page of its own begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every video
  useLayoutEffect(() => {
    window.scrollTo({ top: 0, behavior: "instant" });
  }, [videoId]);

  if (video) return <OpenVideo key={video.id} video={video} />;
  if (!error) return null;
  const { code } = toApiError(error);
  const gone = code === "not_found" || code === "video_not_found";
  return (
    <main
      id="main"
      className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center"
    >
      <p>{gone ? t("video.notFound") : t(`errors.${code}`)}</p>
      <Link to="/" className="text-accent hover:underline">
        {t("video.back")}
      </Link>
    </main>
  );
}

function OpenVideo({ video }: { video: Video }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  // The address the player was opened with stays: changing it would load the player anew.
  const [start] = useState(() => parseStartTime(search.get("t")));
  const [src] = useState(() => playerUrl(video.embed_url, location.origin, start));
  const player = usePlayer(src, start);
  const progress = useImportProgress(video);
  const { data: enrichment } = useVideoEnrichment(video.id);
  const captionsShown = usePreferencesStore((state) => state.captionsShown);
  const setCaptionsShown = usePreferencesStore((state) => state.setCaptionsShown);
  const wide = useMediaQuery("(min-width: 64rem)");
  const cues = enrichment?.captions.cues ?? [];
  const title = progress.title ?? t("tile.untitled");

  useShortcuts({ c: () => setCaptionsShown(!captionsShown) });

  const download = (file: "captions.vtt" | "transcript.txt") => {
    fetchVideoFile(video.id, file)
      .then((blob) => save(blob, `${progress.title ?? video.youtube_id}${file.slice(file.lastIndexOf("."))}`))
      .catch((cause: unknown) => toast(t(`errors.${toApiError(cause).code}`)));
  };

  const { mutate: retry } = useRetryVideo();
  const onRetry = () =>
    retry(video.id, {
      onSuccess: () => toast(t("tile.retrying")),
      onError: (cause) => toast(t("tile.retryFailed", { reason: t(`errors.${toApiError(cause).code}`) })),
    });

  const description = enrichment?.description ?? null;
  // While it is imported there is no saying that there is none.
  const about =
    description === null && !isTerminal(progress.stage) ? null : <Description text={description} />;

  return (
    <div className="pb-16 sm:px-4 lg:px-6">
      <title>{`${title} · Videothek`}</title>
      <header className="flex h-14 items-center lg:h-16">
        <Link
          to={listPath(video.list_id)}
          className="inline-flex h-9 items-center gap-2 rounded-lg px-3 text-sm font-semibold text-text-2 hover:bg-surface-2 hover:text-text-1 sm:-ml-3"
        >
          <ArrowLeft size={17} aria-hidden />
          {t("video.back")}
        </Link>
      </header>
      <main id="main" className="gap-6 lg:flex lg:items-start">
        <div className="mx-auto w-full min-w-0 lg:max-w-[calc((100dvh-15rem)*16/9)] lg:grow">
          <div className="max-lg:sticky max-lg:top-0 max-lg:z-10 max-lg:bg-surface-0">
            <PlayerFrame player={player} src={src} title={title} />
            {captionsShown && cues.length > 0 && <CaptionLine cues={cues} time={player.time} />}
          </div>
          <VideoHead
            video={video}
            progress={progress}
            hasCues={cues.length > 0}
            captionsShown={captionsShown}
            onToggleCaptions={() => setCaptionsShown(!captionsShown)}
            onDownload={download}
            onRetry={onRetry}
          />
          {wide && enrichment && <section className="pt-5">{about}</section>}
        </div>
        <VideoPanel video={video} enrichment={enrichment} progress={progress} player={player} about={about} />
      </main>
    </div>
  );
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name.replace(/[\\/:*?"<>|]/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
