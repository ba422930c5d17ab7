import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { isVisibleName } from "@/lib/visibleName";
import type { VideoList } from "@/types/video";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Dialog } from "../ui/Dialog";

interface NameProps {
  title: string;
  submitLabel: string;
  /** What is named; a list, if nothing else is said. */
  label?: string;
  /** Why it gets a name. */
  text?: string;
  initialName: string;
  onSubmit: (name: string) => void;
  onClose: () => void;
}

/** A new list's name, or another one. */
export function ListNameDialog({
  title,
  submitLabel,
  label,
  text,
  initialName,
  onSubmit,
  onClose,
}: NameProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(initialName);
  const isNamed = isVisibleName(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isNamed) return;
    onClose();
    onSubmit(name.trim());
  };
  return (
    <Dialog title={title} closeLabel={t("common.close")} onClose={onClose}>
      <form onSubmit={submit}>
        {text && <p className="pb-4 text-text-2">{text}</p>}
        <label htmlFor="list-name" className="text-sm text-text-2">
          {label ?? t("listDialog.name")}
        </label>
        <input
          id="list-name"
          data-autofocus
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          className="mt-1.5 h-10 w-full rounded-lg border border-surface-3 bg-surface-0 px-3"
        />
        <div className="mt-5 flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="main" type="submit" disabled={!isNamed}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface DeleteProps {
  list: VideoList;
  onConfirm: () => void;
  onClose: () => void;
}

export function DeleteListDialog({ list, onConfirm, onClose }: DeleteProps) {
  const { t, i18n } = useTranslation();
  return (
    <ConfirmDialog
      title={t("listDialog.deleteTitle", { name: list.name })}
      confirm={t("lists.delete")}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p className="text-text-2">
        {t("listDialog.deleteText", say(list.video_count, i18n.language))}
        {!!list.share_count && ` ${t("listDialog.deleteShared", { count: list.share_count })}`}
      </p>
    </ConfirmDialog>
  );
}
