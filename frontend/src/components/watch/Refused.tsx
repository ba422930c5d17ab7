import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import "@/lib/i18n/watch";
import { GONE } from "@/lib/playerProtocol";
import { watchUrl } from "@/lib/quote";
import type { ErrorCode } from "@/types/errors";
import type { Video } from "@/types/video";

/** What is known before the player is asked. The other reasons may not hold where this browser is. */
export function knownRefusal({ error_code }: Pick<Video, "error_code">): number | null {
  if (error_code === "video_deleted" || error_code === "video_private") return GONE;
  return error_code === "video_age_restricted" ? 150 : null;
}

/** What holds wherever somebody watches, and has a sentence of its own. */
const SAID = [
  "video_private",
  "video_deleted",
  "video_members_only",
  "video_geo_blocked",
  "video_paid",
  "not_a_video",
] as const satisfies readonly ErrorCode[];
type Said = (typeof SAID)[number];

/** The reason that stands in the player's place, word for word. */
export function saidReason(code: Video["error_code"]): Said | null {
  return SAID.find((said) => said === code) ?? null;
}

type Reason = "upcoming" | "live" | "processing" | "age" | "gone" | "elsewhere" | "other";

/** To the player, what is not there yet is gone: what the import knows of it goes first. */
function reasonOf(refusal: number, code: Video["error_code"]): Reason {
  if (code === "video_upcoming") return "upcoming";
  if (code === "video_live") return "live";
  if (code === "video_processing") return "processing";
  if (code === "video_age_restricted") return "age";
  if (code === "video_deleted") return "gone";
  if (saidReason(code)) return "other";
  if (refusal === GONE) return "gone";
  return refusal === 101 || refusal === 150 ? "elsewhere" : "other";
}

/** There is nothing to watch on YouTube either. */
const NOWHERE: ReadonlySet<Reason> = new Set<Reason>(["gone", "upcoming", "processing"]);
const NOWHERE_SAID: ReadonlySet<Said | null> = new Set(["video_private", "not_a_video"]);

interface Props {
  video: Video;
  /** As the stream has said it last. */
  errorCode: Video["error_code"];
  refusal: number;
  /** There are lines and chapters that can be clicked. */
  withWords: boolean;
  startSeconds: number;
}

/** In place of a player that will not play: why, and where it does. */
export function Refused({ video, errorCode, refusal, withWords, startSeconds }: Props) {
  const { t } = useTranslation();
  const reason = reasonOf(refusal, errorCode);
  const said = saidReason(errorCode);
  const text = said ? t(`errors.${said}`) : t(`watch.refused_${reason}_text`);
  return (
    <div
      className="absolute inset-0 isolate overflow-hidden bg-black"
      data-testid="refused"
      data-why={reason}
    >
      <img
        src={video.thumbnail_url}
        alt=""
        className="pointer-events-none absolute inset-0 -z-10 size-full scale-110 object-cover opacity-25 blur-md"
      />
      <div className="grid h-full place-content-center overflow-y-auto justify-items-center gap-1 p-4 text-center text-white">
        <p className="text-base font-semibold text-balance sm:text-lg">{t(`watch.refused_${reason}`)}</p>
        <p className="max-w-md text-sm text-balance opacity-90">{text}</p>
        {withWords && <p className="max-w-md text-sm text-balance opacity-90">{t("watch.refusedStay")}</p>}
        {!NOWHERE.has(reason) && !NOWHERE_SAID.has(said) && (
          <a
            href={watchUrl(video.youtube_id, startSeconds)}
            target="_blank"
            rel="noopener noreferrer"
            className="mt-2 inline-flex min-h-9 items-center gap-2 rounded-lg bg-white px-3.5 text-sm font-semibold text-black hover:opacity-90"
          >
            <ExternalLink size={16} aria-hidden />
            {t("watch.watchThere")}
          </a>
        )}
      </div>
    </div>
  );
}
