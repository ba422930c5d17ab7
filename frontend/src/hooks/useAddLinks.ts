import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { addImport, fetchImport } from "@/api/imports";
import { addedMessage } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import { type Transferred, takeDropped } from "@/lib/dropContent";
import { textNeedsPreview } from "@/lib/previewRules";
import { type Chosen, type Drop, useImportDropStore } from "@/stores/importDropStore";
import { useUiStore } from "@/stores/uiStore";
import { type Addition, type AddResult, additionOf, useAddVideos } from "./useVideos";

/** Sending the same text again gets the same answer. */
const HOPELESS: ReadonlySet<string> = new Set([
  "not_a_video",
  "no_links_found",
  "too_many_items",
  "payload_too_large",
  "too_much_to_read",
]);

type Action = { action?: { label: string; onClick: () => void } };

/** Several drops in a row are one answer in the corner: the last one's. */
let answers = 0;
function answer(listId: string, message: string, action: Action = {}): void {
  answers += 1;
  // Sonner counts the time anew only when it differs; otherwise a new answer would go with the old one.
  toast(message, { id: `added ${listId}`, duration: 6000 + (answers % 2), ...action });
}

/** The wrong file is noticed at once: what was just added can be taken back whole, after a question. */
function undoOf(importId: string, t: TFunction): Action {
  const ask = () =>
    void fetchImport(importId).then(
      (job) => useUiStore.getState().open({ kind: "undoImport", job }),
      (cause: unknown) => toast(t(`errors.${toApiError(cause).code}`)),
    );
  return { action: { label: t("common.undo"), onClick: ask } };
}

const LONG_NAME = 40;
const cut = (name: string) => (name.length > LONG_NAME ? `${name.slice(0, LONG_NAME - 1).trimEnd()}…` : name);

interface Options {
  onShow?: (videoId: string) => void;
  onShowList?: (listId: string) => void;
  /** Where the list itself is not to be seen, the answer says which one it was. */
  listName?: string | null;
}

/** From dropped, pasted or typed text and files to tiles, an answer in words, and nothing lost on the way. */
export function useAddLinks(listId: string, { onShow, onShowList, listName = null }: Options = {}) {
  const { t, i18n } = useTranslation();
  const { mutateAsync } = useAddVideos(listId);

  const succeeded = useCallback(
    ({ counts, video, videos, import_id }: AddResult, chosen?: Chosen) => {
      if (video) useUiStore.getState().awaitEnd(video.id);
      const isMany = counts.new + counts.playlist > 1;
      const undo = isMany && import_id !== null ? undoOf(import_id, t) : {};
      const message = addedMessage(counts, t, i18n.language);
      const options = chosen?.options;
      const name = options?.split_into_lists ? null : (options?.new_list_name ?? listName);
      const places = [...new Set(videos.map((one) => one.list_id))];
      const [place] = places;
      const canShow = options && name !== null && place && places.length === 1 && onShowList;
      answer(
        listId,
        name === null ? message : `${t("added.into", { name: cut(name) })} ${message}`,
        canShow ? { action: { label: t("added.show"), onClick: () => onShowList(place) } } : undo,
      );
    },
    [t, i18n, listId, listName, onShowList],
  );

  const failed = useCallback(
    (drop: string, cause: unknown, wasChosen: boolean) => {
      const drops = useImportDropStore.getState();
      const error = toApiError(cause);
      if (error.code === "video_already_in_list") {
        drops.confirmed(drop);
        const { videoId } = error;
        const action = videoId && onShow && { label: t("added.show"), onClick: () => onShow(videoId) };
        toast(t("added.alreadyThere"), action ? { action } : {});
      } else if (HOPELESS.has(error.code) && !wasChosen) {
        // Trying the same again can't help: said once, kept nowhere.
        drops.discard(drop);
        const reason = error.reason ? t(`rejects.${error.reason}`) : t(`errors.${error.code}`);
        toast(t("added.failed", { reason }));
      } else {
        drops.failed(drop, error.code);
        const kept = t(wasChosen ? "added.importKept" : "added.kept");
        toast(`${t("added.failed", { reason: t(`errors.${error.code}`) })} ${kept}`);
      }
    },
    [t, onShow],
  );

  const settle = useCallback(
    (drop: string, addition: Addition, chosen?: Chosen) => {
      // The promise, not callbacks of `mutate`: those of an earlier drop, or of a list that is no longer
      // the current one, are never called.
      mutateAsync(addition).then(
        (result) => {
          useImportDropStore.getState().confirmed(drop);
          succeeded(result, chosen);
        },
        (cause: unknown) => failed(drop, cause, chosen !== undefined),
      );
    },
    [mutateAsync, succeeded, failed],
  );

  const addText = useCallback(
    (text: string) => {
      const drops = useImportDropStore.getState();
      if (text.trim() === "") toast(t("drop.nothing"));
      else if (textNeedsPreview(text)) drops.ask(listId, { text, files: [] });
      else settle(drops.begin(listId, text), additionOf(listId, text));
    },
    [listId, t, settle],
  );

  const addContent = useCallback(
    async (content: Transferred) => {
      if (content.files.length === 0) {
        addText(content.text);
        return;
      }
      const { text, files, unreadable, tooLarge } = await takeDropped(content);
      if (unreadable.length > 0) toast(t("drop.unreadable", { names: shortly(unreadable) }));
      if (tooLarge.length > 0) toast(t("drop.tooLarge", { names: shortly(tooLarge) }));
      if (files.length > 0) useImportDropStore.getState().ask(listId, { text, files });
      else if (text !== "" || unreadable.length + tooLarge.length === 0) addText(text);
    },
    [addText, listId, t],
  );

  /** What a person has made of a preview. */
  const confirm = useCallback(
    (drop: Drop, chosen: Chosen) => {
      useImportDropStore.getState().send(drop.id, listId, chosen);
      const { options, youtubeIds } = chosen;
      const addition = {
        youtubeIds: () => youtubeIds,
        send: async () => ({ ...(await addImport(drop, options)), video: null }),
        elsewhere: options.list_id !== listId || options.split_into_lists === true,
      };
      settle(drop.id, addition, chosen);
    },
    [listId, settle],
  );

  /** What was kept, once more: as it was chosen, or with the question that was never answered. */
  const retry = useCallback(
    (drop: Drop) => {
      const drops = useImportDropStore.getState();
      if (drop.reason === "not_confirmed") drops.askAgain(drop.id);
      else if (drop.chosen) {
        const { options, youtubeIds } = drop.chosen;
        // Its list may be gone: then it goes into the one at hand.
        const meant = options.list_id === drop.listId ? { ...options, list_id: listId } : options;
        confirm(drop, { options: meant, youtubeIds });
      } else {
        drops.discard(drop.id);
        addText(drop.text);
      }
    },
    [addText, confirm, listId],
  );

  return { addText, addContent, confirm, retry };
}

/** A few names say enough. */
function shortly(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} …` : shown;
}
