import { FileText } from "lucide-react";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { findYoutubeIds } from "@/lib/youtubeIds";
import { Button } from "./ui/Button";
import { Dialog } from "./ui/Dialog";

interface Props {
  initialText: string;
  onText: (text: string) => void;
  onFiles: (files: File[]) => void;
  onClose: () => void;
}

export function AddDialog({ initialText, onText, onFiles, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState(initialText);
  const file = useRef<HTMLInputElement>(null);
  // A preview of what the page can tell; the server has the last word.
  const found = useMemo(() => findYoutubeIds(text).length, [text]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === "") return;
    onClose();
    onText(text);
  };

  return (
    <Dialog title={t("add.title")} closeLabel={t("common.close")} onClose={onClose}>
      <form onSubmit={submit}>
        <label htmlFor="links" className="text-sm text-text-2">
          {t("add.text")}
        </label>
        <textarea
          id="links"
          data-autofocus
          rows={6}
          value={text}
          spellCheck={false}
          placeholder={t("add.placeholder")}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
          }}
          className="mt-2 w-full resize-y rounded-lg border border-surface-3 bg-surface-0 p-3 text-sm placeholder:text-text-3"
        />
        <p className="mt-1 text-xs text-text-3">{t("add.hint")}</p>
        <div className="mt-4 flex flex-wrap justify-between gap-2">
          <Button look="quiet" onClick={() => file.current?.click()} className="-ml-3.5">
            <FileText size={16} aria-hidden />
            {t("add.chooseFile")}
          </Button>
          <input
            ref={file}
            type="file"
            multiple
            accept=".txt,.csv,.tsv,.html,.htm,.md,text/*"
            className="hidden"
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              if (files.length === 0) return;
              onClose();
              onFiles(files);
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
