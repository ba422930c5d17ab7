import { NotebookPen } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCanEdit } from "@/hooks/useCanEdit";
import { useNote } from "@/hooks/useNote";
import { number } from "@/lib/format";
import "@/lib/i18n/watch";

/** The server's limit. */
const LONGEST_NOTE = 20_000;
/** From here on somebody wants to know how much room is left. */
const LONG_NOTE = 19_000;

interface Props {
  videoId: string;
  note: string;
}

/** A person's own note on a video. It keeps itself: nothing to press, nothing to lose. */
export function NoteEditor({ videoId, note }: Props) {
  const { t } = useTranslation();
  const { text, setText, keep, isKept } = useNote(videoId, note);
  const canEdit = useCanEdit();
  const [isCut, setIsCut] = useState(false);
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

  if (!canEdit) {
    return text === "" ? null : (
      <p
        dir="auto"
        className="w-full max-w-[65ch] text-base break-words whitespace-pre-wrap"
        data-testid="note"
      >
        {text}
      </p>
    );
  }
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
        onInput={({ nativeEvent }) => {
          if (!TRANSFERS.has((nativeEvent as InputEvent).inputType)) setIsCut(false);
        }}
        onPaste={({ currentTarget, clipboardData }) => setIsCut(isTooMuch(currentTarget, clipboardData))}
        onDrop={({ currentTarget, dataTransfer }) => setIsCut(isTooMuch(currentTarget, dataTransfer))}
        onSelect={({ currentTarget }) => {
          caret.current = caretOf(currentTarget);
        }}
        onBlur={() => {
          keep();
          if (text === "") setOpened(false);
        }}
        className="field-sizing-content max-h-80 w-full resize-none rounded-lg border border-surface-3 bg-surface-1 px-3 py-2 text-base placeholder:text-text-3"
      />
      <div className="flex min-h-4 flex-wrap justify-between gap-x-4 text-xs text-text-3">
        <p role="status">
          {isCut && <span className="text-text-1">{t("watch.noteCut")} </span>}
          {isKept && t("watch.noteKept")}
        </p>
        <p aria-live="polite" className="tabular ml-auto">
          {text.length >= LONG_NOTE && <Length of={text} />}
        </p>
      </div>
    </div>
  );
}

function Length({ of: text }: { of: string }) {
  const { t, i18n } = useTranslation();
  const [length, longest] = [text.length, LONGEST_NOTE].map((value) => number(value, i18n.language));
  return t("watch.noteLength", { length, longest });
}

/** The browser cuts what does not fit, and says nothing of it. */
const TRANSFERS: ReadonlySet<string> = new Set(["insertFromPaste", "insertFromDrop"]);

function isTooMuch(
  { value, selectionStart, selectionEnd }: HTMLTextAreaElement,
  given: DataTransfer,
): boolean {
  const taken = given.getData("text/plain").replace(/\r\n/g, "\n").length;
  return taken > LONGEST_NOTE - value.length + (selectionEnd - selectionStart);
}

/** Where somebody is, and in which text: another one is not of their typing. */
function caretOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
  return { text: value, start: selectionStart, end: selectionEnd };
}
