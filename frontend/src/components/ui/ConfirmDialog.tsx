import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

interface Props {
  title: string;
  /** What will be gone, in a sentence or two. */
  children: ReactNode;
  /** What the button says that does it. */
  confirm: string;
  /** What the button says that does nothing. */
  cancel?: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** A question before something goes. Enter means no: it closes first, so that nothing is done twice. */
export function ConfirmDialog({ title, children, confirm, cancel, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} closeLabel={t("common.close")} onClose={onClose}>
      {children}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button look="plain" onClick={onClose} data-autofocus>
          {cancel ?? t("common.cancel")}
        </Button>
        <Button
          look="bad"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
