import { ArrowLeft, RotateCcw } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  Link,
  NavigationType,
  useLocation,
  useNavigationType,
  useParams,
  useSearchParams,
} from "react-router";
import { toast } from "sonner";
import { ControlBar } from "@/components/watch/ControlBar";
import { DownloadMenu } from "@/components/watch/DownloadMenu";
import { Neighbours } from "@/components/watch/Neighbours";
import { NoteEditor } from "@/components/watch/NoteEditor";
import { knownRefusal, saidReason } from "@/components/watch/Refused";
import { Stage } from "@/components/watch/Stage";
import { TagEditor } from "@/components/watch/TagEditor";
import type { Copying } from "@/components/watch/TranscriptBlock";
import { Description, VideoHead } from "@/components/watch/VideoAbout";
import { VideoPanel } from "@/components/watch/VideoPanel";
import { CanEditContext } from "@/hooks/useCanEdit";
import { useCopy } from "@/hooks/useCopy";
import { useFind } from "@/hooks/useFind";
import { useFullscreen } from "@/hooks/useFullscreen";
import { useImportProgress } from "@/hooks/useImportProgress";
import { useKeepPosition } from "@/hooks/useKeepPosition";
import { useLists } from "@/hooks/useLists";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { type Player, usePlayer } from "@/hooks/usePlayer";
import { useVideo, useVideoEnrichment } from "@/hooks/useVideoEnrichment";
import { useRetryVideo } from "@/hooks/useVideos";
import { useWatchKeys } from "@/hooks/useWatchKeys";
import { isGone, toApiError } from "@/lib/apiError";
import { indexAt, parseStartTime } from "@/lib/cues";
import "@/lib/i18n/watch";
import { canEdit } from "@/lib/listAccess";
import { listPath, searchBefore } from "@/lib/listPlace";
import { playerUrl } from "@/lib/playerProtocol";
import { isTerminal } from "@/lib/progress";
import { ownLink, quoteOf, youtubeLink } from "@/lib/quote";
import { shownTitle } from "@/lib/shownTitle";
import { usePreferencesStore } from "@/stores/preferencesStore";
import type { Chapter, Cue, Video, VideoDetail } from "@/types/video";

const NO_CUES: readonly Cue[] = [];
const NO_CHAPTERS: readonly Chapter[] = [];

export default function VideoPage() {
  const { t } = useTranslation();
  const { videoId = "" } = useParams();
  const { data: video, error } = useVideo(videoId);

  // The grid was scrolled; a page of its own begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every video
  useLayoutEffect(() => {
    window.scrollTo({ top: 0, behavior: "instant" });
  }, [videoId]);

  const { data: lists } = useLists();
  const list = lists?.find(({ id }) => id === video?.list_id);

  // Also one that was shown a moment ago: its list is shared no longer, or it is removed.
  if (video && !isGone(error)) {
    return (
      // What somebody may do is known once the lists are: until then, nothing.
      <CanEditContext value={list !== undefined && canEdit(list)}>
        <OpenVideo key={video.id} video={video} />
      </CanEditContext>
    );
  }
  if (!error) return null;
  return (
    <main
      id="main"
      className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center"
    >
      <p>{isGone(error) ? t("video.notFound") : t(`errors.${toApiError(error).code}`)}</p>
      <Link to="/" className="text-accent hover:underline">
        {t("video.back")}
      </Link>
    </main>
  );
}

/** Where it begins: where a link says, or where somebody stopped. What is chosen then stays: it loads the player. */
function useStart(video: Video) {
  const [search] = useSearchParams();
  const linked = parseStartTime(search.get("t"));
  const [start] = useState(() => linked ?? video.position_seconds);
  const [src] = useState(() => playerUrl(video.embed_url, location.origin, start));
  // A link that was followed within the app was clicked; a tab that is opened or reloaded with it was not.
  const clicked = useNavigationType() === NavigationType.Push;
  const [playsAtOnce] = useState(linked !== null && clicked);
  return { start, src, linked, playsAtOnce, query: search.get("q") ?? "" };
}

