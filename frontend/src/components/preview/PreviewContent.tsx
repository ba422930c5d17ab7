import { Search, X } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { say } from "@/lib/addedMessage";
import {
  type Choices,
  canBeDropped,
  type Fate,
  filledGroups,
  groupKind,
  shownItems,
  sourceKind,
} from "@/lib/previewChoices";
import type { Preview, PreviewItem } from "@/types/video";
import { Switch } from "../entry/SettingControls";
import { Button, IconButton } from "../ui/Button";
import { PreviewCounts } from "./PreviewCounts";
import { PreviewGroups } from "./PreviewGroups";
import { Notice } from "./PreviewProblem";
import { PreviewTable } from "./PreviewTable";

interface Props {
  preview: Preview;
  /** What of it was chosen. */
  items: readonly PreviewItem[];
  counts: Record<Fate, number>;
  leftOut: ReadonlySet<number>;
  choices: Choices;
  /** How many lines stand in no part. */
  ungrouped: number;
  onChange: (changes: Partial<Choices>) => void;
}

/** Counts, parts and lines: side by side where there is room, else one below the other. */
export function PreviewContent({ preview, items, counts, leftOut, choices, ungrouped, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const wide = useMediaQuery("(min-width: 60rem)");
  const [fate, setFate] = useState<Fate | null>(null);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const shown = useMemo(
    () => shownItems(items, leftOut, { fate, search: wanted }),
    [items, leftOut, fate, wanted],
  );
  const sources = useMemo(() => sourceKind(items), [items]);
  const filled = useMemo(() => filledGroups(items, leftOut), [items, leftOut]);
  const [page, setPage] = useState<HTMLElement | null>(null);
  const [side, setSide] = useState<HTMLElement | null>(null);
  const many = preview.groups.length + (ungrouped > 0 ? 1 : 0) > 1;
  const filtered = fate !== null || wanted.trim() !== "";

  const take = (positions: readonly PreviewItem[], taken: boolean) => {
    const dropped = new Set(choices.dropped);
    for (const { position } of positions) {
      if (taken) dropped.delete(position);
      else dropped.add(position);
    }
    onChange({ dropped });
  };

  return (
    <div
      ref={setPage}
      className={`flex min-h-0 grow flex-col gap-3 px-4 pb-3 sm:px-6 ${wide ? "" : "overflow-y-auto"}`}
    >
      {preview.items.length > 0 && (
        <PreviewCounts counts={counts} fate={fate} sources={sources} onFate={setFate} />
      )}
      <NothingNotice preview={preview} counts={counts} />
      <div
        className={`min-h-0 ${wide ? `grid grow gap-6 ${many ? "grid-cols-[15rem_minmax(0,1fr)]" : ""}` : "contents"}`}
      >
        {many && (
          <div className={wide ? "-ml-2 min-h-0 overflow-y-auto pb-2" : "-mx-2 shrink-0"}>
            <div className="mx-2 mb-2 border-b border-surface-3 pb-2">
              <Switch
                label={t(`preview.split_${groupKind(preview.format)}`)}
                text={t("preview.splitText")}
                checked={choices.split}
                onChange={(split) => onChange({ split })}
              />
            </div>
            <PreviewGroups
              groups={preview.groups}
              format={preview.format}
              ungrouped={ungrouped}
              chosen={choices.groups}
              filled={choices.split ? filled : null}
              onChoose={(groups) => onChange({ groups })}
            />
          </div>
        )}
        <div className={`flex min-w-0 flex-col gap-1 ${wide ? "min-h-0" : "shrink-0"}`}>
          {items.length > 0 && <SearchField value={search} onChange={setSearch} />}
          <p role="status" className="sr-only">
            {filtered && t("preview.shown", say(shown.length, i18n.language))}
          </p>
          {shown.length > 0 ? (
            <div
              ref={setSide}
              className={wide ? "min-h-0 grow overflow-y-auto" : ""}
              tabIndex={wide ? 0 : undefined}
            >
              <PreviewTable
                items={shown}
                groups={many ? preview.groups : []}
                leftOut={leftOut}
                dropped={choices.dropped}
                scroller={wide ? side : page}
                onTake={take}
              />
            </div>
          ) : (
            filtered && (
              <div className="grid justify-items-center gap-3 py-10 text-center text-text-2">
                <p>{t("preview.shown", { count: 0 })}</p>
                <Button
                  onClick={() => {
                    setFate(null);
                    setSearch("");
                  }}
                >
                  {t("preview.showAll")}
                </Button>
              </div>
            )
          )}
        </div>
      </div>
    </div>
  );
}

/** Why there is nothing to import, and what helps. */
function NothingNotice({ preview, counts }: { preview: Preview; counts: Record<Fate, number> }) {
  const { t } = useTranslation();
  if (counts.new + counts.playlist > 0) return null;
  if (counts.left_out > 0 || (preview.items.some(canBeDropped) && counts.duplicate === 0)) {
    return (
      <Notice title={t("preview.noneLeft")}>
        <p>{t("preview.noneLeftText")}</p>
      </Notice>
    );
  }
  if (counts.duplicate > 0) {
    return (
      <Notice title={t("preview.nothingNew")}>
        <p>{t("preview.nothingNewText")}</p>
      </Notice>
    );
  }
  const reasons = new Set(preview.items.map((item) => item.reason_code));
  const [reason] = reasons;
  return (
    <Notice title={t("preview.noVideos")}>
      {reasons.size === 1 && reason && reason !== "no_link" && <p>{t(`rejects.${reason}`)}</p>}
      <p>{t("preview.canBeRead")}</p>
    </Notice>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="relative shrink-0">
      <Search
        size={16}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-text-3"
      />
      <input
        type="search"
        aria-label={t("preview.search")}
        placeholder={t("preview.search")}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // The first Escape is for what was typed, the next one for the dialog.
          if (event.key !== "Escape" || value === "") return;
          event.preventDefault();
          onChange("");
        }}
        className="h-10 w-full rounded-lg border border-surface-3 bg-surface-0 pr-10 pl-9 text-sm [&::-webkit-search-cancel-button]:hidden placeholder:text-text-3"
      />
      {value !== "" && (
        <IconButton
          label={t("preview.clearSearch")}
          onClick={() => onChange("")}
          className="absolute top-0.5 right-0.5"
        >
          <X size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
