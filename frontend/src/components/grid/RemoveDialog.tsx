import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/grid";
import { ConfirmDialog } from "../ui/ConfirmDialog";

interface Props {
  count: number;
  onConfirm: () => void;
  onClose: () => void;
}

/** One video is removed without a question; of many, somebody may have meant fewer. */
export default function RemoveDialog({ count, onConfirm, onClose }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <ConfirmDialog
      title={t("selection.removeTitle", say(count, i18n.language))}
      confirm={t("common.remove")}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p className="text-text-2">{t("selection.removeText")}</p>
    </ConfirmDialog>
  );
}
