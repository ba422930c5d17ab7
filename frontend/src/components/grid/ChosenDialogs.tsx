import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import "@/lib/i18n/grid";
import { lazyPart } from "@/lib/lazyPart";
import type { VideoRow } from "@/lib/rows";
import type { TagChange } from "@/lib/tags";
import type { VideoList } from "@/types/video";

const ChooseListDialog = lazyPart(() => import("../lists/ChooseListDialog"));
const MakeCaptionsDialog = lazyPart(() => import("../captions/MakeCaptionsDialog"));
const RemoveDialog = lazyPart(() => import("./RemoveDialog"));
const TagDialog = lazyPart(() => import("./TagDialog"));
const TranscriptsDialog = lazyPart(() => import("./TranscriptsDialog"));

/** What is to be done with what is chosen. */
export interface Wish {
  what: "remove" | "move" | "copy" | "tag" | "download" | "captions";
  videoIds: readonly string[];
  /** Of these, as they are shown: for tags all of them, for captions those that can have some made. */
  videos: readonly VideoRow[];
}

interface Props {
  wish: Wish;
  /** Those they could go to. */
  lists: readonly VideoList[];
  onRemove: (videoIds: readonly string[]) => void;
  onMove: (videoIds: readonly string[], list: VideoList) => void;
  onCopy: (videoIds: readonly string[], list: VideoList) => void;
  onTag: (videoIds: readonly string[], change: TagChange) => void;
  onCaptionsStarted: () => void;
  onClose: () => void;
}

/** The question that is asked before something is done with what is chosen. */
export default function ChosenDialogs({ wish, lists, onClose, ...on }: Props) {
  const { t } = useTranslation();
  const { what, videoIds, videos } = wish;
  return (
    <Suspense fallback={null}>
      {what === "remove" && (
        <RemoveDialog count={videoIds.length} onClose={onClose} onConfirm={() => on.onRemove(videoIds)} />
      )}
      {what === "move" && (
        <ChooseListDialog
          title={t("selection.moveTitle")}
          lists={lists}
          onClose={onClose}
          onChoose={(list) => on.onMove(videoIds, list)}
        />
      )}
      {what === "copy" && (
        <ChooseListDialog
          title={t("selection.copyTitle")}
          text={t("selection.copyText")}
          lists={lists}
          onClose={onClose}
          onChoose={(list) => on.onCopy(videoIds, list)}
        />
      )}
      {what === "tag" && (
        <TagDialog videos={videos} onClose={onClose} onSave={(change) => on.onTag(videoIds, change)} />
      )}
      {what === "download" && <TranscriptsDialog videoIds={videoIds} onClose={onClose} />}
      {what === "captions" && (
        <MakeCaptionsDialog
          videos={videos}
          passedOver={videoIds.length - videos.length}
          onClose={onClose}
          onStarted={on.onCaptionsStarted}
        />
      )}
    </Suspense>
  );
}
