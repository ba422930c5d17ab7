import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { number, roughDuration } from "@/lib/format";
import type { ImportJob } from "@/types/video";
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
  const done = total - waiting;
  const running = job.state === "running" || job.state === "paused";
  const name = listName ?? t("job.name", say(total, language));
  const percent = Math.round(job.progress_percent);
  // What is left waits for its own time (a premiere, a stubborn failure): nobody has to watch that.
  const onlyWaiting = job.state === "running" && waiting > 0 && job.eta_seconds === null;

  return (
    <section
      aria-label={t("job.label", { name })}
      data-testid="job-progress-card"
      data-state={job.state}
      className="rounded-xl border border-surface-3 bg-surface-1 px-3.5 py-2.5 shadow-lg"
    >
      {running && !onlyWaiting ? (
        <>
          <div className="flex items-baseline gap-2 text-sm">
            <span className="truncate font-semibold">{name}</span>
            <span className="tabular shrink-0 text-text-2">
              {t("job.progress", { done: number(done, language), total: number(total, language) })}
            </span>
            <span className="tabular ml-auto shrink-0 text-text-3">
              {job.state === "paused" ? t("job.paused") : <Estimate seconds={job.eta_seconds} />}
            </span>
          </div>
          <div
            role="progressbar"
            aria-label={t("job.label", { name })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            className="mt-2 h-1.5 overflow-hidden rounded-full bg-surface-3"
          >
            <div
              className="h-full origin-left rounded-full bg-accent"
              style={{ width: `${job.progress_percent}%` }}
            />
          </div>
        </>
      ) : (
        <div className="flex items-start gap-2 text-sm">
          <p className="grow py-1">
            <span className="font-semibold">{name}: </span>
            <JobSummary job={job} />
          </p>
          <IconButton label={t("job.dismiss")} onClick={onDismiss} className="-mr-1.5 size-7">
            <X size={15} aria-hidden />
          </IconButton>
        </div>
      )}
    </section>
  );
}

function Estimate({ seconds }: { seconds: number | null }) {
  const { t } = useTranslation();
  if (seconds === null) return <>{t("job.running")}</>;
  const { unit, count } = roughDuration(seconds);
  return <>{t(`job.${unit}`, { count })}</>;
}

function JobSummary({ job }: { job: ImportJob }) {
  const { t, i18n } = useTranslation();
  const { imported, without_captions, unavailable, waiting } = job.summary;
  const gone = Object.values(unavailable).reduce((sum, n) => sum + n, 0);
  const rest = [
    without_captions > 0 && t("job.without", say(without_captions, i18n.language)),
    gone > 0 && t("job.unavailable", say(gone, i18n.language)),
    waiting > 0 && t("job.waiting", say(waiting, i18n.language)),
  ].filter((part) => part !== false);
  return (
    <>
      {job.state === "cancelled" && `${t("job.cancelled")}. `}
      {t("job.imported", say(imported, i18n.language))}
      {rest.length > 0 && ` ${rest.join(", ")}.`}
    </>
  );
}
