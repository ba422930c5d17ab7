import { useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { figuresOf, isReading } from "@/lib/importSummary";
import type { ImportJob } from "@/types/video";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

interface Props {
  job: ImportJob;
  name: string;
  onCancel: (remaining: "keep" | "remove") => void;
  onClose: () => void;
}

/** What is to become of the rest? Nothing that is done is ever at stake. */
export default function CancelDialog({ job, name, onCancel, onClose }: Props) {
  const { t, i18n } = useTranslation();
  // As it was when the question was put: a number must not change while somebody aims at it.
  const [{ left, reading }] = useState(() => {
    const { total, done } = figuresOf(job);
    return { left: say(total - done, i18n.language), reading: isReading(job) };
  });
  const choose = (remaining: "keep" | "remove") => () => {
    onClose();
    onCancel(remaining);
  };
  return (
    <Dialog title={t("cancel.title", { name })} closeLabel={t("common.close")} onClose={onClose}>
      <p className="text-text-2">
        {t("cancel.text", left)} {reading && t("cancel.reading")}
      </p>
      <div className="mt-5 grid gap-4">
        {left.count === 0 && reading && <Button onClick={choose("keep")}>{t("cancel.stopReading")}</Button>}
        <div hidden={left.count === 0 && reading}>
          <Button className="w-full" onClick={choose("keep")} aria-describedby="cancel-keep">
            {t("cancel.keep", left)}
          </Button>
          <p id="cancel-keep" className="pt-1.5 text-center text-sm text-text-3">
            {t("cancel.keepHint", left)}
          </p>
        </div>
        <div hidden={left.count === 0 && reading}>
          <Button look="bad" className="w-full" onClick={choose("remove")} aria-describedby="cancel-remove">
            {t("cancel.remove", left)}
          </Button>
          <p id="cancel-remove" className="pt-1.5 text-center text-sm text-text-3">
            {t("cancel.removeHint", left)}
          </p>
        </div>
        <Button look="main" className="w-full" onClick={onClose} data-autofocus>
          {t("cancel.goOn")}
        </Button>
      </div>
    </Dialog>
  );
}
