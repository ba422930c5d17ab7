import { LoaderCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import { say } from "@/lib/addedMessage";
import { sourceWords } from "@/lib/previewWords";
import type { Drop } from "@/stores/importDropStore";
import type { Preview } from "@/types/video";

/** Where it is from and how much it is. */
export function Source({ drop, preview }: { drop: Drop; preview: Preview | undefined }) {
  const { t, i18n } = useTranslation();
  const names = (preview ? sourceWords(drop, preview) : namesOf(drop)).join(" · ");
  // Where room is scarce, a name is cut and not the number.
  return (
    <p className="tabular flex text-sm whitespace-pre text-text-2">
      <span className="truncate">{names}</span>
      {preview && (
        <span className="shrink-0">
          {names !== "" && " · "}
          {t("preview.lines", say(preview.items.length, i18n.language))}
        </span>
      )}
    </p>
  );
}

/** One file is named in the title. */
const namesOf = ({ files }: Drop) => (files.length > 1 ? files.slice(0, 3).map((file) => file.name) : []);

/** While the server reads: a moment, mostly. */
export function Reading() {
  const { t } = useTranslation();
  return (
    <div className="appear-soon grid min-h-0 grow place-content-center justify-items-center gap-3 p-6 text-center text-text-2">
      <LoaderCircle
        size={28}
        strokeWidth={1.75}
        aria-hidden
        className="animate-spin text-accent motion-reduce:animate-none"
      />
      <p>{t("preview.nothingYet")}</p>
    </div>
  );
}
