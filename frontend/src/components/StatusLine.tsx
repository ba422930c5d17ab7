import { CloudOff, Hourglass } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLaneNotice } from "@/hooks/useImportProgress";
import { type LaneNotice, noticeText } from "@/lib/laneNotice";
import { useConnectionStore } from "@/stores/connectionStore";

const look =
  "flex gap-2.5 rounded-xl border border-surface-3 bg-surface-1 px-3.5 py-2.5 text-sm text-text-2 shadow-lg";

/** One calm line, or none. Being offline comes first: then nothing else on the page is news. */
export function StatusLine({ quiet }: { quiet: boolean }) {
  const { t } = useTranslation();
  const lost = useConnectionStore((state) => state.status === "lost");
  const notice = useLaneNotice();

  // The region is there from the start: ears hear of what comes into it, not of a region that appears.
  return (
    <div role="status">
      {lost && (
        <p className={`${look} appear-late items-center`}>
          <CloudOff size={16} className="shrink-0 text-warn" aria-hidden />
          {t("connection.offline")}
        </p>
      )}
      {!lost && notice && !quiet && <LaneLine notice={notice} />}
    </div>
  );
}

/** What is paused, until when, why, how many wait, and that nothing is lost. */
function LaneLine({ notice }: { notice: LaneNotice }) {
  const { t, i18n } = useTranslation();
  const { head, rest, spoken } = noticeText(notice, t, i18n.language, new Date());

  // The sentences are read aloud when their news changes, not when one more video waits.
  const [said, setSaid] = useState({ head, spoken });
  if (said.head !== head) setSaid({ head, spoken });

  return (
    <div className={look} data-testid="lane-line" data-kind={notice.kind}>
      <Hourglass size={16} className="mt-px shrink-0 text-warn" aria-hidden />
      <p className="sr-only">{said.spoken}</p>
      <p className="tabular text-pretty" aria-hidden="true">
        <span className="font-semibold text-text-1">{head}</span> {rest}
      </p>
    </div>
  );
}
