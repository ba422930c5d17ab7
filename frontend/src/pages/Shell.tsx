import { Suspense, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Route, Routes, useMatch, useNavigate } from "react-router";
import { Announcer } from "@/components/Announcer";
import { ImportDock } from "@/components/ImportDock";
import { ListSidebar } from "@/components/ListNavigation";
import { Notices } from "@/components/Notices";
import { Button } from "@/components/ui/Button";
import { useAddLinks } from "@/hooks/useAddLinks";
import { useDropTarget } from "@/hooks/useDropTarget";
import { EntryContext } from "@/hooks/useEntry";
import { useContentHeight } from "@/hooks/useHeight";
import { useLists } from "@/hooks/useLists";
import { useOpenSearch } from "@/hooks/useOpenSearch";
import { useShared } from "@/hooks/useShared";
import { useShortcuts } from "@/hooks/useShortcuts";
import { useWebSocket } from "@/hooks/useWebSocket";
import { toApiError } from "@/lib/apiError";
import type { Transferred } from "@/lib/dropContent";
import { fetchAhead, lazyPart } from "@/lib/lazyPart";
import { canEdit } from "@/lib/listAccess";
import { RETURN_PATH } from "@/lib/returned";
import { whenIdle } from "@/lib/whenIdle";
import { useImportDropStore } from "@/stores/importDropStore";
import { usePreferencesStore } from "@/stores/preferencesStore";
import { useUiStore } from "@/stores/uiStore";
import type { VideoList } from "@/types/video";
import { LibraryPage } from "./LibraryPage";

const Dialogs = lazyPart(() => import("./Dialogs"));
const DropOverlay = lazyPart(() => import("@/components/entry/DropOverlay"));
const ImportPage = lazyPart(() => import("./ImportPage"));
const ImportsPage = lazyPart(() => import("./ImportsPage"));
const PreviewDialog = lazyPart(() => import("@/components/preview/PreviewDialog"));
const ReturnedPage = lazyPart(() => import("./ReturnedPage"));
const SearchPage = lazyPart(() => import("./SearchPage"));
const SettingsPage = lazyPart(() => import("./SettingsPage"));
const VideoPage = lazyPart(() => import("./VideoPage"));

/** Everything of somebody who is signed in. */
export function Shell() {
  useWebSocket();
  const { t } = useTranslation();
  const { data: lists, error, refetch } = useLists();
  const lastListId = usePreferencesStore((state) => state.lastListId);
  // What may be wanted within a moment, fetched when nothing else is going on.
  useEffect(() => whenIdle(fetchAhead), []);

  if (!lists) {
    if (!error) return null;
    return (
      <main className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center">
        <p>{t(`errors.${toApiError(error).code}`)}</p>
        <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
      </main>
    );
  }
  const home = lists.find((list) => list.id === lastListId) ?? lists[0];
  return <Library lists={lists} home={home} />;
}

