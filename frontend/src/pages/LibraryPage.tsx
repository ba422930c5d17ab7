import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { NavigationType, useLocation, useNavigationType } from "react-router";
import { EmptyLibrary } from "@/components/EmptyLibrary";
import type { Wish } from "@/components/grid/ChosenDialogs";
import { KeptDrops } from "@/components/KeptDrops";
import { LibraryHeader } from "@/components/LibraryHeader";
import { Button } from "@/components/ui/Button";
import { VideoGrid } from "@/components/VideoGrid";
import { asShown } from "@/hooks/useBulkVideos";
import { CanEditContext } from "@/hooks/useCanEdit";
import { useCopyVideos, useTagVideos } from "@/hooks/useChosenVideos";
import { useRememberedScroll } from "@/hooks/useGridBox";
import { idsOf } from "@/hooks/useGridPointer";
import { useLibraryView, useViewChoice, type ViewChoice } from "@/hooks/useLibraryView";
import { usePausedImports } from "@/hooks/usePausedImports";
import { useIsSelecting } from "@/hooks/useSelection";
import { useVideoActions } from "@/hooks/useVideoActions";
import { useVideos } from "@/hooks/useVideos";
import { toApiError } from "@/lib/apiError";
import { lazyPart } from "@/lib/lazyPart";
import { canEdit } from "@/lib/listAccess";
import { rememberQuery } from "@/lib/listPlace";
import { canHaveCaptionsMade } from "@/lib/makingCaptions";
import { progressOf } from "@/lib/progress";
import type { VideoRow } from "@/lib/rows";
import { countTags } from "@/lib/tags";
import type { Drop } from "@/stores/importDropStore";
import { usePreferencesStore } from "@/stores/preferencesStore";
import { selectionStore } from "@/stores/selectionStore";
import type { VideoList } from "@/types/video";

const FollowLine = lazyPart(() => import("@/components/lists/FollowLine"));
const SelectionBar = lazyPart(() => import("@/components/grid/SelectionBar"));
const ChosenDialogs = lazyPart(() => import("@/components/grid/ChosenDialogs"));
const TagRow = lazyPart(() => import("@/components/grid/TagRow"));

interface Props {
  list: VideoList;
  lists: readonly VideoList[];
  onAdd: () => void;
  onRetryDrop: (drop: Drop) => void;
  onNew: () => void;
  onRename: () => void;
  onDelete: () => void;
}

