import { NotebookPen } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNote } from "@/hooks/useNote";
import "@/lib/i18n/watch";

/** The server's limit. */
const LONGEST_NOTE = 20_000;

interface Props {
  videoId: string;
  note: string;
}

/** A person's own note on a video. It keeps itself: nothing to press, nothing to lose. */
export function NoteEditor({ videoId, note }: Props) {
  const { t } = useTranslation();
  const { text, setText, keep, isKept } = useNote(videoId, note);
  const [opened, setOpened] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<ReturnType<typeof caretOf> | null>(null);
  // Words of another tab come below: who is typing stays where they are.
  useLayoutEffect(() => {
    const { current: at } = caret;
    if (!at || at.text === text) return;
    caret.current = null;
    if (document.activeElement === field.current) field.current?.setSelectionRange(at.start, at.end);
  }, [text]);

  if (!opened && text === "") {
    return (
      <button
        type="button"
        onClick={() => setOpened(true)}
        className="inline-flex h-8 items-center gap-2 rounded-full px-2.5 text-sm text-text-3 hover:bg-surface-2 hover:text-text-1"
      >
        <NotebookPen size={14} aria-hidden />
        {t("watch.addNote")}
      </button>
    );
  }
  return (
    // A line of its own, also where the field is narrower than that.
    <div className="grid w-full grid-cols-[minmax(0,65ch)] gap-1" data-testid="note">
      <textarea
        ref={field}
        value={text}
        maxLength={LONGEST_NOTE}
        dir="auto"
        rows={2}
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked for it
        autoFocus={opened}
        aria-label={t("watch.note")}
        placeholder={t("watch.noteHint")}
        onChange={({ currentTarget }) => {
          caret.current = caretOf(currentTarget);
          setText(currentTarget.value);
        }}
        onSelect={({ currentTarget }) => {
          caret.current = caretOf(currentTarget);
        }}
        onBlur={() => {
          keep();
          if (text === "") setOpened(false);
        }}
        className="field-sizing-content max-h-80 w-full resize-none rounded-lg border border-surface-3 bg-surface-1 px-3 py-2 text-base placeholder:text-text-3"
      />
      <p role="status" className="min-h-4 text-xs text-text-3">
        {isKept && t("watch.noteKept")}
      </p>
    </div>
  );
}

/** Where somebody is, and in which text: another one is not of their typing. */
function caretOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
  return { text: value, start: selectionStart, end: selectionEnd };
}
