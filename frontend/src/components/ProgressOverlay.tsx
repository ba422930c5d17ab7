/** What stands in the middle of the ring: how far it is, or why nothing moves for now. */
export type RingMark = "percent" | "clock" | "pause";

interface Props {
  /** 0 to 100. */
  progress: number;
  mark?: RingMark;
  /** Whose progress it is. */
  label: string;
  /** What is being done, in words and with the percentage. */
  valueText?: string | undefined;
  /** In a picture too small for a number: the words beside it say it. */
  small?: boolean;
  /** At the end the veil fades; it is taken out of the page by its owner afterwards. */
  leaving?: boolean;
}

const RADIUS = 31;
const LENGTH = 2 * Math.PI * RADIUS;

const GLYPHS = {
  clock: "M36 25.5a10.5 10.5 0 1 0 .01 0ZM36 30v6.5l4.5 2.5",
  pause: "M31 27v18M41 27v18",
};

/**
 * The pie on an importing tile: a ring that fills clockwise from twelve o'clock. Few nodes, because a grid has
 * dozens of them, and a dark disc of its own, because the picture behind may be white.
 */
export function ProgressOverlay({
  progress,
  mark = "percent",
  label,
  valueText,
  small = false,
  leaving = false,
}: Props) {
  const percent = Math.round(Math.min(100, Math.max(0, progress)));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={valueText}
      className={`veil absolute inset-0 grid place-items-center text-white motion-reduce:transition-none ${leaving ? "opacity-0" : ""}`}
      data-testid="progress-overlay"
      data-mark={mark}
    >
      <svg
        viewBox="0 0 72 72"
        className={`col-start-1 row-start-1 ${small ? "size-8" : "ring-size"}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="6"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <circle cx="36" cy="36" r={RADIUS} strokeOpacity="0.3" fill="#141311" fillOpacity="0.5" />
        {percent > 0 && (
          <circle
            cx="36"
            cy="36"
            r={RADIUS}
            transform="rotate(-90 36 36)"
            strokeLinecap={percent < 100 ? "round" : "butt"}
            strokeDasharray={LENGTH}
            strokeDashoffset={LENGTH * (1 - percent / 100)}
            data-testid="progress-arc"
          />
        )}
        {mark !== "percent" && <path d={GLYPHS[mark]} strokeWidth={mark === "pause" ? 6 : 3.5} />}
      </svg>
      {mark === "percent" && !small && (
        <span
          className="tabular col-start-1 row-start-1 text-xs font-semibold @max-[140px]:hidden @max-[220px]:text-[0.6875rem]"
          aria-hidden="true"
        >
          {percent}%
        </span>
      )}
    </div>
  );
}
