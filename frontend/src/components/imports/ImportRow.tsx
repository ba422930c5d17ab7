import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRetryGroup } from "@/hooks/useImportActions";
import { addedMessage, say } from "@/lib/addedMessage";
import { retriable, retryKey } from "@/lib/importOutcomes";
import {
  figuresOf,
  goneByReason,
  importName,
  isListGone,
  isOver,
  percentOf,
  playlistsOf,
  progressText,
  readingText,
  summaryText,
  targetText,
} from "@/lib/importSummary";
import { atTime } from "@/lib/when";
import type { ImportJob } from "@/types/video";
import { JobBar, TimeLeft } from "../JobProgress";
import { ImportButtons, PauseButton } from "./ImportActions";
import { stateKey } from "./stateKey";

interface Props {
  job: ImportJob;
  /** null: the list is not there any more. */
  listName: string | null;
}

/** One import: whose, how far, since when; opened, what came of every video. */
export function ImportRow({ job, listName }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const over = isOver(job);
  const name = importName(job, listName, t, language);
  const target = targetText(job, listName, t, language);
  const reading = readingText(job, t, language);
  return (
    <div className="flex items-start">
      <details className="group min-w-0 grow" data-testid="import-row" data-state={job.state}>
        <summary className="flex list-none items-start gap-3 rounded-lg px-3 py-3 hover:bg-surface-2 [&::-webkit-details-marker]:hidden">
          <ChevronDown
            size={17}
            className="mt-0.5 shrink-0 -rotate-90 text-text-3 group-open:rotate-0"
            aria-hidden
          />
          <div className="min-w-0 grow">
            <div className="flex flex-wrap items-baseline gap-x-2.5 text-sm">
              <span className="max-w-full truncate text-base font-semibold" title={name}>
                {name}
              </span>
              <span className={job.state === "running" && !over ? "text-accent" : "text-text-3"}>
                {t(stateKey(job))}
              </span>
              <span className="tabular text-text-3 sm:ml-auto">
                {t("imports.started", { at: atTime(job.created_at, t, language, new Date()) })}
              </span>
            </div>
            {over ? (
              <p className="tabular pt-0.5 text-sm text-text-2">
                {target}
                <span className="group-open:hidden">
                  {target !== null && " · "}
                  {summaryText(job, t, language, { cancelled: false })}
                </span>
              </p>
            ) : (
              <>
                <div className="tabular flex flex-wrap justify-between gap-x-3 pt-0.5 pb-2 text-sm text-text-2">
                  <span>
                    {target !== null && `${target} · `}
                    {progressText(job, t, language)}
                  </span>
                  {job.state === "running" && (
                    <span className="text-text-3">
                      <TimeLeft jobs={[job]} />
                    </span>
                  )}
                </div>
                <JobBar
                  percent={percentOf(job)}
                  label={t("job.label", { name })}
                  paused={job.state === "paused"}
                />
                {reading !== null && (
                  <p className="tabular pt-1.5 text-sm text-text-2" data-testid="reading">
                    {reading}
                  </p>
                )}
              </>
            )}
          </div>
        </summary>
        <Outcome job={job} name={name} />
      </details>
      {!over && <PauseButton job={job} name={name} className="mt-1.5" />}
    </div>
  );
}

/** The whole summary, a plain sentence for each group, and beside it what can be done about it. */
function Outcome({ job, name }: { job: ImportJob; name: string }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { imported, without_captions } = job.summary;
  const { waiting, later, stopped, removed } = figuresOf(job);
  const playlists = playlistsOf(job);
  const [unavailable] = retriable(job, "unavailable");
  const undone = job.state === "undone";
  const working = job.state === "paused" ? "imports.held" : "imports.waiting";
  const { retry, isPending } = useRetryGroup(job.id);
  const again = (group: "unavailable" | "without_captions", label: string) => (
    <button
      type="button"
      disabled={isPending}
      onClick={() => retry(group)}
      className="rounded-md text-left font-semibold text-accent hover:underline disabled:opacity-50"
    >
      {label}
    </button>
  );
  return (
    <div className="tabular grid gap-1.5 pr-3 pb-4 pl-10 text-sm text-text-2">
      {undone && <p>{t("imports.undone", say(removed, language))}</p>}
      {!undone && isListGone(job) && <p>{t("job.listDeleted")}</p>}
      <p hidden={undone || isListGone(job)}>
        {t("job.imported", say(imported, language))}{" "}
        {without_captions > 0 && (
          <>
            {t("imports.withoutCaptions", say(without_captions, language))}{" "}
            {again("without_captions", t("items.captionsShort"))}
          </>
        )}
      </p>
      {goneByReason(job.summary).map(({ code, count }) => (
        <p key={code}>{t(`gone.${code}`, say(count, language))}</p>
      ))}
      {removed > 0 && !undone && <p>{t("imports.removed", say(removed, language))}</p>}
      {playlists.unavailable > 0 && <p>{t("imports.unread", say(playlists.unavailable, language))}</p>}
      {unavailable && (
        <p>{again("unavailable", t(retryKey(unavailable), say(unavailable.count, language)))}</p>
      )}
      {waiting > later && <p>{t(working, say(waiting - later, language))}</p>}
      {later > 0 && <p>{t("imports.later", say(later, language))}</p>}
      {stopped > 0 && <p>{t("imports.stopped", say(stopped, language))}</p>}
      {playlists.stopped > 0 && <p>{t("imports.unreadStopped", say(playlists.stopped, language))}</p>}
      <p className="text-text-3">{t("imports.given", { text: addedMessage(job.counts, t, language) })}</p>
      <p className="flex flex-wrap gap-x-4 gap-y-1 pt-0.5 font-semibold">
        <Link to={`/imports/${job.id}`} className="rounded-md text-accent hover:underline">
          {t("imports.allLines")}
        </Link>
        {job.list_id && job.list_count === 1 && (
          <Link to={`/lists/${job.list_id}`} className="rounded-md text-accent hover:underline">
            {t("imports.toList")}
          </Link>
        )}
      </p>
      <div className="flex flex-wrap gap-1.5 pt-1.5 empty:hidden">
        <ImportButtons job={job} name={name} pausable={false} />
      </div>
    </div>
  );
}