function OpenVideo({ video }: { video: Video & Partial<VideoDetail> }) {
  const { t } = useTranslation();
  const { start, src, linked, playsAtOnce, query } = useStart(video);
  const speed = usePreferencesStore((state) => state.speed);
  const progress = useImportProgress(video);
  const player = usePlayer({
    src,
    youtubeId: video.youtube_id,
    startSeconds: start,
    playsAtOnce,
    refusal: knownRefusal(video),
    known: progress.error_code,
    rate: speed,
  });
  const { data: enrichment } = useVideoEnrichment(video.id);
  const wide = useMediaQuery("(min-width: 64rem)");
  const cues = enrichment?.captions.cues ?? NO_CUES;
  const chapters = enrichment?.chapters ?? NO_CHAPTERS;
  const durationSeconds = player.durationSeconds ?? progress.duration_seconds;
  const title = shownTitle(progress.title, progress.stage, video.youtube_id, t);
  const stage = useRef<HTMLDivElement>(null);
  const fullscreen = useFullscreen(stage);

  const { setRate, seekTo, time } = player;
  useEffect(() => setRate(speed), [setRate, speed]);
  // Another moment of the same video, by a link on its own page or the browser's way back.
  const shown = useRef(linked);
  useEffect(() => {
    if (linked === shown.current) return;
    shown.current = linked;
    if (linked !== null) seekTo(linked);
  }, [linked, seekTo]);
  useKeepPosition(video.id, player, video.position_seconds);
  useWatchKeys({ player, cues, chapters, durationSeconds, toggleFullscreen: fullscreen.toggle });

  const find = useFind(cues, () => indexAt(cues, time.get()), query, linked === null);
  const { matches } = find.found;
  const found = useMemo(() => matches.map((line) => cues[line]?.start_seconds ?? 0), [matches, cues]);
  const copying = useCopying(video, progress.title, progress.channel);

  const { mutate: retry } = useRetryVideo();
  const onRetry = () =>
    retry(video.id, {
      onSuccess: () => toast(t("tile.retrying")),
      onError: (cause) => toast(t("tile.retryFailed", { reason: t(`errors.${toApiError(cause).code}`) })),
    });

  const description = enrichment?.description ?? null;
  const about = (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-2">
        <TagEditor videoId={video.id} tags={video.tags} />
        {video.note !== undefined && <NoteEditor videoId={video.id} note={video.note ?? ""} />}
      </div>
      {/* While it is imported there is no saying that there is none. */}
      {(description !== null || (enrichment && isTerminal(progress.stage))) && (
        <Description text={description} />
      )}
    </div>
  );

  return (
    <div className="pb-16 sm:px-4 lg:px-6">
      <title>{`${title.slice(0, 200)} · Videothek`}</title>
      <header className="flex h-14 items-center justify-between gap-2 pr-2 sm:pr-0 lg:h-16">
        <WayBack listId={video.list_id} />
        <Neighbours videoId={video.id} />
      </header>
      <main id="main" className="gap-6 lg:flex lg:items-start">
        <div className="mx-auto w-full min-w-0 lg:max-w-[calc((100dvh-18rem)*16/9)] lg:grow">
          <div className="max-lg:sticky max-lg:top-0 max-lg:z-10 max-lg:bg-surface-0">
            <Stage
              ref={stage}
              video={video}
              errorCode={progress.error_code}
              player={player}
              src={src}
              title={title.slice(0, 200)}
              cues={cues}
              language={enrichment?.captions.language ?? null}
              hasChapters={chapters.length > 0}
            >
              <ControlBar
                player={player}
                chapters={chapters}
                durationSeconds={durationSeconds}
                found={found}
                hasCues={cues.length > 0}
                fullscreen={fullscreen}
              />
            </Stage>
          </div>
          {linked === null && start !== null && <Resumed player={player} />}
          <VideoHead
            video={video}
            progress={progress}
            onRetry={onRetry}
            reasonIsShown={player.refusal !== null && saidReason(progress.error_code) !== null}
          >
            {cues.length > 0 && <DownloadMenu video={video} />}
          </VideoHead>
          {wide && <section className="pt-3">{about}</section>}
        </div>
        <VideoPanel
          video={video}
          enrichment={enrichment}
          progress={progress}
          player={player}
          find={find}
          copying={copying}
          about={about}
          atMoment={linked !== null}
        />
      </main>
    </div>
  );
}

/** To where somebody came from: the search, or else the list. */
function WayBack({ listId }: { listId: string }) {
  const { t } = useTranslation();
  const search = searchBefore(useLocation().state);
  return (
    <Link
      to={search ?? listPath(listId)}
      state={search === null ? null : { isBack: true }}
      className="inline-flex h-9 items-center gap-2 rounded-lg px-3 text-sm font-semibold text-text-2 hover:bg-surface-2 hover:text-text-1 sm:-ml-3"
    >
      <ArrowLeft size={17} aria-hidden />
      {t(search === null ? "video.back" : "video.backToSearch")}
    </Link>
  );
}

function useCopying({ id, youtube_id }: Video, title: string | null, channel: string | null): Copying {
  const { t } = useTranslation();
  const copy = useCopy();
  return useMemo(() => {
    const moment = (seconds: number) => ({ videoId: id, youtubeId: youtube_id, seconds });
    const marks = [t("watch.quoteBegins"), t("watch.quoteEnds")] as const;
    return {
      quote: (text, seconds) =>
        copy(
          quoteOf({ text, title: title ?? youtube_id, channel, marks, ...moment(seconds) }),
          t("watch.quoteCopied"),
        ),
      youtubeLink: (seconds) => copy(youtubeLink(moment(seconds)), t("watch.linkCopied")),
      ownLink: (seconds) => copy(ownLink(location.origin, moment(seconds)), t("watch.linkCopied")),
    };
  }, [id, youtube_id, title, channel, copy, t]);
}

/** Somebody who expected the beginning is told, and taken there. Gone as soon as it has played on. */
function Resumed({ player }: { player: Player }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (player.playing) setOver(true);
  }, [player.playing]);
  if (over || player.refusal !== null) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 px-4 text-sm text-text-2 sm:px-0">
      {t("watch.resumed")}
      <button
        type="button"
        className="inline-flex min-h-8 items-center gap-1.5 rounded-lg px-2 font-semibold text-accent hover:bg-surface-2"
        onClick={() => {
          setOver(true);
          player.moveTo(0);
        }}
      >
        <RotateCcw size={14} aria-hidden />
        {t("watch.startOver")}
      </button>
    </p>
  );
}
