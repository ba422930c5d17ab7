import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useExport } from "@/hooks/useExport";
import "@/lib/i18n/tools";
import type { ExportFormat, VideoList } from "@/types/video";

const FORMATS: readonly ExportFormat[] = ["json", "csv", "html", "takeout", "archive"];

/** The five files a library can become, each with what it is good for. */
export function ExportChoices({ list }: { list: VideoList | null }) {
  const { t } = useTranslation();
  const { mutate, isPending, variables } = useExport(list);
  return (
    <ul className="-mx-3 grid" data-testid="export-formats">
      {FORMATS.map((format) => {
        const mine = isPending && variables === format;
        return (
          <li key={format}>
            <button
              type="button"
              aria-label={t("export.downloadAs", { format: t(`export.${format}`) })}
              aria-describedby={`export-${format}`}
              aria-disabled={isPending}
              onClick={() => !isPending && mutate(format)}
              className="flex w-full items-center gap-3 rounded-lg border border-transparent px-3 py-2 text-left hover:bg-surface-2 aria-disabled:cursor-default"
            >
              <span className="min-w-0 grow">
                {t(`export.${format}`)}
                <span id={`export-${format}`} className="block text-sm text-text-2">
                  {mine ? t("export.preparing") : t(`export.${format}Text`)}
                </span>
              </span>
              <Download
                size={17}
                aria-hidden
                className={`shrink-0 ${mine ? "text-accent" : "text-text-3"}`}
              />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
