import { NotebookPen } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useVideoChange } from "@/hooks/useVideoChange";
import "@/lib/i18n/watch";
import { Button } from "../ui/Button";

/** The server's limit. */
const LONGEST_NOTE = 20_000;
/** A pause in typing, after which what was typed is kept. */
const PAUSE_MS = 800;

interface Props {
  videoId: string;
  note: string;
}

/** A person's own note on a video. It keeps itself: nothing to press, nothing to lose. */
export function NoteEditor({ videoId, note }: Props) {
  const { t } = useTranslation();
  const { mutate, isPending, isSuccess } = useVideoChange(videoId);
  const [text, setText] = useState(note);
  const [opened, setOpened] = useState(false);
  const kept = useRef(note);
  const latest = useRef(text);
  const dirty = text !== kept.current;

  const keep = useRef(() => {});
  useEffect(() => {
    latest.current = text;
    keep.current = () => {
      if (latest.current === kept.current) return;
      kept.current = latest.current;
      mutate({ note: latest.current });
    };
  });
  useEffect(() => {
    if (text === kept.current) return;
    const timer = setTimeout(() => keep.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const onLeave = () => keep.current();
    window.addEventListener("pagehide", onLeave);
    return () => {
      window.removeEventListener("pagehide", onLeave);
      onLeave();
    };
  }, []);

  if (!opened && text === "") {
    return (
      <Button look="quiet" className="px-2.5 font-normal text-text-3" onClick={() => setOpened(true)}>
        <NotebookPen size={14} aria-hidden />
        {t("watch.addNote")}
      </Button>
    );
  }
  return (
    <div className="grid max-w-prose grow basis-full gap-1" data-testid="note">
      <textarea
        value={text}
        maxLength={LONGEST_NOTE}
        dir="auto"
        rows={2}
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked for it
        autoFocus={opened}
        aria-label={t("watch.note")}
        placeholder={t("watch.noteHint")}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          keep.current();
          if (text === "") setOpened(false);
        }}
        className="field-sizing-content max-h-80 w-full resize-none rounded-lg border border-surface-3 bg-surface-1 px-3 py-2 text-base placeholder:text-text-3"
      />
      <p role="status" className="min-h-4 text-xs text-text-3">
        {isSuccess && !isPending && !dirty && t("watch.noteKept")}
      </p>
    </div>
  );
}
