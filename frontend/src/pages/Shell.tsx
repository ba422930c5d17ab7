import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Route, Routes, useMatch, useNavigate } from "react-router";
import { Toaster, toast } from "sonner";
import { AddDialog } from "@/components/AddDialog";
import { Announcer } from "@/components/Announcer";
import { DropOverlay } from "@/components/DropOverlay";
import { ImportDock } from "@/components/ImportDock";
import { DeleteListDialog, ListNameDialog } from "@/components/ListDialogs";
import { ListSidebar } from "@/components/ListNavigation";
import { ShortcutsDialog } from "@/components/ShortcutsDialog";
import { Button } from "@/components/ui/Button";
import { useAddLinks } from "@/hooks/useAddLinks";
import { useDropTarget } from "@/hooks/useDropTarget";
import { useCreateList, useDeleteList, useLists, useRenameList } from "@/hooks/useLists";
import { useShortcuts } from "@/hooks/useShortcuts";
import { useWebSocket } from "@/hooks/useWebSocket";
import { toApiError } from "@/lib/apiError";
import { usePreferencesStore } from "@/stores/preferencesStore";
import { useUiStore } from "@/stores/uiStore";
import type { VideoList } from "@/types/video";
import { LibraryPage } from "./LibraryPage";

const ImportPage = lazy(() => import("./ImportPage"));
const ImportsPage = lazy(() => import("./ImportsPage"));
const VideoPage = lazy(() => import("./VideoPage"));

/** Everything of somebody who is signed in. */
export function Shell() {
  useWebSocket();
  const { t } = useTranslation();
  const { data: lists, error, refetch } = useLists();
  const lastListId = usePreferencesStore((state) => state.lastListId);

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

type ListDialog = { kind: "new" } | { kind: "rename" | "delete"; list: VideoList } | null;

function Library({ lists, home }: { lists: readonly VideoList[]; home: VideoList | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const routeListId = useMatch("/lists/:listId")?.params.listId;
  const current = lists.find((list) => list.id === routeListId) ?? home;
  const onVideoPage = useMatch("/videos/:videoId") !== null;
  const onImportsPage = useMatch("/imports/*") !== null;
  const setLastListId = usePreferencesStore((state) => state.setLastListId);
  const { dialog, openAdd, openShortcuts, close } = useUiStore();
  const [listDialog, setListDialog] = useState<ListDialog>(null);
  const { mutate: create } = useCreateList();
  const { mutate: rename } = useRenameList();
  const { mutate: remove } = useDeleteList();

  useEffect(() => {
    if (current && current.id === routeListId) setLastListId(current.id);
  }, [current, routeListId, setLastListId]);

  const { addText, addFiles } = useAddLinks(current?.id ?? "", (id) => void navigate(`/videos/${id}`));
  // New tiles are in front: whoever adds some wants to see them.
  const toTop = () => window.scrollTo({ top: 0, behavior: "instant" });
  const onText = (text: string) => {
    if (!onVideoPage) toTop();
    addText(text);
  };
  const onFiles = (files: File[]) => {
    if (!onVideoPage) toTop();
    void addFiles(files);
  };
  const dragging = useDropTarget({ onText, onFiles });
  useShortcuts({ n: () => openAdd(), "?": openShortcuts });

  const failed = (cause: unknown) => toast(t(`errors.${toApiError(cause).code}`));
  const onNew = () => setListDialog({ kind: "new" });
  const closeListDialog = () => setListDialog(null);

  const library = (list: VideoList) => (
    <LibraryPage
      key={list.id}
      list={list}
      lists={lists}
      onAdd={() => openAdd()}
      onAddText={onText}
      onNew={onNew}
      onRename={() => setListDialog({ kind: "rename", list })}
      onDelete={() => setListDialog({ kind: "delete", list })}
    />
  );

  return (
    <>
      {!onVideoPage && !onImportsPage && (
        <title>{current ? `${current.name} · Videothek` : "Videothek"}</title>
      )}
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-surface-1 focus:px-4 focus:py-2"
      >
        {t("app.skip")}
      </a>
      <div className="flex min-h-dvh">
        {!onVideoPage && <ListSidebar lists={lists} onNew={onNew} />}
        <div className="min-w-0 grow">
          <Suspense fallback={null}>
            <Routes>
              <Route
                path="/lists/:listId"
                element={
                  current && current.id === routeListId ? library(current) : <Navigate to="/" replace />
                }
              />
              <Route path="/videos/:videoId" element={<VideoPage />} />
              <Route path="/imports/:importId" element={<ImportPage lists={lists} />} />
              <Route path="/imports" element={<ImportsPage lists={lists} />} />
              <Route
                path="*"
                element={home ? <Navigate to={`/lists/${home.id}`} replace /> : <p>{t("lists.notFound")}</p>}
              />
            </Routes>
          </Suspense>
        </div>
      </div>
      <ImportDock quiet={onVideoPage} withJobs={!onVideoPage && !onImportsPage} />
      <Announcer />
      {dragging && current && <DropOverlay listName={current.name} />}
      {dialog.kind === "add" && (
        <AddDialog initialText={dialog.text} onText={onText} onFiles={onFiles} onClose={close} />
      )}
      {dialog.kind === "shortcuts" && <ShortcutsDialog onClose={close} />}
      {listDialog?.kind === "new" && (
        <ListNameDialog
          title={t("lists.new")}
          submitLabel={t("lists.create")}
          initialName=""
          onClose={closeListDialog}
          onSubmit={(name) =>
            create(name, { onSuccess: (list) => void navigate(`/lists/${list.id}`), onError: failed })
          }
        />
      )}
      {listDialog?.kind === "rename" && (
        <ListNameDialog
          title={t("lists.rename")}
          submitLabel={t("common.save")}
          initialName={listDialog.list.name}
          onClose={closeListDialog}
          onSubmit={(name) => rename({ listId: listDialog.list.id, name }, { onError: failed })}
        />
      )}
      {listDialog?.kind === "delete" && (
        <DeleteListDialog
          list={listDialog.list}
          onClose={closeListDialog}
          onConfirm={() =>
            remove(listDialog.list.id, {
              onSuccess: () => {
                toast(t("lists.deleted", { name: listDialog.list.name }));
                void navigate("/");
              },
              onError: failed,
            })
          }
        />
      )}
      <Notices />
    </>
  );
}

function Notices() {
  const theme = usePreferencesStore((state) => state.theme);
  return <Toaster theme={theme} position="bottom-left" offset={20} mobileOffset={12} duration={6000} />;
}
