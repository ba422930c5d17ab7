import { useTranslation } from "react-i18next";
import { number } from "@/lib/format";
import { groupWords, linesOf, OUTCOMES, outcomesOf } from "@/lib/importOutcomes";
import type { ImportJob, ItemOutcome } from "@/types/video";

interface Props {
  job: ImportJob;
  filter: ItemOutcome | null;
  onFilter: (filter: ItemOutcome | null) => void;
}

/** The counts of an import, each a filter. Those of zero are left out, but not the one that is looked at. */
export function OutcomeFilter({ job, filter, onFilter }: Props) {
  const { t } = useTranslation();
  const counts = outcomesOf(job);
  const shown = OUTCOMES.filter((outcome) => counts[outcome] > 0 || outcome === filter);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div
      role="group"
      aria-label={t("items.filter")}
      className="-mx-3 flex gap-2 overflow-x-auto px-3 py-1 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0"
    >
      <Chip
        label={t("items.all")}
        count={linesOf(job)}
        pressed={filter === null}
        onClick={() => onFilter(null)}
      />
      {shown.map((outcome) => (
        <Chip
          key={outcome}
          label={t(groupWords(outcome, job))}
          count={counts[outcome]}
          pressed={filter === outcome}
          onClick={() => onFilter(filter === outcome ? null : outcome)}
        />
      ))}
    </div>
  );
}

interface ChipProps {
  label: string;
  count: number;
  pressed: boolean;
  onClick: () => void;
}

function Chip({ label, count, pressed, onClick }: ChipProps) {
  const { i18n } = useTranslation();
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={`inline-flex h-9 shrink-0 items-center gap-2 rounded-full border px-3.5 text-sm whitespace-nowrap transition-colors ${
        pressed
          ? "border-accent bg-accent text-on-accent"
          : "border-surface-3 text-text-2 hover:bg-surface-2 hover:text-text-1"
      }`}
    >
      {label}
      <span className={`tabular font-semibold ${pressed ? "" : "text-text-1"}`}>
        {number(count, i18n.language)}
      </span>
    </button>
  );
}
