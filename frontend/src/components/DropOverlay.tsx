import { ListPlus } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Says what will happen, over everything, while something is dragged over the page. */
export function DropOverlay({ listName }: { listName: string }) {
  const { t } = useTranslation();
  return (
    <div
      className="pointer-events-none fixed inset-0 z-50 bg-surface-0/85 p-4 backdrop-blur-sm sm:p-8"
      data-testid="drop-overlay"
    >
      <div className="grid size-full place-content-center justify-items-center gap-3 rounded-3xl border-2 border-dashed border-accent p-6 text-center">
        <ListPlus size={48} strokeWidth={1.5} className="text-accent" aria-hidden />
        <p className="text-2xl font-semibold text-balance">{t("drop.title", { name: listName })}</p>
        <p className="text-text-2">{t("drop.text")}</p>
      </div>
    </div>
  );
}
