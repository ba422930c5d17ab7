import { useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/imports";
import { contentName, isReading } from "@/lib/importSummary";
import { momentOf } from "@/lib/when";
import type { ImportJob } from "@/types/video";
import { ConfirmDialog } from "../ui/ConfirmDialog";

interface Props {
  job: ImportJob;
  onConfirm: () => void;
  onClose: () => void;
}

/** What goes, what stays, and until when one can think about it. */
export default function UndoDialog({ job: asked, onConfirm, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  // As it was when the question was put: a number must not change while somebody aims at it.
  const [job] = useState(asked);
  // Not the list's name: it would sound as if the list went.
  const { label } = job;
  const title =
    label === null
      ? t("undo.title", { what: contentName(job, t, language) })
      : t("undo.titleOf", { name: label });
  const count = say(job.summary.total, language);
  return (
    <ConfirmDialog
      title={title}
      confirm={t("undo.confirm", count)}
      cancel={t("undo.keep")}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <div className="tabular grid gap-2 text-text-2">
        <p>
          <span className="font-semibold text-text-1">{t("undo.text", count)}</span> {t("undo.before")}{" "}
          {isReading(job) && t("undo.reading")} {job.list_count > 1 && t("undo.lists")}
        </p>
        {job.undo_until !== null && (
          <p className="text-sm text-text-3">
            {t("undo.still", { until: momentOf(job.undo_until, t, language, new Date()) })}
          </p>
        )}
      </div>
    </ConfirmDialog>
  );
}
