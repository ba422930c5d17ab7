import { FileText } from "lucide-react";
import { type ClipboardEvent, type DragEvent, type FormEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { canBeDropped, readDropped, readTransfer, type Transferred } from "@/lib/dropContent";
import { findYoutubeIds } from "@/lib/youtubeIds";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

/** More than anybody reads through in a field: added at once. */
const TOO_MUCH_TO_SHOW = 200_000;

interface Props {
  initialText: string;
  listName: string;
  onText: (text: string) => void;
  onClose: () => void;
}

export function AddDialog({ initialText, listName, onText, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState(initialText);
  const [unreadable, setUnreadable] = useState<readonly string[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  // A preview of what the page can tell; the server has the last word.
  const found = useMemo(() => findYoutubeIds(text).length, [text]);

  const add = (all: string) => {
    if (all.trim() === "") return;
    onClose();
    onText(all);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    add(text);
  };
  // Into the field, where it can be looked at first: a dialog that is open is a question being answered.
  const take = async (content: Transferred) => {
    const read = await readDropped(content);
    setUnreadable([...read.unreadable, ...read.tooLarge]);
    if (read.text.trim() === "") return;
    // What was typed while the file was being read counts as well.
    const before = field.current?.value.trimEnd() ?? "";
    const all = before === "" ? read.text : `${before}\n${read.text}`;
    if (all.length > TOO_MUCH_TO_SHOW) {
      add(all);
      return;
    }
    setText(all);
    field.current?.focus();
  };
  const { hovering, ...dropHandlers } = useDialogDrop((content) => void take(content));

  return (
    <Dialog
      title={t("add.title")}
      closeLabel={t("common.close")}
      onClose={onClose}
      className={hovering ? "outline-2 -outline-offset-4 outline-accent outline-dashed" : ""}
      {...dropHandlers}
    >
      <form onSubmit={submit}>
        <label htmlFor="links" className="text-sm text-text-2">
          {t("add.text")}
        </label>
        <textarea
          ref={field}
          id="links"
          data-autofocus
          rows={6}
          value={text}
          spellCheck={false}
          placeholder={t("add.placeholder")}
          aria-describedby="links-hint"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
          }}
          className="mt-2 w-full resize-y rounded-lg border border-surface-3 bg-surface-0 p-3 text-sm placeholder:text-text-3"
        />
        <p id="links-hint" className="mt-1 text-xs break-words text-text-3">
          {hovering ? t("add.dropHere") : t("add.hint", { name: listName })}
        </p>
        <p role="status" className="text-xs break-words text-bad">
          {unreadable.length > 0 && t("add.unreadable", { names: unreadable.slice(0, 3).join(", ") })}
        </p>
        <div className="mt-4 flex flex-wrap justify-between gap-2">
          <Button look="quiet" onClick={() => file.current?.click()} className="-ml-3.5">
            <FileText size={16} aria-hidden />
            {t("add.chooseFile")}
          </Button>
          <input
            ref={file}
            type="file"
            multiple
            accept=".txt,.csv,.tsv,.html,.htm,.md,.json,text/*"
            aria-label={t("add.chooseFile")}
            className="hidden"
            onChange={(event) => {
              void take({ text: "", files: [...(event.target.files ?? [])] });
              event.target.value = "";
            }}
          />
          <Button look="main" type="submit" disabled={text.trim() === ""} className="tabular">
            {found > 0 ? t("add.submitCount", say(found, i18n.language)) : t("add.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** All of the dialog takes what is dropped or pasted; text over the field is the browser's own business. */
function useDialogDrop(onContent: (content: Transferred) => void) {
  const [hovering, setHovering] = useState(false);
  const isForField = (event: DragEvent | ClipboardEvent, transfer: DataTransfer) =>
    event.target instanceof HTMLTextAreaElement && !transfer.types.includes("Files");
  return {
    hovering,
    onDragOver: (event: DragEvent) => {
      if (!canBeDropped(event.dataTransfer) || isForField(event, event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setHovering(true);
    },
    onDragLeave: () => setHovering(false),
    onDrop: (event: DragEvent) => {
      setHovering(false);
      if (!canBeDropped(event.dataTransfer) || isForField(event, event.dataTransfer)) return;
      event.preventDefault();
      onContent(readTransfer(event.dataTransfer));
    },
    onPaste: (event: ClipboardEvent) => {
      if (isForField(event, event.clipboardData)) return;
      event.preventDefault();
      onContent(readTransfer(event.clipboardData));
    },
  };
}
