import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeSavedSearch } from "@/hooks/useSavedSearches";
import "@/lib/i18n/entry";
import type { SavedSearch } from "@/types/search";
import { ListNameDialog } from "../entry/ListDialogs";
import { IconButton } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";

interface Props {
  saved: SavedSearch;
  trigger?: ReactElement<Record<string, unknown>>;
}

/** What can be done with a search that is kept. */
export function SavedSearchMenu({ saved, trigger }: Props) {
  const { t } = useTranslation();
  const change = useChangeSavedSearch();
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Menu
        trigger={
          trigger ?? (
            <IconButton label={t("search.savedActions", { name: saved.name })}>
              <Ellipsis size={17} aria-hidden />
            </IconButton>
          )
        }
      >
        <MenuItem icon={<Pencil size={16} />} onSelect={() => setNaming(true)}>
          {t("search.rename")}
        </MenuItem>
        <MenuItem icon={<Trash2 size={16} />} onSelect={() => change({ kind: "forget", saved })}>
          {t("search.forget")}
        </MenuItem>
      </Menu>
      {naming && (
        <ListNameDialog
          title={t("search.rename")}
          label={t("search.name")}
          submitLabel={t("common.save")}
          initialName={saved.name}
          onClose={() => setNaming(false)}
          onSubmit={(name) => change({ kind: "rename", saved, name })}
        />
      )}
    </>
  );
}
