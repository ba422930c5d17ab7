import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { queryKeys } from "@/api/queryKeys";
import { fetchVideo } from "@/api/videos";
import { changeVideo, changeVideoLeaving } from "@/api/watch";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/watch";
import { mergedNote } from "@/lib/notes";
import { patchVideo } from "./useVideoChange";

/** A pause in typing, after which what was typed is kept. */
const PAUSE_MS = 800;

/**
 * A note that keeps itself, also beside another tab that changes it: what is newer there is shown where
 * nobody has typed, and added to what somebody has.
 *
 * @param note as the server last told it.
 */
export function useNote(videoId: string, note: string) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [text, show] = useState(note);
  const latest = useRef(note);
  /** What the text went on from, and the same as the server has it: it tidies up. */
  const began = useRef(note);
  const known = useRef(note);
  /** What the server has said last. */
  const told = useRef(note);

  const setText = useCallback((changed: string) => {
    latest.current = changed;
    show(changed);
  }, []);

  const withOther = useCallback(
    (ours: string) => (told.current === known.current ? ours : mergedNote(began.current, ours, told.current)),
    [],
  );

  const { mutate, isPending, isSuccess } = useMutation({
    // One after the other: each goes on from what the one before has kept.
    scope: { id: `note-${videoId}` },
    mutationFn: async () => {
      const ours = latest.current;
      if (ours === began.current) return;
      told.current = (await fetchVideo(videoId)).note ?? "";
      const sent = withOther(ours);
      const kept = (await changeVideo(videoId, { note: sent })).note ?? "";
      // What was asked before that knows less.
      await queryClient.cancelQueries({ queryKey: queryKeys.video(videoId) });
      began.current = sent;
      known.current = kept;
      told.current = kept;
      // Typing has gone on meanwhile.
      setText(mergedNote(ours, latest.current, sent));
      patchVideo(queryClient, videoId, { note: kept });
    },
    onError: (cause) => {
      toast(t("watch.notKept", { reason: t(`errors.${toApiError(cause).code}`) }));
    },
  });

  const keep = useCallback(() => {
    if (latest.current !== began.current) mutate();
  }, [mutate]);

  useEffect(() => {
    told.current = note;
    const isDirty = latest.current !== began.current;
    if (isDirty || note === known.current) return;
    began.current = note;
    known.current = note;
    setText(note);
  }, [note, setText]);
  useEffect(() => {
    if (text === began.current) return;
    const timer = setTimeout(keep, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, keep]);
  useEffect(() => {
    // There is no time to ask first: what is known has to do.
    const onPageHide = () => {
      if (latest.current === began.current) return;
      changeVideoLeaving(videoId, { note: withOther(latest.current) }).catch(() => null);
    };
    window.addEventListener("pagehide", onPageHide);
    return () => {
      window.removeEventListener("pagehide", onPageHide);
      if (latest.current === began.current) return;
      keep();
      // Who comes back to this page in a moment finds it as it was left.
      patchVideo(queryClient, videoId, { note: latest.current });
    };
  }, [videoId, keep, withOther, queryClient]);

  return { text, setText, keep, isKept: isSuccess && !isPending && text === began.current };
}
