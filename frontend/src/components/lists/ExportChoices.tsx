import { useTranslation } from "react-i18next";
import { useExport } from "@/hooks/useExport";
import "@/lib/i18n/tools";
import type { ExportFormat, VideoList } from "@/types/video";
import { FormatChoices } from "../ui/FormatChoices";

const FORMATS: readonly ExportFormat[] = ["json", "csv", "html", "takeout", "archive"];

/** The five files a library can become, each with what it is good for. */
export function ExportChoices({ list }: { list: VideoList | null }) {
  const { t } = useTranslation();
  const { mutate, isPending, variables } = useExport(list);
  return (
    <FormatChoices
      choices={FORMATS.map((format) => ({
        format,
        name: t(`export.${format}`),
        text: t(`export.${format}Text`),
        label: t("export.downloadAs", { format: t(`export.${format}`) }),
      }))}
      testId="export-formats"
      prefix="export"
      isPending={isPending}
      pending={variables}
      preparing={t("export.preparing")}
      onChoose={mutate}
    />
  );
}
