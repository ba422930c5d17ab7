import { CloudOff, Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { usePausedLane } from "@/hooks/useImportProgress";
import { say } from "@/lib/addedMessage";
import { timeOfDay } from "@/lib/format";
import { useConnectionStore } from "@/stores/connectionStore";

const look =
  "flex items-center gap-2.5 rounded-xl border border-surface-3 bg-surface-1 px-3.5 py-2.5 text-sm text-text-2 shadow-lg";

/** One calm line, or none. Being offline comes first: then nothing else on the page is news. */
export function StatusLine({ quiet }: { quiet: boolean }) {
  const { t, i18n } = useTranslation();
  const lost = useConnectionStore((state) => state.status === "lost");
  const lane = usePausedLane();

  if (lost) {
    return (
      <p role="status" className={`${look} appear-late`}>
        <CloudOff size={16} className="shrink-0 text-warn" aria-hidden />
        {t("connection.offline")}
      </p>
    );
  }
  if (!lane || quiet) return null;
  const reason = t(`errors.${lane.reason_code ?? "upstream_throttled"}`);
  const count = say(lane.waiting, i18n.language);
  return (
    <p role="status" className={look} data-testid="lane-line">
      <Hourglass size={16} className="shrink-0 text-warn" aria-hidden />
      <span className="tabular">
        {lane.resumes_at
          ? t("connection.paused", { reason, time: timeOfDay(lane.resumes_at, i18n.language), ...count })
          : t("connection.pausedOpen", { reason, ...count })}
      </span>
    </p>
  );
}
