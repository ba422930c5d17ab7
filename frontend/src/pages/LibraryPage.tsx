import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { NavigationType, useNavigationType } from "react-router";
import { toast } from "sonner";
import { EmptyLibrary } from "@/components/EmptyLibrary";
import { KeptDrops } from "@/components/KeptDrops";
import { LibraryHeader } from "@/components/LibraryHeader";
import { Button } from "@/components/ui/Button";
import { useRememberedScroll, VideoGrid } from "@/components/VideoGrid";
import { useDeleteVideo, useRetryVideo, useVideos } from "@/hooks/useVideos";
import { toApiError } from "@/lib/apiError";
import type { VideoRow } from "@/lib/rows";
import type { VideoList } from "@/types/video";

interface Props {
  list: VideoList;
  lists: readonly VideoList[];
  onAdd: () => void;
  onAddText: (text: string) => void;
  onNew: () => void;
  onRename: () => void;
  onDelete: () => void;
}

export function LibraryPage({ list, lists, onAdd, onAddText, onNew, onRename, onDelete }: Props) {
  const { t } = useTranslation();
  const { data: rows, error, refetch } = useVideos(list.id);
  const { mutate: remove } = useDeleteVideo(list.id);
  const { mutate: retry } = useRetryVideo();
  useRememberedScroll(list.id, rows !== undefined, useNavigationType() === NavigationType.Pop);

  const reasonOf = useCallback((cause: unknown) => t(`errors.${toApiError(cause).code}`), [t]);

  const onRemove = useCallback(
    (video: VideoRow) => {
      const title = video.title ?? video.youtube_id;
      remove(video.id, {
        onSuccess: () => toast(t("tile.removed", { title })),
        onError: (cause) => toast(t("tile.removeFailed", { title, reason: reasonOf(cause) })),
      });
    },
    [remove, t, reasonOf],
  );
  const onRetry = useCallback(
    (video: VideoRow) => {
      retry(video.id, {
        onSuccess: () => toast(t("tile.retrying")),
        onError: (cause) => toast(t("tile.retryFailed", { reason: reasonOf(cause) })),
      });
    },
    [retry, t, reasonOf],
  );

  return (
    <div className="px-2 pb-40 sm:px-4 lg:px-6">
      <LibraryHeader
        list={list}
        lists={lists}
        total={rows ? rows.total : null}
        onAdd={onAdd}
        onNew={onNew}
        onRename={onRename}
        onDelete={onDelete}
      />
      <main id="main" className="pt-1">
        <KeptDrops listId={list.id} onRetry={onAddText} />
        {rows && rows.total > 0 && (
          <VideoGrid
            rows={rows}
            label={t("library.grid", { name: list.name })}
            onRemove={onRemove}
            onRetry={onRetry}
          />
        )}
        {rows?.total === 0 && <EmptyLibrary onAdd={onAdd} />}
        {!rows && error && (
          <div className="grid min-h-[50vh] place-content-center justify-items-center gap-4 text-center">
            <p>
              {t("library.loadFailed")} <span className="text-text-2">{reasonOf(error)}</span>
            </p>
            <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
          </div>
        )}
      </main>
    </div>
  );
}
