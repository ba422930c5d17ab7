import { Check } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sortKey } from "@/lib/libraryView";

export interface Option {
  key: string;
  label: string;
  /** How many videos have it. */
  detail?: string;
  chosen: boolean;
  choose: () => void;
}

/** More than are taken in at a glance: these can be searched. */
const MANY = 12;

interface Props {
  label: string;
  options: readonly Option[];
  /** Takes what was typed as it is, where not everything there is is among the options. */
  onOther?: (typed: string) => void;
}

/** The choices of a filter, one of which holds. The arrows go from one to the next. */
export function OptionList({ label, options, onOther }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState("");
  const shown = useMemo(() => {
    const key = sortKey(wanted.trim());
    return key === "" ? options : options.filter((option) => sortKey(option.label).includes(key));
  }, [options, wanted]);
  const typed = wanted.trim();
  const isOther = onOther && typed !== "" && !options.some(({ label }) => sortKey(label) === sortKey(typed));

  const onKeyDown = (event: KeyboardEvent) => {
    const steps = [...(box.current?.querySelectorAll<HTMLElement>("input, button") ?? [])];
    const at = steps.indexOf(document.activeElement as HTMLElement);
    const inField = steps[at] instanceof HTMLInputElement;
    const next =
      event.key === "ArrowDown"
        ? steps[at + 1]
        : event.key === "ArrowUp"
          ? steps[at - 1]
          : event.key === "Home" && !inField
            ? steps[0]
            : event.key === "End" && !inField
              ? steps.at(-1)
              : undefined;
    if (event.key === "Enter" && inField) {
      event.preventDefault();
      if (typed === "") return;
      if (shown[0]) shown[0].choose();
      else if (isOther) onOther(typed);
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys of what is in it
    <div ref={box} onKeyDown={onKeyDown} className="flex min-h-0 flex-col">
      {options.length > MANY && (
        <div className="p-1.5 pb-0">
          <input
            type="search"
            aria-label={t("search.narrow")}
            placeholder={t("search.narrow")}
            value={wanted}
            spellCheck={false}
            onChange={(event) => setWanted(event.target.value)}
            className="h-9 w-full rounded-lg border border-surface-3 bg-surface-0 px-2.5 text-sm placeholder:text-text-3 [&::-webkit-search-cancel-button]:hidden"
          />
        </div>
      )}
      <ul aria-label={label} className="min-h-0 max-h-80 overflow-y-auto p-1.5">
        {shown.map((option) => (
          <li key={option.key}>
            <button
              type="button"
              aria-pressed={option.chosen}
              onClick={option.choose}
              className="flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-sm -outline-offset-2 hover:bg-surface-2 focus-visible:bg-surface-2 aria-pressed:font-semibold"
            >
              <span className="grid size-4 shrink-0 place-items-center text-accent">
                {option.chosen && <Check size={16} strokeWidth={2.5} aria-hidden />}
              </span>
              <bdi className="min-w-0 grow truncate" title={option.label}>
                {option.label}
              </bdi>
              {option.detail !== undefined && (
                <span className="tabular pl-4 font-normal text-text-3">{option.detail}</span>
              )}
            </button>
          </li>
        ))}
        {isOther && (
          <li>
            <button
              type="button"
              onClick={() => onOther(typed)}
              className="flex w-full rounded-md py-1.5 pr-2.5 pl-9 text-left text-sm -outline-offset-2 hover:bg-surface-2 focus-visible:bg-surface-2"
            >
              <bdi className="min-w-0 break-words">{t("search.useTyped", { typed })}</bdi>
            </button>
          </li>
        )}
        {shown.length === 0 && !isOther && (
          <li className="px-2.5 py-1.5 text-sm text-text-2">{t("search.nothingToChoose")}</li>
        )}
      </ul>
    </div>
  );
}
