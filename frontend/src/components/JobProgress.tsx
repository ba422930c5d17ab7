import { useTranslation } from "react-i18next";
import { useIsUpToYoutube, useSteadyEstimate } from "@/hooks/useImportProgress";
import { rough } from "@/lib/duration";
import type { ImportJob } from "@/types/video";

/** How long an import takes still: coarse and steady, or nothing where nobody knows. */
export function TimeLeft({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const step = useSteadyEstimate(job.eta_seconds);
  const upToYoutube = useIsUpToYoutube();
  if (job.state === "paused") return <>{t("job.paused")}</>;
  if (step === null) return upToYoutube ? t("job.left_allowed") : null;
  const { unit, count } = rough(step);
  return <>{t(`job.left_${unit}`, { count })}</>;
}

export function JobBar({ job, label }: { job: ImportJob; label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(job.progress_percent)}
      className="h-1.5 overflow-hidden rounded-full bg-surface-3"
    >
      <div
        className="h-full origin-left rounded-full bg-accent"
        style={{ width: `${job.progress_percent}%` }}
      />
    </div>
  );
}
