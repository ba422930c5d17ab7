import { Bookmark, BookmarkCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeSavedSearch } from "@/hooks/useSavedSearches";
import "@/lib/i18n/entry";
import { activeFilters, savedAs } from "@/lib/searchRequest";
import { filterValue } from "@/lib/searchWords";
import type { SavedSearch, SearchRequest } from "@/types/search";
import type { VideoList } from "@/types/video";
import { ListNameDialog } from "../entry/ListDialogs";
import { Button } from "../ui/Button";
import { SavedSearchMenu } from "./SavedSearchMenu";

interface Props {
  request: SearchRequest;
  saved: readonly SavedSearch[];
  lists: readonly VideoList[];
}

const LONGEST_NAME = 60;

/** Keeps a search under a name; one that is kept says so. */
export function SaveSearch({ request, saved, lists }: Props) {
  const { t, i18n } = useTranslation();
  const change = useChangeSavedSearch();
  const [naming, setNaming] = useState(false);
  const known = savedAs(saved, request);
  if (known) {
    const label = t("search.savedAs", { name: known.name });
    return (
      <SavedSearchMenu
        saved={known}
        trigger={
          <Button look="quiet" aria-label={label} title={label} className="px-2.5 text-accent">
            <BookmarkCheck size={17} aria-hidden />
            <bdi className="max-w-40 truncate max-sm:hidden">{known.name}</bdi>
          </Button>
        }
      />
    );
  }
  const wording = { t, language: i18n.language, lists };
  const values = activeFilters(request.filters).map((kind) => filterValue(kind, request.filters, wording));
  const suggested = [request.query.trim(), ...values].filter((word) => word !== "").join(" · ");
  return (
    <>
      <Button
        look="quiet"
        aria-label={t("search.save")}
        title={t("search.save")}
        className="px-2.5"
        onClick={() => setNaming(true)}
      >
        <Bookmark size={17} aria-hidden />
        <span className="max-sm:hidden">{t("search.save")}</span>
      </Button>
      {naming && (
        <ListNameDialog
          title={t("search.saveTitle")}
          text={t("search.saveText")}
          label={t("search.name")}
          submitLabel={t("common.save")}
          initialName={suggested.slice(0, LONGEST_NAME)}
          onClose={() => setNaming(false)}
          onSubmit={(name) => change({ kind: "save", name, request })}
        />
      )}
    </>
  );
}
