import { useTranslation } from "react-i18next";
import { useLaneHistory } from "@/hooks/useImportHistory";
import { chartMinutes, laneTotals } from "@/lib/laneChart";
import { LANES_ON_DEMAND, SHOWN_LANES } from "@/lib/laneWords";
import type { Lane, LaneHistory } from "@/types/progress";
import { LaneNews } from "../StatusLine";
import { LaneFigure } from "./LaneFigure";

/** How fast YouTube let us go in the last hour, lane by lane. */
export function LaneSection() {
  const { t } = useTranslation();
  const { data, isError, lanes } = useLaneHistory();
  const shown = SHOWN_LANES.flatMap((name) => {
    const history = data?.find((one) => one.name === name);
    const lane = lanes.find((one) => one.name === name);
    if (!history || (LANES_ON_DEMAND.has(name) && isIdle({ history, lane }))) return [];
    return [{ name, history, lane }];
  });
  const idle = shown.every(isIdle);
  // All of them show the same minutes, so that they can be compared.
  const minutes = chartMinutes(shown.map(({ history }) => history));
  return (
    <section aria-labelledby="lanes-title" className="min-w-0">
      <h2 id="lanes-title" className="text-lg font-semibold">
        {t("lanes.title")}
      </h2>
      <p className="pt-1 text-sm text-text-2">
        {minutes === 60 || idle ? t("lanes.lead_hour") : t("lanes.lead_minutes", { count: minutes })}
      </p>
      <LaneNews className="mt-4 rounded-xl bg-surface-2" />
      {!data && isError && <p className="pt-4 text-sm text-text-2">{t("lanes.loadFailed")}</p>}
      {data && idle && (
        <p className="mt-4 rounded-xl bg-surface-2 p-4 text-sm text-text-2">{t("lanes.idle")}</p>
      )}
      {data && !idle && (
        <>
          <Legend />
          <div className="grid gap-x-8 gap-y-7 pt-5 sm:grid-cols-2 xl:grid-cols-1">
            {shown.map((lane) => (
              <LaneFigure key={lane.name} {...lane} minutes={minutes} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function isIdle({ history, lane }: { history: LaneHistory; lane: Lane | undefined }): boolean {
  const { requests, pausedSeconds } = laneTotals(history);
  return requests === 0 && pausedSeconds === 0 && (lane?.waiting ?? 0) === 0;
}

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5 pt-3 text-xs text-text-2">
      <Entry text={t("lanes.legendRequests")}>
        <rect x="3" y="3" width="4" height="11" className="fill-accent" opacity=".6" />
        <rect x="9" y="6" width="4" height="8" className="fill-accent" opacity=".6" />
      </Entry>
      <Entry text={t("lanes.legendRate")}>
        <path d="M1 10h6V5h8" fill="none" strokeWidth="1.5" className="stroke-text-2" />
      </Entry>
      <Entry text={t("lanes.legendThrottled")}>
        <circle cx="8" cy="8" r="3.5" className="fill-warn" />
      </Entry>
      <Entry text={t("lanes.legendPause")}>
        <rect x="2" y="2" width="12" height="12" className="fill-warn" opacity=".3" />
      </Entry>
    </ul>
  );
}

function Entry({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        {children}
      </svg>
      {text}
    </li>
  );
}
