import { ArrowDownWideNarrow, Grid2x2, Grid3x3, ListFilter, Rows3 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ViewChoice } from "@/hooks/useLibraryView";
import { number } from "@/lib/format";
import { DENSITIES, type Density } from "@/lib/gridLayout";
import { type Counts, FILTERS, type Filter, SORTS, type Sort } from "@/lib/libraryView";
import { usePreferencesStore } from "@/stores/preferencesStore";
import { Button, IconButton } from "../ui/Button";
import { Menu, MenuChoice, MenuLine } from "../ui/Menu";

interface Props {
  choice: ViewChoice;
  /** null while the list is being read. */
  counts: (() => Counts) | null;
}

/** A button that says that not everything is shown. */
export const chosenLook = "data-chosen:bg-surface-2 data-chosen:text-accent";

/** What is shown, in which order and how large: two quiet buttons. A small screen has one menu for all. */
export function ArrangeMenu({ choice, counts }: Props) {
  const { t, i18n } = useTranslation();
  const { filter } = choice;
  const filtered = filter !== "all";
  const numbers = filtered ? counts?.() : undefined;
  return (
    <div className="flex items-center gap-1 max-sm:hidden">
      <Menu
        trigger={
          <Button look="quiet" data-chosen={filtered || undefined} className={`px-2.5 ${chosenLook}`}>
            <ListFilter size={17} aria-hidden />
            {filtered ? t(`library.show_${filter}`) : t("library.filter")}
            {filtered && numbers && (
              <span
                className="tabular text-right font-normal"
                // As wide as it can get: a number that shrinks must not move what is beside it.
                style={{ minWidth: `${number(numbers.all, i18n.language).length}ch` }}
              >
                {number(numbers[filter], i18n.language)}
              </span>
            )}
          </Button>
        }
      >
        <FilterChoice choice={choice} counts={counts} />
      </Menu>
      <Menu
        trigger={
          <IconButton label={t("library.view")}>
            <ArrowDownWideNarrow size={18} aria-hidden />
          </IconButton>
        }
      >
        <SortChoice choice={choice} />
        <MenuLine />
        <DensityChoice />
      </Menu>
    </div>
  );
}

/** The same as a part of another menu. */
export function ArrangeChoices({ choice, counts }: Props) {
  return (
    <>
      <FilterChoice choice={choice} counts={counts} />
      <MenuLine />
      <SortChoice choice={choice} />
      <MenuLine />
      <DensityChoice />
    </>
  );
}

function FilterChoice({ choice, counts }: Props) {
  const { t, i18n } = useTranslation();
  const numbers = counts?.();
  return (
    <MenuChoice
      lines
      label={t("arrange.show")}
      value={choice.filter}
      onChange={(value) => choice.chooseFilter(value as Filter)}
      options={FILTERS.map((value) => ({
        value,
        label: t(`library.show_${value}`),
        detail: numbers && number(numbers[value], i18n.language),
      }))}
    />
  );
}

function SortChoice({ choice }: { choice: ViewChoice }) {
  const { t } = useTranslation();
  return (
    <MenuChoice
      lines
      label={t("arrange.sort")}
      value={choice.sort}
      onChange={(value) => choice.chooseSort(value as Sort)}
      options={SORTS.map((value) => ({ value, label: t(`arrange.sort_${value}`) }))}
    />
  );
}

const DENSITY_ICONS = { comfortable: Grid2x2, compact: Grid3x3, list: Rows3 };

function DensityChoice() {
  const { t } = useTranslation();
  const density = usePreferencesStore((state) => state.density);
  const setDensity = usePreferencesStore((state) => state.setDensity);
  return (
    <MenuChoice
      label={t("arrange.density")}
      value={density}
      onChange={(value) => setDensity(value as Density)}
      options={DENSITIES.map((value) => {
        const Icon = DENSITY_ICONS[value];
        return { value, label: t(`arrange.density_${value}`), icon: <Icon size={15} aria-hidden /> };
      })}
    />
  );
}
