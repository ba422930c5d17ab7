import { useTranslation } from "react-i18next";
import { useIsUpToYoutube } from "@/hooks/useImportProgress";
import { usePhone } from "@/hooks/useMediaQuery";
import { rough } from "@/lib/duration";
import "@/lib/i18n/imports";
import { steadyEstimateOf } from "@/lib/steadyEstimates";
import type { ImportJob } from "@/types/video";

interface TimeLeftProps {
  /** What runs of them counts; nothing runs: they are paused. */
  jobs: readonly ImportJob[];
  /** "about 2 h left", on a phone "~2 h left", where there is one line for everything. */
  short?: boolean;
  /** What is said when nobody knows. */
  otherwise?: string;
}

/** How long imports take still: coarse and steady, or nothing where nobody knows. */
export function TimeLeft({ jobs, short = false, otherwise }: TimeLeftProps) {
  const { t } = useTranslation();
  const running = jobs.filter((job) => job.state !== "paused");
  const step = steadyEstimateOf(running);
  const phone = usePhone();
  const upToYoutube = useIsUpToYoutube();
  if (running.length === 0) return <>{t("job.paused")}</>;
  if (step === null && upToYoutube) return <>{t(short ? "job.short_allowed" : "job.left_allowed")}</>;
  if (step === null) return <>{otherwise}</>;
  const { unit, count } = rough(step);
  if (!short) return <>{t(`job.left_${unit}`, { count })}</>;
  return <>{phone ? t(`job.tight_${unit}`, { count }) : t(`job.short_${unit}`, { count })}</>;
}

interface BarProps {
  percent: number;
  label: string;
  /** Held by the person: nothing moves, and it does not look as if it did. */
  paused?: boolean;
  className?: string;
}

export function JobBar({ percent, label, paused = false, className = "h-1.5" }: BarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className={`overflow-hidden rounded-full bg-surface-3 ${className}`}
    >
      <div
        className={`h-full rounded-full ${paused ? "bg-text-3" : "bg-accent"}`}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
