import { Link2, Quote } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SelectedLines } from "@/hooks/useSelectedLines";
import "@/lib/i18n/watch";
import { IconButton } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";
import type { Copying } from "./TranscriptBlock";

/** For what is selected in the transcript. Pressing its buttons leaves the selection alone. */
export function QuoteBar({ copying, selected }: { copying: Copying; selected: SelectedLines }) {
  const { t } = useTranslation();
  const { text, seconds } = selected;
  return (
    <div
      role="toolbar"
      aria-label={t("watch.copyQuote")}
      onPointerDown={(event) => event.preventDefault()}
      className="absolute bottom-3 left-1/2 flex w-max -translate-x-1/2 items-center gap-0.5 rounded-xl border border-surface-3 bg-surface-1 p-1 shadow-xl"
    >
      <button
        type="button"
        onClick={() => copying.quote(text, seconds)}
        className="inline-flex h-9 items-center gap-2 rounded-lg px-3 text-sm font-semibold hover:bg-surface-2"
      >
        <Quote size={15} aria-hidden />
        {t("watch.copyQuote")}
      </button>
      <Menu
        side="top"
        trigger={
          <IconButton label={t("watch.copyOwn")}>
            <Link2 size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => copying.ownLink(seconds)}>{t("watch.copyOwn")}</MenuItem>
        <MenuItem onSelect={() => copying.youtubeLink(seconds)}>{t("watch.copyYoutube")}</MenuItem>
      </Menu>
    </div>
  );
}
