import { useTranslation } from "react-i18next";
import "@/lib/i18n/tools";
import type { VideoList } from "@/types/video";
import { Dialog } from "../ui/Dialog";
import { ExportChoices } from "./ExportChoices";

/** One list as a file. Stays open: somebody may want two of them. */
export default function ExportDialog({ list, onClose }: { list: VideoList; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("export.listTitle", { name: list.name })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="pb-3 text-text-2">{t("export.listText")}</p>
      <ExportChoices list={list} />
    </Dialog>
  );
}
