import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";
import { FATES, type Fate } from "@/lib/previewChoices";
import { FATE_LOOKS } from "./fateLooks";

interface Props {
  counts: Record<Fate, number>;
  fate: Fate | null;
  /** What the lines are that are looked up. */
  sources: "playlist" | "channel" | "source";
  onFate: (fate: Fate | null) => void;
}

/** What the lines are, in numbers, each a filter. Those of zero are left out, but not what it is all about. */
export function PreviewCounts({ counts, fate, sources, onFate }: Props) {
  const { t, i18n } = useTranslation();
  const shown = FATES.filter((one) => counts[one] > 0 || one === "new" || one === fate);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div
      role="group"
      aria-label={t("preview.counts")}
      className="grid shrink-0 grid-cols-3 gap-2 sm:flex sm:flex-wrap"
    >
      {shown.map((one) => {
        const { Icon, colour } = FATE_LOOKS[one];
        const pressed = one === fate;
        return (
          <button
            key={one}
            type="button"
            aria-pressed={pressed}
            data-fate={one}
            onClick={() => onFate(pressed ? null : one)}
            className={`grid min-w-0 content-start rounded-xl border px-3 py-2 text-left transition-colors sm:min-w-28 sm:px-4 ${
              pressed ? "border-accent bg-(--ring)" : "border-surface-3 hover:bg-surface-2"
            }`}
          >
            <span
              className={`tabular block text-2xl font-semibold ${counts[one] === 0 ? "text-text-3" : ""}`}
            >
              {number(counts[one], i18n.language)}
            </span>
            <span className="flex items-center gap-1.5 text-xs text-text-2">
              <Icon size={14} aria-hidden className={`shrink-0 max-sm:hidden ${colour}`} />
              <span className="min-w-0 break-words">
                {t(`preview.fate_${one === "playlist" ? sources : one}`)}
              </span>
            </span>
          </button>
        );
      })}
    </div>
  );
}
