import { Clock } from "lucide-react";

interface Props {
  /** 0 to 100. */
  progress: number;
  /** Nothing moves for now: the number gives way to a small clock. */
  waiting?: boolean;
  label: string;
  /** At the end the veil fades; it is taken out of the page by its owner afterwards. */
  leaving?: boolean;
}

const RADIUS = 31;
const LENGTH = 2 * Math.PI * RADIUS;

/** The pie on an importing tile: a ring that fills clockwise from twelve o'clock. */
export function ProgressOverlay({ progress, waiting = false, label, leaving = false }: Props) {
  const percent = Math.round(Math.min(100, Math.max(0, progress)));
  return (
    <div
      className={`veil absolute inset-0 grid place-items-center text-white ${leaving ? "opacity-0" : ""}`}
      data-testid="progress-overlay"
    >
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="ring-size relative grid place-items-center"
      >
        <svg viewBox="0 0 72 72" className="absolute inset-0 -rotate-90" aria-hidden="true">
          <circle
            cx="36"
            cy="36"
            r={RADIUS}
            fill="none"
            stroke="white"
            strokeOpacity="0.28"
            strokeWidth="6"
          />
          {percent > 0 && (
            <circle
              cx="36"
              cy="36"
              r={RADIUS}
              fill="none"
              stroke="white"
              strokeWidth="6"
              strokeLinecap={percent < 100 ? "round" : "butt"}
              strokeDasharray={LENGTH}
              strokeDashoffset={LENGTH * (1 - percent / 100)}
              data-testid="progress-arc"
            />
          )}
        </svg>
        {waiting ? (
          <Clock className="relative size-[36%]" strokeWidth={2} aria-hidden />
        ) : (
          <span className="tabular relative text-xs font-semibold" aria-hidden="true">
            {percent}
            <span className="text-[0.8em]">%</span>
          </span>
        )}
      </div>
    </div>
  );
}
