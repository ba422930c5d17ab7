import type { TFunction } from "i18next";
import { Check, ChevronDown, ListChecks, Plus, Rss, Settings, Users } from "lucide-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useNavigate } from "react-router";
import { number } from "@/lib/format";
import { lazyPart } from "@/lib/lazyPart";
import type { VideoList } from "@/types/video";
import { SearchBox } from "./SearchLink";
import { SettingsLink } from "./SettingsLink";
import { Brand } from "./ui/Brand";
import { Menu, MenuItem, MenuLine } from "./ui/Menu";

const SavedSearchLinks = lazyPart(() => import("./search/SavedSearchLinks"));

interface Props {
  lists: readonly VideoList[];
  onNew: () => void;
}

/** The lists beside the library, where there is room for them. */
export function ListSidebar({ lists, onNew }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <nav
      aria-label={t("lists.title")}
      className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-r border-surface-3 px-3 py-4 lg:flex"
    >
      <div className="flex items-center gap-2.5 px-2 pb-5">
        <Brand />
        <span className="text-lg font-semibold">{t("app.name")}</span>
      </div>
      <SearchBox />
      {/* Room for the focus ring, which a scrolling box would cut. */}
      <div className="-m-1 min-h-0 grow overflow-y-auto p-1">
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
          {lists.map((list) => (
            <li key={list.id}>
              <NavLink
                to={`/lists/${list.id}`}
                className="flex items-center gap-2 rounded-lg px-3 py-2 text-sm text-text-2 hover:bg-surface-2 hover:text-text-1 aria-[current=page]:bg-surface-2 aria-[current=page]:font-semibold aria-[current=page]:text-text-1"
              >
                <span className="min-w-0 truncate" title={list.name}>
                  {list.name}
                </span>
                <FollowMark follow={list.follow} />
                <SharedMark list={list} />
                <span className="tabular ml-auto pl-1 text-xs font-normal text-text-3">
                  {number(list.video_count, i18n.language)}
                </span>
              </NavLink>
            </li>
          ))}
        </ul>
        <button
          type="button"
          onClick={onNew}
          className="mt-1 flex w-full items-center gap-2 rounded-lg px-3 py-2 text-sm text-text-3 hover:bg-surface-2 hover:text-text-1"
        >
          <Plus size={16} aria-hidden />
          {t("lists.new")}
        </button>
        <Suspense fallback={null}>
          <SavedSearchLinks />
        </Suspense>
      </div>
      <div className="-mb-1 flex items-center gap-1 px-1 pt-2">
        <NavLink
          to="/imports"
          className="flex h-9 grow items-center gap-2.5 rounded-lg px-2 text-sm text-text-2 hover:bg-surface-2 hover:text-text-1 aria-[current=page]:bg-surface-2 aria-[current=page]:font-semibold aria-[current=page]:text-text-1"
        >
          <ListChecks size={17} aria-hidden />
          {t("lists.imports")}
        </NavLink>
        <SettingsLink />
      </div>
    </nav>
  );
}

/** That new videos come into it by themselves, or should and do not. */
function FollowMark({ follow }: { follow: VideoList["follow"] }) {
  const { t } = useTranslation();
  if (!follow) return null;
  const text = t(follow.reason_code === null ? "lists.follows" : "lists.followTrouble");
  return (
    <span title={text} className={`shrink-0 ${follow.reason_code === null ? "text-text-3" : "text-warn"}`}>
      <Rss size={13} aria-hidden />
      <span className="sr-only">{text}</span>
    </span>
  );
}

function sharedWords({ owner_name: owner, share_count: count }: VideoList, t: TFunction): string | null {
  if (owner) return t("lists.sharedBy", { name: owner });
  return count ? t("lists.sharedWith", { count }) : null;
}

/** Whose it is, or that others see it. */
export function SharedMark({ list }: { list: VideoList }) {
  const { t } = useTranslation();
  const text = sharedWords(list, t);
  if (!text) return null;
  return (
    <span title={text} className="shrink-0 text-text-3">
      <Users size={13} aria-hidden />
      <span className="sr-only">{text}</span>
    </span>
  );
}

/** The same in one button, on a small screen. */
export function ListSwitcher({ lists, onNew, current }: Props & { current: VideoList }) {
  const { t } = useTranslation();
  const shared = sharedWords(current, t);
  const navigate = useNavigate();
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex max-w-full items-center gap-2 rounded-lg py-1 pr-1.5"
          aria-label={[current.name, shared, t("lists.choose")].filter(Boolean).join(". ")}
        >
          <Brand />
          <span className="grid min-w-0 text-left">
            <span className="truncate text-lg leading-6 font-semibold">{current.name}</span>
            {shared && <span className="truncate text-xs leading-4 text-text-3">{shared}</span>}
          </span>
          <ChevronDown size={16} className="shrink-0 text-text-3" aria-hidden />
        </button>
      }
    >
      {lists.map((list) => (
        <MenuItem
          key={list.id}
          icon={list.id === current.id ? <Check size={16} /> : <span className="block w-4" />}
          onSelect={() => void navigate(`/lists/${list.id}`)}
        >
          <span className="max-w-60 truncate">{list.name}</span>
          <FollowMark follow={list.follow} />
          <SharedMark list={list} />
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<Plus size={16} />} onSelect={onNew}>
        {t("lists.new")}
      </MenuItem>
      <MenuItem icon={<ListChecks size={16} />} onSelect={() => void navigate("/imports")}>
        {t("lists.imports")}
      </MenuItem>
      {/* The header has no room for the gear on a phone. */}
      <MenuItem icon={<Settings size={16} />} onSelect={() => void navigate("/settings")}>
        {t("app.settings")}
      </MenuItem>
    </Menu>
  );
}
