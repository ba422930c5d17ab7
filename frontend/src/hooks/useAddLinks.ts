import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { addedMessage } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import { readFiles } from "@/lib/dropContent";
import { useImportDropStore } from "@/stores/importDropStore";
import { useUiStore } from "@/stores/uiStore";
import { useAddVideos } from "./useVideos";

/** Sending the same text again gets the same answer. */
const HOPELESS: ReadonlySet<string> = new Set([
  "not_a_video",
  "no_links_found",
  "too_many_items",
  "payload_too_large",
]);

/** From dropped, pasted or typed text to tiles, an answer in words, and nothing lost on the way. */
export function useAddLinks(listId: string, onShow?: (videoId: string) => void) {
  const { t, i18n } = useTranslation();
  const { mutate } = useAddVideos(listId);

  const addText = useCallback(
    (text: string) => {
      if (text.trim() === "") {
        toast(t("drop.nothing"));
        return;
      }
      const drops = useImportDropStore.getState();
      const drop = drops.begin(listId, text);
      mutate(text, {
        onSuccess: ({ counts, video }) => {
          drops.confirmed(drop);
          if (video) useUiStore.getState().awaitEnd(video.id);
          toast(addedMessage(counts, t, i18n.language));
        },
        onError: (cause) => {
          const error = toApiError(cause);
          if (error.code === "video_already_in_list") {
            drops.confirmed(drop);
            const { videoId } = error;
            toast(t("added.alreadyThere"), {
              ...(videoId &&
                onShow && { action: { label: t("added.show"), onClick: () => onShow(videoId) } }),
            });
            return;
          }
          if (HOPELESS.has(error.code)) {
            // Trying the same again can't help: said once, kept nowhere.
            drops.discard(drop);
            const known = error.reason ? t(`rejects.${error.reason}`) : t(`errors.${error.code}`);
            toast(t("added.failed", { reason: known }));
            return;
          }
          drops.failed(drop, error.code);
          toast(`${t("added.failed", { reason: t(`errors.${error.code}`) })} ${t("added.kept")}`);
        },
      });
    },
    [mutate, listId, t, i18n, onShow],
  );

  const addFiles = useCallback(
    async (files: readonly File[]) => {
      const { text, unreadable } = await readFiles(files);
      if (unreadable.length > 0) toast(t("drop.unreadable", { names: unreadable.join(", ") }));
      if (text !== "" || unreadable.length === 0) addText(text);
    },
    [addText, t],
  );

  return { addText, addFiles };
}
