import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { number } from "@/lib/format";
import { isOver, summaryText } from "@/lib/importSummary";
import type { ImportJob } from "@/types/video";
import { JobBar, TimeLeft } from "./JobProgress";
import { IconButton } from "./ui/Button";

interface Props {
  job: ImportJob;
  listName: string | null;
  onDismiss: () => void;
}

/** One import in one line: whose, how far, how long still. When it has ended: what came of it. */
export function JobProgressCard({ job, listName, onDismiss }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { total, waiting } = job.summary;
  const name = listName ?? t("job.name", say(total, language));

  return (
    <section
      aria-label={t("job.label", { name })}
      data-testid="job-progress-card"
      data-state={job.state}
      className="rounded-xl border border-surface-3 bg-surface-1 px-3.5 py-2.5 shadow-lg"
    >
      {isOver(job) ? (
        <div className="flex items-start gap-2 text-sm">
          <p className="grow py-1">
            <span className="font-semibold">{name}: </span>
            {summaryText(job, t, language)}
          </p>
          <IconButton label={t("job.dismiss")} onClick={onDismiss} className="-mr-1.5 size-7">
            <X size={15} aria-hidden />
          </IconButton>
        </div>
      ) : (
        <>
          <div className="mb-2 flex items-baseline gap-2 text-sm">
            <span className="truncate font-semibold">{name}</span>
            <span className="tabular shrink-0 text-text-2">
              {t("job.progress", { done: number(total - waiting, language), total: number(total, language) })}
            </span>
            <span className="tabular ml-auto shrink-0 text-text-3">
              <TimeLeft job={job} />
            </span>
          </div>
          <JobBar job={job} label={t("job.label", { name })} />
        </>
      )}
    </section>
  );
}