export function LibraryPage({ list, lists, onAdd, onRetryDrop, onNew, onRename, onDelete }: Props) {
  const { t } = useTranslation();
  const { data: rows, error, refetch } = useVideos(list.id);
  const choice = useViewChoice();
  const pausedImports = usePausedImports();
  const view = useLibraryView(rows, list.id, choice, pausedImports);
  const density = usePreferencesStore((state) => state.density);
  const selecting = useSelecting(choice);
  const { removeOne, retryOne, removeMany, moveMany, retryMany } = useVideoActions(list.id);
  const { mutate: tagVideos } = useTagVideos(list.id);
  const { mutate: copyVideos } = useCopyVideos();
  const [wish, setWish] = useState<Wish | null>(null);
  const others = lists.filter((other) => other.id !== list.id && canEdit(other));
  const editable = canEdit(list);
  const tags = useMemo(() => countTags(rows?.items ?? []), [rows?.items]);
  useRememberedScroll(list.id, rows !== undefined, useNavigationType() === NavigationType.Pop);

  const { search } = useLocation();
  useEffect(() => rememberQuery(list.id, search), [list.id, search]);

  // Tiles compare what they are given: a handler must not be another one with each row that comes.
  const items = useRef(view?.items);
  useEffect(() => {
    items.current = view?.items;
  });
  const onRemove = useCallback(
    (videoIds: readonly string[]) => {
      if (!editable) return;
      const [only] = videoIds;
      const video = items.current?.find((row) => row.id === only);
      if (videoIds.length > 1) setWish({ what: "remove", videoIds, videos: [] });
      else if (video) removeOne(video);
    },
    [removeOne, editable],
  );

  const ask = (what: Wish["what"]) => (ids: readonly string[]) =>
    setWish(wishOf(what, items.current ?? [], ids));

  return (
    <CanEditContext value={editable}>
      <div className="px-2 pb-40 sm:px-4 lg:px-6">
        <LibraryHeader
          list={list}
          lists={lists}
          total={rows ? rows.total : null}
          counts={view?.counts ?? null}
          choice={choice}
          onAdd={onAdd}
          onNew={onNew}
          onRename={onRename}
          onDelete={onDelete}
          selectionBar={
            selecting && (
              <Suspense fallback={null}>
                <SelectionBar
                  hasOthers={others.length > 0}
                  allIds={() => idsOf(items.current ?? [])}
                  onMove={ask("move")}
                  onCopy={ask("copy")}
                  onTag={ask("tag")}
                  onDownload={ask("download")}
                  onMakeCaptions={ask("captions")}
                  onRetry={thenFocus(retryMany)}
                  onRemove={onRemove}
                />
              </Suspense>
            )
          }
        />
        <main id="main" className="pt-1">
          {list.follow && (
            // Its room is there before its words are: the grid must not jump.
            <div className="min-h-8 px-1 pb-2">
              <Suspense fallback={null}>
                <FollowLine list={list} follow={list.follow} />
              </Suspense>
            </div>
          )}
          {(tags.length > 0 || choice.tag !== null) && (
            // Likewise.
            <div className="min-h-11 pb-2">
              <Suspense fallback={null}>
                <TagRow tags={tags} chosen={choice.tag} onChoose={choice.chooseTag} />
              </Suspense>
            </div>
          )}
          <KeptDrops listId={list.id} onRetry={onRetryDrop} />
          {view && view.total > 0 && (
            <VideoGrid
              key={`${choice.filter} ${choice.sort} ${choice.tag} ${choice.turn}`}
              rows={view}
              density={density}
              pausedImports={pausedImports}
              label={t("library.grid", { name: list.name })}
              onRemove={onRemove}
              onRetry={retryOne}
            />
          )}
          {view && view.total === 0 && view.counts && rows && rows.total > 0 && (
            <NothingShown choice={choice} />
          )}
          {rows?.total === 0 &&
            (editable ? (
              <EmptyLibrary onAdd={onAdd} />
            ) : (
              <p className="grid min-h-[50vh] place-content-center text-text-2">{t("library.count_zero")}</p>
            ))}
          {!rows && error && (
            <div className="grid min-h-[50vh] place-content-center justify-items-center gap-4 text-center">
              <p>
                {t("library.loadFailed")}{" "}
                <span className="text-text-2">{t(`errors.${toApiError(error).code}`)}</span>
              </p>
              <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
            </div>
          )}
        </main>
        {wish && (
          <Suspense fallback={null}>
            <ChosenDialogs
              wish={wish}
              lists={others}
              onRemove={thenFocus(removeMany)}
              onMove={thenFocus(moveMany)}
              onCopy={(ids, target) => copyVideos({ videoIds: ids, list: target })}
              onTag={(ids, change) => tagVideos({ videoIds: ids, ...change })}
              onCaptionsStarted={thenFocus(() => selectionStore.clear())}
              onClose={() => setWish(null)}
            />
          </Suspense>
        )}
      </div>
    </CanEditContext>
  );
}

/** What is wished for what is chosen, with the rows as their tiles show them. */
function wishOf(what: Wish["what"], rows: readonly VideoRow[], ids: readonly string[]): Wish {
  const chosen = new Set(ids);
  const videos = rows.filter((row) => chosen.has(row.id));
  if (what !== "captions") return { what, videoIds: ids, videos };
  const silent = videos.filter((row) => canHaveCaptionsMade(progressOf(asShown(row))));
  return { what, videoIds: ids, videos: silent };
}

/** The bar that had the focus is gone afterwards. */
function thenFocus<A extends unknown[]>(act: (...given: A) => void): (...given: A) => void {
  return (...given) => {
    act(...given);
    focusGrid();
  };
}

/** The selection belongs to what is shown: it ends with the page and with another filter. */
function useSelecting({ filter, tag }: ViewChoice): boolean {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it ends when the filter changes
  useEffect(() => () => selectionStore.clear(), [filter, tag]);
  return useIsSelecting();
}

/** The bar that had the focus is gone: it goes back to where the person was. */
function focusGrid(): void {
  requestAnimationFrame(() => {
    const tile = document.querySelector<HTMLElement>("[data-tile-focus][tabindex='0']");
    (tile ?? document.querySelector<HTMLElement>("[data-density]"))?.focus({ preventScroll: true });
  });
}

function NothingShown({ choice }: { choice: ViewChoice }) {
  const { t } = useTranslation();
  const { filter, tag } = choice;
  if (filter === "all" && tag === null) return null;
  return (
    <div className="grid min-h-[50vh] place-content-center justify-items-center gap-4 text-center">
      <p className="text-text-2">
        {filter === "all" ? t("library.none_tagged", { tag }) : t(`library.none_${filter}`)}
      </p>
      <Button onClick={() => (filter === "all" ? choice.chooseTag(null) : choice.chooseFilter("all"))}>
        {t("library.showAll")}
      </Button>
    </div>
  );
}
