import { useState } from "react";
import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";
import { activeFilters, type FilterKind, orderedDays, withFilter, withoutFilter } from "@/lib/searchRequest";
import {
  dateOptions,
  durationOptions,
  type FilterOption,
  filterValue,
  isSameFilter,
  languageName,
  type Wording,
} from "@/lib/searchWords";
import type { SearchChoice, SearchChoices, SearchFilters, SearchRequest } from "@/types/search";
import type { VideoList } from "@/types/video";
import { Button } from "../ui/Button";
import { FilterChip } from "./FilterChip";
import { type Option, OptionList } from "./OptionList";

interface Props {
  request: SearchRequest;
  lists: readonly VideoList[];
  choices: SearchChoices | undefined;
  onChange: (request: SearchRequest) => void;
}

/** All filters at once. */
export function DropAll({
  request,
  onChange,
  className,
}: Pick<Props, "request" | "onChange"> & { className: string }) {
  const { t } = useTranslation();
  return (
    <Button look="quiet" className={className} onClick={() => onChange({ ...request, filters: {} })}>
      {t("search.dropAll")}
    </Button>
  );
}

/** As many as the server names, the most frequent ones (`MAX_CHOICES`): there may be others. */
const MOST_CHOICES = 200;

type ChoiceOption = FilterOption & { detail?: string };

/** What a search is narrowed to. There is a chip for what there is a choice of, and for what is chosen. */
export function FilterBar({ request, lists, choices, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const wording: Wording = { t, language: i18n.language, lists };
  const active = activeFilters(request.filters);
  const options = optionsOf(wording, lists, choices);
  const kinds = (Object.keys(options) as FilterKind[]).filter(
    (kind) => active.includes(kind) || options[kind].length >= (kind === "tag" ? 1 : 2),
  );
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t("search.filters")}</legend>
      {/* Room for the focus rings, which a scrolling box would cut. */}
      <div className="-mx-3 -my-1 flex items-center gap-2 overflow-x-auto px-3 py-1 [scrollbar-width:none] sm:-mx-1 sm:flex-wrap sm:px-1">
        {kinds.map((kind) => (
          <FilterChip
            key={kind}
            name={t(`search.filter_${kind}`)}
            value={filterValue(kind, request.filters, wording)}
            onDrop={() => onChange(withoutFilter(request, kind))}
          >
            {(close) => (
              <>
                <OptionList
                  label={t(`search.filter_${kind}`)}
                  options={listed(kind, options[kind], request, t(`search.any_${kind}`), (next) => {
                    onChange(next);
                    close();
                  })}
                  {...((kind === "tag" || kind === "channel") &&
                    options[kind].length >= MOST_CHOICES && {
                      onOther: (typed) => {
                        onChange(withFilter(request, kind, { [kind]: typed }));
                        close();
                      },
                    })}
                />
                {kind === "date" && <Days request={request} onChange={onChange} />}
              </>
            )}
          </FilterChip>
        ))}
        {active.length > 1 && <DropAll className="sm:hidden" request={request} onChange={onChange} />}
      </div>
    </fieldset>
  );
}

function optionsOf(
  wording: Wording,
  lists: readonly VideoList[],
  choices: SearchChoices | undefined,
): Record<FilterKind, ChoiceOption[]> {
  const { t, language } = wording;
  const counted = (
    values: readonly SearchChoice[] | undefined,
    filters: (value: string) => SearchFilters,
    label: (value: string) => string = (value) => value,
  ) =>
    (values ?? []).map(({ value, video_count }) => ({
      label: label(value),
      filters: filters(value),
      detail: number(video_count, language),
    }));
  return {
    list: lists.map(({ id, name, video_count }) => ({
      label: name,
      filters: { list_id: id },
      detail: number(video_count, language),
    })),
    date: dateOptions(wording, new Date()),
    duration: durationOptions(wording),
    channel: counted(choices?.channels, (channel) => ({ channel })),
    tag: counted(choices?.tags, (tag) => ({ tag })),
    language: counted(
      choices?.languages,
      (code) => ({ language: code }),
      (code) => languageName(code, language),
    ),
    source: counted(
      choices?.captions_sources,
      (source) => ({ captions_source: source as NonNullable<SearchFilters["captions_source"]> }),
      (source) => t(`search.source_${source as NonNullable<SearchFilters["captions_source"]>}`),
    ),
  };
}

/** The first of them is that it does not matter. */
function listed(
  kind: FilterKind,
  options: readonly ChoiceOption[],
  request: SearchRequest,
  any: string,
  onChange: (request: SearchRequest) => void,
): Option[] {
  const { filters } = request;
  const others = options.map((option) => ({
    key: JSON.stringify(option.filters),
    label: option.label,
    ...(option.detail !== undefined && { detail: option.detail }),
    chosen: isSameFilter(withFilter(request, kind, option.filters).filters, filters),
    choose: () => onChange(withFilter(request, kind, option.filters)),
  }));
  const first = {
    key: "",
    label: any,
    chosen: !activeFilters(filters).includes(kind),
    choose: () => onChange(withoutFilter(request, kind)),
  };
  return [first, ...others];
}

/** Any two days, in any order: what is chosen holds at once. */
function Days({ request, onChange }: Pick<Props, "request" | "onChange">) {
  const { t } = useTranslation();
  const { published_after, published_before } = request.filters;
  const held = {
    ...(published_after && { published_after }),
    ...(published_before && { published_before }),
  };
  // The fields change places only when nobody types in them any more.
  const [typed, setTyped] = useState(held);
  const shown = isSameFilter(orderedDays(typed), held) ? typed : held;
  const put = (field: keyof typeof held, day: string | undefined) => {
    const { [field]: _, ...other } = shown;
    const days = day === undefined ? other : { ...other, [field]: day };
    setTyped(days);
    onChange(withFilter(request, "date", orderedDays(days)));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving both of its fields
    <div
      className="grid grid-cols-2 gap-2 border-t border-surface-3 p-3"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setTyped(held);
      }}
    >
      <Day
        label={t("search.from")}
        value={shown.published_after}
        onChange={(day) => put("published_after", day)}
      />
      <Day
        label={t("search.to")}
        value={shown.published_before}
        onChange={(day) => put("published_before", day)}
      />
    </div>
  );
}

interface DayProps {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <label className="grid min-w-0 gap-1 text-xs text-text-2">
      {label}
      <input
        type="date"
        value={value ?? ""}
        onChange={(event) => {
          // While a year is typed it is one of the first thousand.
          const { value: day, validity } = event.target;
          if (day === "" ? !validity.badInput : day >= "1900") onChange(day || undefined);
        }}
        className="h-9 min-w-0 rounded-lg border border-surface-3 bg-surface-0 px-2 text-sm text-text-1"
      />
    </label>
  );
}
