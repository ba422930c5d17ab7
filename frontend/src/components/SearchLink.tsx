import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMatch } from "react-router";
import { useOpenSearch } from "@/hooks/useOpenSearch";
import { IconButton } from "./ui/Button";

/** The way to the search, in the looks of its field. */
export function SearchBox() {
  const { t } = useTranslation();
  const onOpen = useOpenSearch();
  const isHere = useMatch("/search") !== null;
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-keyshortcuts="/"
      aria-current={isHere ? "page" : undefined}
      className="mb-4 flex h-9 w-full shrink-0 items-center gap-2.5 rounded-lg border border-surface-3 bg-surface-1 pr-1.5 pl-2.5 text-left text-sm text-text-3 hover:text-text-1 aria-[current=page]:bg-surface-2 aria-[current=page]:text-text-1"
    >
      <Search size={16} aria-hidden />
      <span className="grow">{t("app.search")}</span>
      <kbd
        aria-hidden
        className="min-w-6 rounded-md border border-surface-3 bg-surface-2 px-1.5 py-0.5 text-center font-sans text-xs"
      >
        /
      </kbd>
    </button>
  );
}

/** The same where there is no room for a field. */
export function SearchButton() {
  const { t } = useTranslation();
  const onOpen = useOpenSearch();
  return (
    <IconButton label={t("app.search")} aria-keyshortcuts="/" onClick={onOpen}>
      <Search size={18} aria-hidden />
    </IconButton>
  );
}
