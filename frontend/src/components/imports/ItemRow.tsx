import {
  CaptionsOff,
  Check,
  CircleAlert,
  CircleStop,
  Clock,
  Copy,
  CornerDownRight,
  ImageOff,
  Link2Off,
  ListVideo,
  Pause,
  Trash2,
  TvMinimalPlay,
} from "lucide-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useItemProgress } from "@/hooks/useImport";
import { number } from "@/lib/format";
import { currentOutcome, outcomeReason, outcomeWords } from "@/lib/importOutcomes";
import type { VideoProgress } from "@/types/progress";
import type { ImportItem, ImportState, ItemOutcome } from "@/types/video";

const LOOKS = {
  imported: { Icon: Check, colour: "text-accent" },
  without_captions: { Icon: CaptionsOff, colour: "text-text-2" },
  unavailable: { Icon: CircleAlert, colour: "text-bad" },
  waiting: { Icon: Clock, colour: "text-warn" },
  stopped: { Icon: CircleStop, colour: "text-warn" },
  removed: { Icon: Trash2, colour: "text-text-3" },
  duplicate: { Icon: Copy, colour: "text-text-3" },
  repeated: { Icon: Copy, colour: "text-text-3" },
  rejected: { Icon: Link2Off, colour: "text-text-3" },
  playlist: { Icon: ListVideo, colour: "text-text-3" },
} as const satisfies Record<ItemOutcome, unknown>;

export const columns = "sm:grid-cols-[3.5rem_minmax(0,1fr)_minmax(0,1.5fr)_minmax(0,1fr)] sm:gap-x-4";

interface Props {
  /** null: its page is on its way. */
  item: ImportItem | null;
  /** Of the import: while it is held nobody works on what is left. */
  state: ImportState;
  /** "From the playlist in line 3", of a line that a playlist brought. */
  origin: string | null;
  index: number;
  top: number;
  height: number;
}

/** One line of the input: a row of a table, on a phone a card. */
export const ItemRow = memo(function ItemRow({ item, state, origin, index, top, height }: Props) {
  const { t, i18n } = useTranslation();
  const progress = useItemProgress(item?.video ?? null);
  const line = item && number(item.line, i18n.language);
  return (
    <tr
      aria-rowindex={index + 2}
      data-line={item?.line}
      data-from-playlist={origin !== null || undefined}
      className={`absolute inset-x-0 grid content-center gap-y-1 border-b border-surface-3 sm:items-center ${columns}`}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {item ? (
        <>
          <td className="tabular order-3 flex min-w-0 items-center gap-1.5 text-xs text-text-3 sm:order-none sm:justify-end sm:text-sm">
            {origin !== null && <CornerDownRight size={13} aria-hidden className="shrink-0" />}
            <span className="shrink-0 sm:hidden">
              {t(origin === null ? "items.lineNumber" : "items.place", { line })}
            </span>
            <span className="hidden sm:inline">
              {origin !== null && <span className="sr-only">{t("items.place", { line: "" })}</span>}
              {line}
            </span>
            <span className="truncate sm:hidden" aria-hidden="true">
              · {origin ?? item.text}
            </span>
          </td>
          <td
            className={`sr-only min-w-0 text-sm text-text-2 sm:not-sr-only ${origin === null ? "" : "sm:pl-3"}`}
            title={item.text}
          >
            <span className="block truncate">{item.text}</span>
            {origin !== null && <span className="block truncate text-xs text-text-3">{origin}</span>}
          </td>
          <td className="min-w-0">
            <VideoCell item={item} progress={progress} />
          </td>
          <td className="min-w-0">
            <OutcomeCell item={item} progress={progress} state={state} />
          </td>
        </>
      ) : (
        <td className="col-span-full">
          <span className="sr-only">{t("common.loading")}</span>
          <span className="block h-3 w-2/3 rounded-full bg-surface-2" />
        </td>
      )}
    </tr>
  );
});

function VideoCell({ item, progress }: { item: ImportItem; progress: VideoProgress | null }) {
  const { t } = useTranslation();
  const { video } = item;
  const coming = currentOutcome(item, progress) === "waiting";
  if (item.verdict === "playlist") return <PlaylistName item={item} />;
  if (!video) return <span className="hidden text-text-3 sm:inline">–</span>;
  return (
    <div className="flex min-w-0 items-center gap-3">
      {/* Looked for once more when the video is known. */}
      <Picture key={progress?.title ? "known" : "new"} src={video.thumbnail_url} />
      <div className="min-w-0 text-sm">
        <Link
          to={`/videos/${video.id}`}
          className="line-clamp-2 rounded-sm font-semibold break-words hover:underline sm:line-clamp-1"
          title={progress?.title ?? undefined}
        >
          {progress?.title ?? (coming ? t("items.untitled") : (item.youtube_id ?? t("tile.nameless")))}
        </Link>
        <p className="hidden truncate text-text-3 sm:block">{progress?.channel}</p>
      </div>
    </div>
  );
}

function PlaylistName({ item }: { item: ImportItem }) {
  const { t } = useTranslation();
  const channel = item.reason_code === "channel";
  const Icon = channel ? TvMinimalPlay : ListVideo;
  return (
    <div className="flex min-w-0 items-center gap-3 text-sm">
      <span className="grid h-[45px] w-20 shrink-0 place-items-center rounded-md bg-surface-2 text-text-3">
        <Icon size={18} strokeWidth={1.5} aria-hidden />
      </span>
      <span className="font-semibold">{t(channel ? "items.channel" : "items.playlist")}</span>
    </div>
  );
}

/** A private or deleted video has none, and the browser's broken image says nothing. */
function Picture({ src }: { src: string }) {
  const [missing, setMissing] = useState(false);
  const look = "h-[45px] w-20 shrink-0 rounded-md bg-surface-2";
  if (missing) {
    return (
      <span className={`grid place-items-center text-text-3 ${look}`} data-testid="no-picture">
        <ImageOff size={16} strokeWidth={1.5} aria-hidden />
      </span>
    );
  }
  return (
    <img
      src={src}
      alt=""
      width={80}
      height={45}
      loading="lazy"
      decoding="async"
      onError={() => setMissing(true)}
      className={`object-cover ${look}`}
    />
  );
}

interface OutcomeProps {
  item: ImportItem;
  progress: VideoProgress | null;
  state: ImportState;
}

function OutcomeCell({ item, progress, state }: OutcomeProps) {
  const { t } = useTranslation();
  const outcome = currentOutcome(item, progress);
  const { colour } = LOOKS[outcome];
  const paused = state === "paused";
  const held = paused && outcome === "waiting";
  const Icon = held ? Pause : LOOKS[outcome].Icon;
  const undone = state === "undone" && outcome === "removed";
  const reason = held
    ? t("why.paused")
    : undone
      ? t("why.undone")
      : outcomeReason(item, outcome, progress, t);
  return (
    <div className="flex min-w-0 gap-2 text-sm" data-outcome={outcome}>
      <Icon size={16} aria-hidden className={`mt-px shrink-0 ${colour}`} />
      <p className="line-clamp-2 min-w-0 sm:line-clamp-3">
        <span className="font-semibold">{t(outcomeWords(item, outcome, progress, paused))}</span>
        {reason && <span className="text-text-2 sm:block sm:text-xs"> {reason}</span>}
      </p>
    </div>
  );
}
