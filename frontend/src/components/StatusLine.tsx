import { ChevronDown, CloudOff, Hourglass } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLaneNotice } from "@/hooks/useImportProgress";
import { usePhone } from "@/hooks/useMediaQuery";
import { type LaneNotice, noticeText } from "@/lib/laneNotice";
import { useConnectionStore } from "@/stores/connectionStore";
import { useDockStore } from "@/stores/dockStore";

const look = "flex gap-2.5 border-surface-3 px-3.5 py-2.5 text-sm text-text-2";

/** One calm line, or none. Being offline comes first: then nothing else on the page is news. */
export function StatusLine({ quiet }: { quiet: boolean }) {
  const { t } = useTranslation();
  const lost = useConnectionStore((state) => state.status === "lost");
  const lasting = useLasting(lost);
  const notice = useLaneNotice();

  // The region is there from the start: ears hear of what comes into it, not of a region that appears.
  return (
    <div role="status" className="[&:not(:first-child)>*]:border-t">
      {lost && (
        <p hidden={!lasting} data-in-dock={lasting ? "" : undefined} className={`${look} items-center`}>
          <CloudOff size={16} className="shrink-0 text-warn" aria-hidden />
          {t("connection.offline")}
        </p>
      )}
      {!lost && notice && !quiet && <LaneLine notice={notice} />}
    </div>
  );
}

const MOMENT_MS = 1200;

/** A connection that is back in a moment is no news: nothing blinks. */
function useLasting(on: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), MOMENT_MS);
    return () => clearTimeout(timer);
  }, [on]);
  return on && lasting;
}

/** The same within a page, where there is room for all of it. */
export function LaneNews({ className = "" }: { className?: string }) {
  const notice = useLaneNotice();
  return (
    <div role="status" className={notice ? className : ""}>
      {notice && <LaneLine notice={notice} whole />}
    </div>
  );
}

/** What is paused, until when, why, how many wait, and that nothing is lost. Where room is scarce the first of it, at first. */
function LaneLine({ notice, whole = false }: { notice: LaneNotice; whole?: boolean }) {
  const { t, i18n } = useTranslation();
  const phone = usePhone();
  const folded = useDockStore((state) => !state.open);
  const small = (phone || folded) && !whole;
  const [unfolded, setUnfolded] = useState(false);
  const { head, rest, spoken } = noticeText(notice, t, i18n.language, new Date());

  // The sentences are read aloud when their news changes, not when one more video waits.
  const [said, setSaid] = useState({ head, spoken });
  if (said.head !== head) setSaid({ head, spoken });

  return (
    <div className={look} data-in-dock data-testid="lane-line" data-kind={notice.kind}>
      <Hourglass size={16} className="mt-px shrink-0 text-warn" aria-hidden />
      <p className="sr-only">{said.spoken}</p>
      <p className="tabular grow text-pretty" aria-hidden="true">
        <span className="font-semibold text-text-1">{head}</span>{" "}
        <span className={small && !unfolded ? "hidden" : ""}>{rest}</span>
      </p>
      {small && (
        <button
          type="button"
          aria-label={t("common.more")}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
          className="-my-1.5 -mr-1.5 inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-text-3 hover:bg-surface-2"
        >
          <ChevronDown size={16} aria-hidden className={unfolded ? "" : "-rotate-90"} />
        </button>
      )}
    </div>
  );
}
