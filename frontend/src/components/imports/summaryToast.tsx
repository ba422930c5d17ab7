import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { toast } from "sonner";
import { useLists } from "@/hooks/useLists";
import "@/lib/i18n/imports";
import { summaryText } from "@/lib/importSummary";
import type { ImportJob } from "@/types/video";
import { IconButton } from "../ui/Button";

/** Long enough to be read; a hidden tab does not count, and the page of imports has it all. */
const SHOWN_MS = 8000;

/** Where the name belongs; no name contains it. */
const HOLE = "\u0000";

/** An import's end with its true counts, and the way to every line of it. */
export function showSummary(job: ImportJob): void {
  const id = `import ${job.id}`;
  toast(<SummaryText job={job} onClose={() => toast.dismiss(id)} />, { id, duration: SHOWN_MS });
}

function SummaryText({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { data: lists } = useLists();
  const name = lists?.find((list) => list.id === job.list_id)?.name;
  const cancelled = job.state === "cancelled";
  const title = name
    ? t(cancelled ? "summary.titleCancelled" : "summary.title", { name: HOLE })
    : t(cancelled ? "summary.titleNoListCancelled" : "summary.titleNoList");
  // One line: what does not fit is cut from the name, not from what happened.
  const [before, after] = title.split(HOLE);
  return (
    <div data-testid="import-summary" data-state={job.state} className="flex items-start gap-1">
      <div className="min-w-0 grow text-sm">
        <p className="flex font-semibold whitespace-pre" title={title.replace(HOLE, name ?? "")}>
          {before}
          {name && <span className="min-w-0 truncate">{name}</span>}
          {after}
        </p>
        <p className="tabular pt-0.5 font-normal text-text-2">
          {/* The title says it already if it was cancelled. */}
          {summaryText(job, t, i18n.language, { reasons: false, cancelled: false })}
        </p>
        <Link
          to={`/imports/${job.id}`}
          onClick={onClose}
          className="mt-1.5 inline-block rounded-md font-semibold text-accent hover:underline"
        >
          {t("summary.details")}
        </Link>
      </div>
      <IconButton label={t("common.close")} onClick={onClose} className="-mt-1.5 -mr-2 size-8">
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  );
}
