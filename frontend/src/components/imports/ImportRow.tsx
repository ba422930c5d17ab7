import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { addedMessage, say } from "@/lib/addedMessage";
import { number } from "@/lib/format";
import { goneByReason, isOver, summaryText } from "@/lib/importSummary";
import { atTime } from "@/lib/when";
import type { ImportJob } from "@/types/video";
import { JobBar, TimeLeft } from "../JobProgress";

interface Props {
  job: ImportJob;
  /** null: the list is not there any more. */
  listName: string | null;
}

/** One import: whose, how far, since when; opened, what came of every video. */
export function ImportRow({ job, listName }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { total, waiting } = job.summary;
  const over = isOver(job);
  const name = listName ?? t("imports.deletedList");
  return (
    <details className="group" data-testid="import-row" data-state={job.state}>
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
              {t(`imports.state_${over && job.state === "running" ? "finished" : job.state}`)}
            </span>
            <span className="tabular text-text-3 sm:ml-auto">
              {t("imports.started", { at: atTime(job.created_at, t, language, new Date()) })}
            </span>
          </div>
          {over ? (
            <p className="tabular pt-0.5 text-sm text-text-2 group-open:hidden">
              {summaryText({ ...job, state: "finished" }, t, language)}
            </p>
          ) : (
            <>
              <div className="tabular flex flex-wrap justify-between gap-x-3 pt-0.5 pb-2 text-sm text-text-2">
                <span>
                  {t("job.progress", {
                    done: number(total - waiting, language),
                    total: number(total, language),
                  })}
                </span>
                {job.state === "running" && (
                  <span className="text-text-3">
                    <TimeLeft job={job} />
                  </span>
                )}
              </div>
              <JobBar job={job} label={t("job.label", { name })} />
            </>
          )}
        </div>
      </summary>
      <Outcome job={job} />
    </details>
  );
}

/** The whole summary, a plain sentence for each group. */
function Outcome({ job }: { job: ImportJob }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { imported, without_captions, waiting, later } = job.summary;
  const working = waiting - later;
  return (
    <div className="tabular grid gap-1 pr-3 pb-4 pl-10 text-sm text-text-2">
      <p>
        {t("job.imported", say(imported, language))}{" "}
        {without_captions > 0 && t("imports.withoutCaptions", say(without_captions, language))}
      </p>
      {goneByReason(job.summary).map(({ code, count }) => (
        <p key={code}>{t(`gone.${code}`, say(count, language))}</p>
      ))}
      {working > 0 && <p>{t("imports.waiting", say(working, language))}</p>}
      {later > 0 && <p>{t("imports.later", say(later, language))}</p>}
      <p className="text-text-3">{t("imports.given", { text: addedMessage(job.counts, t, language) })}</p>
      {job.list_id && (
        <p>
          <Link to={`/lists/${job.list_id}`} className="text-accent hover:underline">
            {t("imports.toList")}
          </Link>
        </p>
      )}
    </div>
  );
}
