import { useId } from "react";
import { useTranslation } from "react-i18next";
import "@/lib/i18n/people";
import { CopyButton } from "../settings/CopyButton";
import { Button } from "../ui/Button";

interface Props {
  text: string;
  label: string;
  link: string;
  onClose: () => void;
}

/** A link that is shown here, once, and nowhere else. */
export function SecretLink({ text, label, link, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-text-2">{text}</p>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <textarea
        id={id}
        readOnly
        rows={3}
        // In view and selected: where a page may not write to the clipboard, the keyboard can.
        ref={(element) => element?.select()}
        value={link}
        className="w-full resize-none rounded-lg border border-surface-3 bg-surface-0 px-3 py-2 font-mono text-sm break-all"
      />
      <div className="flex flex-wrap justify-end gap-2 pt-2">
        <CopyButton look="main" text={link} label={t("common.copy")} />
        <Button onClick={onClose}>{t("people.done")}</Button>
      </div>
    </div>
  );
}
