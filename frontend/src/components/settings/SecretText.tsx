import { useId, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { swallowSecondClick } from "../ui/Dialog";
import { CopyButton } from "./CopyButton";

interface Props {
  /** What it is good for. */
  lead: string;
  label: string;
  secret: string;
  rows: number;
  /** What the button says that closes. */
  done: string;
  onClose: () => void;
}

/** A token or a link that is shown here, once, and nowhere else. */
export function SecretText({ lead, label, secret, rows, done, onClose }: Props) {
  // It comes in place of the button that made it: what is shown once must not be closed unseen.
  useLayoutEffect(swallowSecondClick, []);
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-text-2">{lead}</p>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <textarea
        id={id}
        readOnly
        rows={rows}
        // In view and selected: where a page may not write to the clipboard, the keyboard can.
        ref={(element) => element?.select()}
        value={secret}
        className="w-full resize-none rounded-lg border border-surface-3 bg-surface-0 px-3 py-2 font-mono text-sm break-all"
      />
      <div className="flex flex-wrap justify-end gap-2 pt-2">
        <CopyButton look="main" text={secret} label={t("common.copy")} />
        <Button onClick={onClose}>{done}</Button>
      </div>
    </div>
  );
}
