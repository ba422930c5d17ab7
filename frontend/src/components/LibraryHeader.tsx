import {
  CircleCheck,
  Download,
  Ellipsis,
  LogOut,
  Merge,
  Pencil,
  Plus,
  Rss,
  Trash2,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ViewChoice } from "@/hooks/useLibraryView";
import { say } from "@/lib/addedMessage";
import type { Counts } from "@/lib/libraryView";
import { canEdit, isOwn } from "@/lib/listAccess";
import { selectionStore } from "@/stores/selectionStore";
import { useUiStore } from "@/stores/uiStore";
import type { VideoList } from "@/types/video";
import { ArrangeChoices, ArrangeMenu, chosenLook } from "./grid/ArrangeMenu";
import { ListSwitcher, SharedMark } from "./ListNavigation";
import { PasteButton } from "./PasteButton";
import { SearchButton } from "./SearchLink";
import { SettingsLink } from "./SettingsLink";
import { Button, IconButton } from "./ui/Button";
import { Menu, MenuItem, MenuLine } from "./ui/Menu";

interface Props {
  list: VideoList;
  lists: readonly VideoList[];
  /** null while the list is being read. */
  total: number | null;
  counts: (() => Counts) | null;
  choice: ViewChoice;
  /** Lies over the header while something is selected. */
  selectionBar: ReactNode;
  onAdd: () => void;
  onNew: () => void;
  onRename: () => void;
  onDelete: () => void;
}

export function LibraryHeader(props: Props) {
  const { list, lists, total, counts, choice, selectionBar, onAdd, onNew } = props;
  const { t, i18n } = useTranslation();
  const count = total !== null && (
    <p className="tabular px-2.5 pt-1 pb-1.5 text-xs text-text-3 lg:hidden">
      {t("library.count", say(total, i18n.language))}
    </p>
  );
  return (
    <header className="sticky top-0 z-20 -mx-2 flex h-16 items-center gap-1 bg-surface-0/90 px-2 backdrop-blur-md sm:-mx-4 sm:px-4 lg:-mx-6 lg:px-6">
      <h1 className="min-w-0 lg:hidden">
        <ListSwitcher lists={lists} current={list} onNew={onNew} />
      </h1>
      <div className="hidden min-w-0 items-baseline gap-3 lg:flex">
        <h1 className="truncate text-2xl font-semibold" title={list.name}>
          {list.name}
        </h1>
        <Count total={total} />
        {list.owner_name ? (
          <span className="min-w-0 truncate text-sm text-text-3">
            {t("lists.sharedBy", { name: list.owner_name })}
          </span>
        ) : (
          <SharedMark list={list} />
        )}
      </div>
      <div className="max-sm:hidden">
        <Menu
          align="start"
          trigger={
            <IconButton label={t("lists.actions")}>
              <Ellipsis size={18} aria-hidden />
            </IconButton>
          }
        >
          {count}
          <ListItems {...props} />
        </Menu>
      </div>
      <div className="sm:hidden">
        <Menu
          align="start"
          trigger={
            <IconButton
              label={t("lists.actions")}
              data-chosen={choice.filter !== "all" || undefined}
              className={chosenLook}
            >
              <Ellipsis size={18} aria-hidden />
            </IconButton>
          }
        >
          {count}
          {!!total && (
            <>
              <ArrangeChoices choice={choice} counts={counts} />
              <MenuLine />
            </>
          )}
          <ListItems {...props} />
        </Menu>
      </div>
      <div className="grow" />
      {!!total && <ArrangeMenu choice={choice} counts={counts} />}
      <div className="lg:hidden">
        <SearchButton />
      </div>
      <div className="max-sm:hidden lg:hidden">
        <SettingsLink />
      </div>
      {canEdit(list) && (
        <>
          <PasteButton />
          <Button look="main" onClick={onAdd} className="max-sm:size-9 max-sm:px-0" aria-keyshortcuts="n">
            <Plus size={17} aria-hidden />
            <span className="max-sm:sr-only">{t("library.add")}</span>
          </Button>
        </>
      )}
      {selectionBar}
    </header>
  );
}

function ListItems({ list, lists, total, onRename, onDelete }: Props) {
  const { t } = useTranslation();
  const open = useUiStore((state) => state.open);
  const own = isOwn(list);
  return (
    <>
      {!!total && (
        <MenuItem icon={<CircleCheck size={16} />} onSelect={() => selectionStore.begin()}>
          {t("tile.choose")}
        </MenuItem>
      )}
      {own && (
        <>
          <MenuItem icon={<Pencil size={16} />} onSelect={onRename}>
            {t("lists.rename")}
          </MenuItem>
          <MenuItem icon={<Users size={16} />} onSelect={() => open({ kind: "shareList", list })}>
            {t("lists.share")}
          </MenuItem>
        </>
      )}
      {canEdit(list) && (
        <MenuItem icon={<Rss size={16} />} onSelect={() => open({ kind: "follow", list })}>
          {t(list.follow ? "lists.followChange" : "lists.follow")}
        </MenuItem>
      )}
      {!!total && (
        <MenuItem icon={<Download size={16} />} onSelect={() => open({ kind: "exportList", list })}>
          {t("lists.export")}
        </MenuItem>
      )}
      {own && lists.filter(canEdit).length > 1 && (
        <MenuItem icon={<Merge size={16} />} onSelect={() => open({ kind: "mergeList", list })}>
          {t("lists.merge")}
        </MenuItem>
      )}
      {own ? (
        <MenuItem
          icon={<Trash2 size={16} />}
          bad
          onSelect={onDelete}
          disabled={lists.filter(isOwn).length < 2}
        >
          {t("lists.delete")}
        </MenuItem>
      ) : (
        <MenuItem icon={<LogOut size={16} />} onSelect={() => open({ kind: "leaveList", list })}>
          {t("lists.leave")}
        </MenuItem>
      )}
    </>
  );
}

function Count({ total }: { total: number | null }) {
  const { t, i18n } = useTranslation();
  if (total === null) return null;
  return (
    <span className="tabular shrink-0 text-sm text-text-3">
      {t("library.count", say(total, i18n.language))}
    </span>
  );
}
