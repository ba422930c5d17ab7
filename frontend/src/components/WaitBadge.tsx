import { CalendarClock, CircleStop, Hourglass, Radio, RotateCcw } from "lucide-react";
import type { WaitKind } from "@/lib/waiting";

const ICONS = {
  upcoming: CalendarClock,
  live: Radio,
  processing: Hourglass,
  later: RotateCcw,
  stopped: CircleStop,
};

export function WaitIcon({
  kind,
  size,
  className = "",
}: {
  kind: WaitKind;
  size: number;
  className?: string;
}) {
  const Icon = ICONS[kind];
  return <Icon size={size} className={`shrink-0 ${className}`} aria-hidden />;
}

/** On a tile that waits for a time of its own: no ring that seems to be stuck, no alarm. */
export function WaitBadge({ kind, text }: { kind: WaitKind; text: string }) {
  return (
    <div
      className="absolute inset-0 grid place-items-center bg-[#141311]/25 p-2 @max-[140px]:p-1"
      data-testid="wait-badge"
    >
      <p className="tabular flex max-w-full items-center gap-1.5 rounded-lg bg-[#141311]/80 px-2 py-1 text-xs text-white @max-[140px]:px-1.5 @max-[140px]:text-center @min-[260px]:px-2.5 @min-[260px]:py-1.5 @min-[260px]:text-sm">
        <WaitIcon kind={kind} size={15} className="@max-[140px]:hidden" />
        <span className="line-clamp-3 text-balance">{text}</span>
      </p>
    </div>
  );
}
