import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useNeighbours } from "@/hooks/useNeighbours";
import { useShortcuts } from "@/hooks/useShortcuts";
import "@/lib/i18n/watch";
import { shownTitle } from "@/lib/shownTitle";
import type { Video } from "@/types/video";

/** The way to the videos beside this one in its list. */
export function Neighbours({ videoId }: { videoId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useNeighbours(videoId);
  const go = (video: Video | null | undefined) => video && void navigate(`/videos/${video.id}`);
  useShortcuts({ "Shift+P": () => go(data?.previous), "Shift+N": () => go(data?.next) });
  if (!data?.previous && !data?.next) return null;
  return (
    <nav aria-label={`${t("watch.previous")}, ${t("watch.next")}`} className="flex gap-1">
      <Beside video={data.previous} way="previous" />
      <Beside video={data.next} way="next" />
    </nav>
  );
}

const LOOK = "inline-flex h-9 items-center gap-1 rounded-lg px-2 text-sm font-semibold text-text-2";

function Beside({ video, way }: { video: Video | null; way: "previous" | "next" }) {
  const { t } = useTranslation();
  const words = (
    <>
      {way === "previous" && <ChevronLeft size={18} aria-hidden />}
      <span className="max-lg:sr-only">{t(`watch.${way}`)}</span>
      {way === "next" && <ChevronRight size={18} aria-hidden />}
    </>
  );
  // The end of the list keeps its place: the other way must not jump under the pointer.
  if (!video) {
    return (
      <button type="button" disabled className={`${LOOK} opacity-40`}>
        {words}
      </button>
    );
  }
  const title = shownTitle(video.title, video.import_stage, video.youtube_id, t).slice(0, 200);
  return (
    <Link
      to={`/videos/${video.id}`}
      title={title}
      aria-label={t(`watch.${way}Of`, { title })}
      aria-keyshortcuts={way === "previous" ? "Shift+P" : "Shift+N"}
      className={`${LOOK} hover:bg-surface-2 hover:text-text-1`}
    >
      {words}
    </Link>
  );
}
