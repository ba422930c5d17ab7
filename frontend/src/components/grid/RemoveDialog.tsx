import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/grid";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

interface Props {
  count: number;
  onConfirm: () => void;
  onClose: () => void;
}

/** One video is removed without a question; of many, somebody may have meant fewer. */
export default function RemoveDialog({ count, onConfirm, onClose }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <Dialog
      title={t("selection.removeTitle", say(count, i18n.language))}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="text-text-2">{t("selection.removeText")}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button look="plain" onClick={onClose} data-autofocus>
          {t("common.cancel")}
        </Button>
        <Button
          look="bad"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {t("common.remove")}
        </Button>
      </div>
    </Dialog>
  );
}
