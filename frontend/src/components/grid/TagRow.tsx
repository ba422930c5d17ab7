import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";
import "@/lib/i18n/grid";
import { type CountedTag, tagKey } from "@/lib/tags";

/** More would be a wall; the search filters by any of them. */
const SHOWN = 30;

interface Props {
  /** Of the list, the most frequent first. */
  tags: readonly CountedTag[];
  chosen: string | null;
  onChoose: (tag: string | null) => void;
}

/** The tags of a list in one line: a click shows only what has it, another one all. */
export default function TagRow({ tags, chosen, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const key = chosen === null ? null : tagKey(chosen);
  const isThere = tags.some(({ name }) => tagKey(name) === key);
  // One that nothing has any more stays, so that it can be taken out again.
  const all = chosen !== null && !isThere ? [{ name: chosen, count: 0 }, ...tags] : tags;
  const shown = all.filter(({ name }, place) => place < SHOWN || tagKey(name) === key);
  return (
    <ul aria-label={t("tags.filter")} className="tag-row -mx-1 flex gap-1.5 overflow-x-auto p-1">
      {shown.map(({ name, count }) => {
        const on = tagKey(name) === key;
        return (
          <li key={name} className="max-w-60 shrink-0">
            <button
              type="button"
              aria-pressed={on}
              onClick={() => onChoose(on ? null : name)}
              className={`tag-chip ${on ? "tag-chosen" : ""}`}
            >
              <bdi className="truncate">{name}</bdi>
              {on ? (
                <X size={14} aria-hidden className="shrink-0" />
              ) : (
                <span className="tabular shrink-0 text-text-3">{number(count, i18n.language)}</span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
