import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { timeOfDay } from "@/lib/format";
import { HEIGHT, type LaneChart, laneChart, laneTotals, lastMinutes, WIDTH } from "@/lib/laneChart";
import { hourSentence, type SHOWN_LANES, stateWords } from "@/lib/laneWords";
import type { Lane, LaneHistory } from "@/types/progress";

interface Props {
  name: (typeof SHOWN_LANES)[number];
  history: LaneHistory;
  lane: Lane | undefined;
  /** How much of the hour the picture shows. */
  minutes?: number;
}

/** One lane's last hour: how it is now, a small picture of what there is of it, and the same in a sentence. */
export function LaneFigure({ name, history, lane, minutes = 60 }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const chart = laneChart(lastMinutes(history, minutes));
  const calm = lane?.state !== "paused" && lane?.state !== "probing";
  return (
    <figure className="min-w-0" data-testid={`lane-${name}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <h3 className="font-semibold">{t(`lanes.${name}`)}</h3>
        {lane && (
          <p className={`tabular ${calm ? "text-text-3" : "text-warn"}`}>
            {stateWords(lane, t, language, new Date())}
            {/* Of an open lane the number is told only now and then, and says nothing that matters. */}
            {!calm && lane.waiting > 0 && (
              <span className="text-text-3"> · {t("lanes.waits", say(lane.waiting, language))}</span>
            )}
          </p>
        )}
      </div>
      {(chart.bars.length > 0 || chart.pauses.length > 0) && (
        <>
          <div className="relative mt-2 h-24">
            <Picture chart={chart} />
            <span className="tabular absolute top-0.5 left-1 text-xs text-text-3" aria-hidden="true">
              {t("lanes.perMinute", say(chart.top, language))}
            </span>
          </div>
          <TimeAxis chart={chart} />
        </>
      )}
      <figcaption className="tabular pt-1 text-xs text-text-2">
        {hourSentence(laneTotals(history), t, language, chart.allowed)}
      </figcaption>
    </figure>
  );
}

/** Stretched to whatever width there is: lines keep their thickness, the marks lie in a layer of their own. The caption says it in words. */
function Picture({ chart }: { chart: LaneChart }) {
  const bars = chart.bars.map(
    ({ x, width, y }) => `M${x + width * 0.12} ${HEIGHT}V${y}h${width * 0.76}V${HEIGHT}z`,
  );
  const rate = chart.rate.map(({ from, to, y }, index) => {
    const joined = chart.rate[index - 1]?.to === from;
    return `${joined ? "L" : "M"}${from} ${y}H${to}`;
  });
  return (
    <>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
      >
        <rect width={WIDTH} height={HEIGHT} className="fill-surface-2" opacity=".55" />
        {chart.pauses.map(({ x, width }) => (
          <rect
            key={x}
            x={x}
            width={Math.max(width, 2)}
            height={HEIGHT}
            className="fill-warn"
            opacity=".22"
          />
        ))}
        {chart.ticks.map(({ x }) => (
          <line
            key={x}
            x1={x}
            x2={x}
            y2={HEIGHT}
            className="stroke-surface-3"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        <path d={bars.join("")} className="fill-accent" opacity=".6" />
        <path
          d={rate.join("")}
          fill="none"
          strokeWidth="1.5"
          strokeLinejoin="round"
          className="stroke-text-2"
          vectorEffect="non-scaling-stroke"
        />
        <line
          x2={WIDTH}
          y1={HEIGHT}
          y2={HEIGHT}
          className="stroke-text-3"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <svg className="absolute inset-0 size-full overflow-visible" aria-hidden="true">
        {chart.throttles.map(({ x, y }) => (
          <circle
            key={x}
            cx={`${x / (WIDTH / 100)}%`}
            cy={`${y}%`}
            r="3.5"
            strokeWidth="1.5"
            className="fill-warn stroke-surface-0"
          />
        ))}
      </svg>
    </>
  );
}

function TimeAxis({ chart }: { chart: LaneChart }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="tabular relative h-5 text-xs text-text-3" aria-hidden="true">
      {chart.ticks.map(({ x, at }) => (
        <span key={at} className="absolute top-1 -translate-x-1/2" style={{ left: `${x / (WIDTH / 100)}%` }}>
          {timeOfDay(at, i18n.language)}
        </span>
      ))}
      <span className="absolute top-1 right-0">{t("lanes.now")}</span>
    </div>
  );
}
