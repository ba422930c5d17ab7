import { memo } from "react";
import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";
import { canBeDropped } from "@/lib/previewChoices";
import { reasonWords, verdictWords } from "@/lib/previewWords";
import type { PreviewItem } from "@/types/video";
import { CheckBox } from "./CheckBox";
import { FATE_LOOKS } from "./fateLooks";

/** Where lines stand in several parts, their numbers begin anew in each: they are said with its name. */
export const columnsOf = (grouped: boolean): string =>
  `grid-cols-[2.25rem_minmax(0,1fr)] sm:gap-x-4 ${
    grouped
      ? "sm:grid-cols-[1.75rem_minmax(0,1fr)_minmax(0,17rem)] lg:grid-cols-[1.75rem_minmax(0,1fr)_minmax(0,19rem)]"
      : "sm:grid-cols-[1.75rem_3rem_minmax(0,1fr)_minmax(0,17rem)] lg:grid-cols-[1.75rem_3rem_minmax(0,1fr)_minmax(0,19rem)]"
  }`;

interface Props {
  item: PreviewItem;
  /** The name of the part it stands in, where that is worth saying. */
  group: string | null;
  /** Some of the lines stand in a part. */
  grouped: boolean;
  leftOut: boolean;
  /** By somebody's own hand, not because of another line. */
  dropped: boolean;
  index: number;
  /** Its box is the one that Tab leads to. */
  reachable: boolean;
  top: number;
  height: number;
  onTake: (items: readonly PreviewItem[], taken: boolean) => void;
  onFocus: (index: number) => void;
}

/** One line and what would become of it: a row of a table, on a phone a card. */
export const PreviewRow = memo(function PreviewRow(props: Props) {
  const { item, group, grouped, leftOut, dropped, index, reachable, top, height, onTake, onFocus } = props;
  const { t, i18n } = useTranslation();
  const fate = leftOut ? "left_out" : item.verdict;
  const { Icon, colour } = FATE_LOOKS[fate];
  const line = number(item.line, i18n.language);
  const reason = reasonWords(item, leftOut, t);
  const quiet = fate !== "new" && fate !== "playlist";
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      data-fate={fate}
      className={`absolute inset-x-0 grid content-center items-center border-b border-surface-3 max-sm:gap-y-0.5 ${columnsOf(grouped)}`}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <td className="flex pl-1 max-sm:row-span-2 max-sm:self-stretch max-sm:items-center">
        {canBeDropped(item) && (
          <CheckBox
            aria-label={
              group === null
                ? t("preview.take", { line, text: item.text })
                : t("preview.takeOf", { line, group, text: item.text })
            }
            checked={!dropped}
            tabIndex={reachable ? 0 : -1}
            onFocus={() => onFocus(index)}
            onChange={(taken) => onTake([item], taken)}
          />
        )}
      </td>
      {!grouped && <td className="tabular text-right text-sm text-text-3 max-sm:hidden">{line}</td>}
      <td className="min-w-0">
        <p
          className={`truncate text-sm ${quiet ? "text-text-3" : ""} ${leftOut ? "line-through" : ""}`}
          title={item.text}
        >
          {item.text}
        </p>
        {grouped && (
          <p className="tabular truncate text-xs text-text-3 max-sm:hidden">
            {group === null ? t("preview.lineNumber", { line }) : t("preview.lineOf", { group, line })}
          </p>
        )}
      </td>
      <td className="flex min-w-0 items-start gap-2 text-sm max-sm:col-start-2">
        <Icon size={16} aria-hidden className={`mt-px shrink-0 ${colour}`} />
        <p className="line-clamp-2 min-w-0 leading-tight sm:line-clamp-3">
          <span className={quiet ? "text-text-2" : "font-semibold"}>{verdictWords(fate, t)}</span>
          {reason && <span className="text-xs text-text-3 sm:block"> {reason}</span>}
          {!reason && (
            <span className="tabular text-xs text-text-3 sm:hidden">
              {" · "}
              {group ?? t("preview.lineNumber", { line })}
            </span>
          )}
        </p>
      </td>
    </tr>
  );
});
