import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { addedMessage } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import { readDropped, type Transferred } from "@/lib/dropContent";
import { useImportDropStore } from "@/stores/importDropStore";
import { useUiStore } from "@/stores/uiStore";
import { type AddResult, useAddVideos } from "./useVideos";

/** Sending the same text again gets the same answer. */
const HOPELESS: ReadonlySet<string> = new Set([
  "not_a_video",
  "no_links_found",
  "too_many_items",
  "payload_too_large",
]);

/** Several drops in a row are one answer in the corner: the last one's. */
let answers = 0;
function answer(listId: string, message: string): void {
  answers += 1;
  // Sonner counts the time anew only when it differs; otherwise a new answer would go with the old one.
  toast(message, { id: `added ${listId}`, duration: 6000 + (answers % 2) });
}

const LONG_NAME = 40;
const cut = (name: string) => (name.length > LONG_NAME ? `${name.slice(0, LONG_NAME - 1).trimEnd()}…` : name);

interface Options {
  onShow?: (videoId: string) => void;
  /** Where the list itself is not to be seen, the answer says which one it was. */
  listName?: string | null;
}

/** From dropped, pasted or typed text to tiles, an answer in words, and nothing lost on the way. */
export function useAddLinks(listId: string, { onShow, listName = null }: Options = {}) {
  const { t, i18n } = useTranslation();
  const { mutateAsync } = useAddVideos(listId);

  const succeeded = useCallback(
    ({ counts, video }: AddResult) => {
      if (video) useUiStore.getState().awaitEnd(video.id);
      const message = addedMessage(counts, t, i18n.language);
      answer(listId, listName === null ? message : `${t("added.into", { name: cut(listName) })} ${message}`);
    },
    [t, i18n, listId, listName],
  );

  const failed = useCallback(
    (drop: string, cause: unknown) => {
      const drops = useImportDropStore.getState();
      const error = toApiError(cause);
      if (error.code === "video_already_in_list") {
        drops.confirmed(drop);
        const { videoId } = error;
        const action = videoId && onShow && { label: t("added.show"), onClick: () => onShow(videoId) };
        toast(t("added.alreadyThere"), action ? { action } : {});
      } else if (HOPELESS.has(error.code)) {
        // Trying the same again can't help: said once, kept nowhere.
        drops.discard(drop);
        const reason = error.reason ? t(`rejects.${error.reason}`) : t(`errors.${error.code}`);
        toast(t("added.failed", { reason }));
      } else {
        drops.failed(drop, error.code);
        toast(`${t("added.failed", { reason: t(`errors.${error.code}`) })} ${t("added.kept")}`);
      }
    },
    [t, onShow],
  );

  const addText = useCallback(
    (text: string) => {
      if (text.trim() === "") {
        toast(t("drop.nothing"));
        return;
      }
      const drop = useImportDropStore.getState().begin(listId, text);
      // The promise, not callbacks of `mutate`: those of an earlier drop, or of a list that is no longer
      // the current one, are never called.
      mutateAsync(text).then(
        (result) => {
          useImportDropStore.getState().confirmed(drop);
          succeeded(result);
        },
        (cause: unknown) => failed(drop, cause),
      );
    },
    [mutateAsync, listId, t, succeeded, failed],
  );

  const addContent = useCallback(
    async (content: Transferred) => {
      if (content.files.length === 0) {
        addText(content.text);
        return;
      }
      const { text, unreadable, tooLarge } = await readDropped(content);
      if (unreadable.length > 0) toast(t("drop.unreadable", { names: shortly(unreadable) }));
      if (tooLarge.length > 0) toast(t("drop.tooLarge", { names: shortly(tooLarge) }));
      if (text !== "" || unreadable.length + tooLarge.length === 0) addText(text);
    },
    [addText, t],
  );

  return { addText, addContent };
}

/** A few names say enough. */
function shortly(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} …` : shown;
}