function Library({ lists, home }: { lists: readonly VideoList[]; home: VideoList | undefined }) {
  const { t } = useTranslation();
  const routeListId = useMatch("/lists/:listId")?.params.listId;
  const current = lists.find((list) => list.id === routeListId) ?? home;
  const onListPage = current !== undefined && current.id === routeListId;
  const onVideoPage = useMatch("/videos/:videoId") !== null;
  const onImportsPage = useMatch("/imports/*") !== null;
  const onSearchPage = useMatch("/search") !== null;
  const openSearch = useOpenSearch();
  const setLastListId = usePreferencesStore((state) => state.setLastListId);
  const { dialog, openAdd, openShortcuts, open } = useUiStore();
  const dock = useRef<HTMLDivElement>(null);
  const dockHeight = useContentHeight(dock);

  useEffect(() => {
    if (onListPage && routeListId) setLastListId(routeListId);
  }, [onListPage, routeListId, setLastListId]);

  // What comes in while a list is shown that is only to be looked at goes into an own one.
  const target = current && canEdit(current) ? current : lists.find(canEdit);
  const showsTarget = onListPage && target === current;
  const { onText, onContent, retry } = useIncoming(target, showsTarget);
  const hovering = useDropTarget(onContent);
  // One after the other, however many were dropped in a row.
  const looking = useImportDropStore((state) => state.drops.find((drop) => drop.state === "preview"));
  const shownListId = onListPage ? current.id : null;
  useShared(target !== undefined, onText);
  // These two pages have a field of their own for it.
  const searchKey = onVideoPage || onSearchPage ? null : { "/": openSearch };
  useShortcuts({ n: () => openAdd(), "?": openShortcuts, ...searchKey });
  const entry = useMemo(() => ({ addText: onText }), [onText]);
  const onNew = () => open({ kind: "newList" });

  const library = (list: VideoList) => (
    <LibraryPage
      key={list.id}
      list={list}
      lists={lists}
      onAdd={() => openAdd()}
      onRetryDrop={retry}
      onNew={onNew}
      onRename={() => open({ kind: "renameList", list })}
      onDelete={() => open({ kind: "deleteList", list })}
    />
  );

  return (
    <EntryContext value={entry}>
      {onListPage && <title>{`${current.name} · Videothek`}</title>}
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-surface-1 focus:px-4 focus:py-2"
      >
        {t("app.skip")}
      </a>
      <div className="flex min-h-dvh">
        {!onVideoPage && <ListSidebar lists={lists} onNew={onNew} />}
        <div className="min-w-0 grow">
          <Suspense fallback={<PageIsComing />}>
            <Routes>
              <Route
                path="/lists/:listId"
                element={onListPage ? library(current) : <Navigate to="/" replace />}
              />
              <Route path="/videos/:videoId" element={<VideoPage />} />
              <Route path="/imports/:importId" element={<ImportPage lists={lists} />} />
              <Route path="/imports" element={<ImportsPage lists={lists} />} />
              <Route path="/search" element={<SearchPage lists={lists} />} />
              <Route path="/settings" element={<SettingsPage />} />
              <Route path={RETURN_PATH} element={<ReturnedPage />} />
              <Route
                path="*"
                element={home ? <Navigate to={`/lists/${home.id}`} replace /> : <p>{t("lists.notFound")}</p>}
              />
            </Routes>
          </Suspense>
        </div>
      </div>
      <div ref={dock}>
        <ImportDock quiet={onVideoPage} withJobs={!onVideoPage && !onImportsPage} />
      </div>
      <Announcer />
      <Suspense fallback={null}>
        {hovering && target && <DropOverlay listName={target.name} hovering={hovering} />}
        {dialog.kind !== "none" && <Dialogs listName={target?.name ?? ""} onContent={onContent} />}
        {looking && (
          <PreviewDialog
            key={looking.id}
            drop={looking}
            lists={lists.filter(canEdit)}
            shownListId={shownListId}
          />
        )}
      </Suspense>
      <Notices dockHeight={dockHeight} besideSidebar={!onVideoPage} />
    </EntryContext>
  );
}

/** Nothing for a moment; then, that the server has to be there for it. */
function PageIsComing() {
  const { t } = useTranslation();
  return (
    <main
      id="main"
      className="appear-late grid min-h-dvh place-content-center p-6 text-center text-balance text-text-2"
    >
      <p>{t("app.pageIsComing")}</p>
    </main>
  );
}

/** Whatever comes in goes into the current list, wherever on the page somebody is. */
function useIncoming(current: VideoList | undefined, onListPage: boolean) {
  const navigate = useNavigate();
  const { addText, addContent, retry } = useAddLinks(current?.id ?? "", {
    onShow: (id) => void navigate(`/videos/${id}`),
    listName: onListPage ? null : (current?.name ?? null),
  });
  const known = current !== undefined;
  return useMemo(() => {
    // New tiles are in front: whoever adds some wants to see them.
    const toTop = () => onListPage && window.scrollTo({ top: 0, behavior: "instant" });
    return {
      onText: (text: string) => {
        if (!known) return;
        toTop();
        addText(text);
      },
      onContent: (content: Transferred) => {
        if (!known) return;
        toTop();
        void addContent(content);
      },
      retry,
    };
  }, [addText, addContent, retry, onListPage, known]);
}
