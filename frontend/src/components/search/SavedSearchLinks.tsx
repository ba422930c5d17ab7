import { Bookmark } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useSavedSearches } from "@/hooks/useSavedSearches";
import { fromAddress, savedAs, toAddress } from "@/lib/searchRequest";

/** The searches that are kept, beside the lists. */
export default function SavedSearchLinks() {
  const { t } = useTranslation();
  const saved = useSavedSearches();
  const { pathname, search } = useLocation();
  if (saved.length === 0) return null;
  const shown = pathname === "/search" ? savedAs(saved, fromAddress(new URLSearchParams(search))) : undefined;
  return (
    <section aria-labelledby="saved-searches" className="pt-5">
      <h2 id="saved-searches" className="px-3 pb-1 text-xs text-text-3">
        {t("search.saved")}
      </h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {saved.map((one) => (
          <li key={one.id}>
            <Link
              to={toAddress(one)}
              aria-current={one === shown ? "page" : undefined}
              className="flex items-center gap-2.5 rounded-lg px-3 py-2 text-sm text-text-2 hover:bg-surface-2 hover:text-text-1 aria-[current=page]:bg-surface-2 aria-[current=page]:font-semibold aria-[current=page]:text-text-1"
            >
              <Bookmark size={15} aria-hidden className="shrink-0 text-text-3" />
              <bdi className="min-w-0 truncate" title={one.name}>
                {one.name}
              </bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
