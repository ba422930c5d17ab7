import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { toast } from "sonner";
import { useLists } from "@/hooks/useLists";
import "@/lib/i18n/imports";
import { canUndo, summaryText, targetText } from "@/lib/importSummary";
import { useUiStore } from "@/stores/uiStore";
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

function titleKey({ state, label }: ImportJob, name: string | null) {
  const cancelled = state === "cancelled";
  if (label !== null) return cancelled ? "summary.titleLabelCancelled" : "summary.titleLabel";
  if (name !== null) return cancelled ? "summary.titleCancelled" : "summary.title";
  return cancelled ? "summary.titleNoListCancelled" : "summary.titleNoList";
}

function SummaryText({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { data: lists } = useLists();
  const listName = lists?.find((list) => list.id === job.list_id)?.name ?? null;
  const name = job.label ?? (job.list_count > 1 ? null : listName);
  const title = t(titleKey(job, name), { name: HOLE });
  const target = targetText(job, listName, t, i18n.language);
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
          {target !== null && `${target[0]?.toLocaleUpperCase(i18n.language)}${target.slice(1)}: `}
          {/* The title says it already if it was cancelled. */}
          {summaryText(job, t, i18n.language, { reasons: false, cancelled: false })}
        </p>
        <p className="flex gap-x-4 pt-1.5 font-semibold">
          <Link
            to={`/imports/${job.id}`}
            onClick={onClose}
            className="rounded-md text-accent hover:underline"
          >
            {t("summary.details")}
          </Link>
          {canUndo(job, Date.now()) && (
            <button
              type="button"
              onClick={() => {
                onClose();
                useUiStore.getState().open({ kind: "undoImport", job });
              }}
              className="rounded-md text-accent hover:underline"
            >
              {t("action.undoShort")}
            </button>
          )}
        </p>
      </div>
      <IconButton label={t("common.close")} onClick={onClose} className="-mt-1.5 -mr-2 size-8">
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  );
}
