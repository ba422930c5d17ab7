import { FileText } from "lucide-react";
import { type ClipboardEvent, type DragEvent, type FormEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { canBeDropped, readTransfer, type Transferred } from "@/lib/dropContent";
import { textNeedsPreview } from "@/lib/previewRules";
import { findYoutubeIds } from "@/lib/youtubeIds";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

/** More than anybody reads through in a field: its preview is the better place. */
const TOO_MUCH_TO_SHOW = 200_000;

interface Props {
  initialText: string;
  listName: string;
  onContent: (content: Transferred) => void;
  onClose: () => void;
}

export function AddDialog({ initialText, listName, onContent, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState(initialText);
  const field = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  // What the page can tell; the server has the last word.
  const found = useMemo(() => findYoutubeIds(text).length, [text]);
  const asks = useMemo(() => textNeedsPreview(text), [text]);

  const add = (content: Transferred) => {
    if (content.text.trim() === "" && content.files.length === 0) return;
    onClose();
    onContent(content);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    add({ text, files: [] });
  };
  // Text goes into the field, where it can be looked at first; files have their preview for that.
  const take = (content: Transferred) => {
    const before = field.current?.value.trimEnd() ?? "";
    const all = [before, content.text].filter((part) => part.trim() !== "").join("\n");
    if (content.files.length > 0 || all.length > TOO_MUCH_TO_SHOW) {
      add({ text: all, files: content.files });
    } else if (content.text.trim() !== "") {
      setText(all);
      field.current?.focus();
    }
  };
  const { hovering, ...dropHandlers } = useDialogDrop(take);

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
        <div className="mt-4 flex flex-wrap justify-between gap-2">
          <Button look="quiet" onClick={() => file.current?.click()} className="-ml-3.5">
            <FileText size={16} aria-hidden />
            {t("add.chooseFile")}
          </Button>
          <input
            ref={file}
            type="file"
            multiple
            aria-label={t("add.chooseFile")}
            className="hidden"
            onChange={(event) => {
              take({ text: "", files: [...(event.target.files ?? [])] });
              event.target.value = "";
            }}
          />
          <Button look="main" type="submit" disabled={text.trim() === ""} className="tabular">
            {found > 0
              ? t(asks ? "add.previewCount" : "add.submitCount", say(found, i18n.language))
              : t(asks ? "add.preview" : "add.submit")}
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
