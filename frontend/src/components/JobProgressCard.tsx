import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFocusHandedOn } from "@/hooks/useFocusHandedOn";
import { say } from "@/lib/addedMessage";
import { number, percentage } from "@/lib/format";
import "@/lib/i18n/imports";
import {
  figuresOf,
  importName,
  isReading,
  percentOf,
  playlistsOf,
  progressText,
  readingText,
} from "@/lib/importSummary";
import { momentOf } from "@/lib/when";
import type { ImportJob } from "@/types/video";
import { ImportButtons, PauseButton } from "./imports/ImportActions";
import { JobBar, TimeLeft } from "./JobProgress";

interface Props {
  job: ImportJob;
  listName: string | null;
  open: boolean;
  onToggle: () => void;
}

/** One import in one line: whose, how far, how long still. Unfolded: all of its numbers, and what can be done. */
export function JobProgressCard({ job, listName, open, onToggle }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const detailsId = useId();
  const card = useRef<HTMLDivElement>(null);
  useFocusHandedOn(card);
  const { done, totalInSight } = figuresOf(job);
  const paused = job.state === "paused";
  const name = importName(job, listName, t, language);
  const reading = readingText(job, t, language);
  const label = t("job.label", { name });

  return (
    // biome-ignore lint/a11y/useSemanticElements: the dock is the landmark, not each card in it
    <div
      ref={card}
      role="group"
      aria-label={label}
      data-testid="job-progress-card"
      data-state={job.state}
      className="px-2 pt-1.5 pb-2.5"
    >
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={detailsId}
          onClick={onToggle}
          className="flex min-w-0 grow items-center gap-2 rounded-lg px-1.5 py-2 text-left text-sm hover:bg-surface-2"
        >
          <ChevronDown size={16} aria-hidden className={`shrink-0 text-text-3 ${open ? "" : "-rotate-90"}`} />
          <span className="min-w-0 truncate font-semibold" title={name}>
            {name}
          </span>
          <span className="tabular shrink-0 text-text-2">
            {number(done, language)} / {isReading(job) && "~"}
            {number(totalInSight, language)}
          </span>
          <span className="tabular ml-auto shrink-0 pl-1 text-text-3">
            <TimeLeft jobs={[job]} short />
          </span>
        </button>
        <PauseButton job={job} name={name} className="size-8" />
      </div>
      <JobBar percent={percentOf(job)} label={label} paused={paused} className="mx-1.5 h-1" />
      {reading !== null && (
        <p className="tabular mx-1.5 pt-1.5 text-xs text-pretty text-text-2" data-testid="reading">
          {reading}
        </p>
      )}
      <div id={detailsId} hidden={!open} className="px-1.5">
        {open && <Details job={job} name={name} listName={listName} />}
      </div>
    </div>
  );
}

function Details({ job, name, listName }: { job: ImportJob; name: string; listName: string | null }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { withoutCaptions, gone, waiting, later, stopped } = figuresOf(job);
  const { reading, unavailable } = playlistsOf(job);
  const count = (value: number) => number(value, language);
  const target = job.list_count > 1 ? t("facts.lists", say(job.list_count, language)) : listName;
  return (
    <>
      <dl className="tabular grid gap-1 pt-3 text-sm">
        <Fact name={t("facts.done")}>
          {progressText(job, t, language)}
          <span className="text-text-3"> · {percentage(percentOf(job), language)}</span>
        </Fact>
        <Fact name={t("facts.withoutCaptions")}>{count(withoutCaptions)}</Fact>
        <Fact name={t("facts.gone")}>{count(gone)}</Fact>
        <Fact name={t(job.state === "paused" ? "facts.held" : "facts.importing")}>
          {count(waiting - later)}
        </Fact>
        {later > 0 && <Fact name={t("facts.later")}>{count(later)}</Fact>}
        {stopped > 0 && <Fact name={t("facts.stopped")}>{count(stopped)}</Fact>}
        {reading > 0 && <Fact name={t("facts.playlists")}>{t("facts.reading", say(reading, language))}</Fact>}
        {unavailable > 0 && <Fact name={t("facts.unread")}>{count(unavailable)}</Fact>}
        {target !== null && target !== name && <Fact name={t("facts.into")}>{target}</Fact>}
        <Fact name={t("facts.left")}>
          <TimeLeft jobs={[job]} otherwise={t("facts.leftUnknown")} />
        </Fact>
        <Fact name={t("facts.since")}>{momentOf(job.created_at, t, language, new Date())}</Fact>
      </dl>
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-2 pt-3 pb-0.5">
        <ImportButtons job={job} name={name} small pausable={false} />
        <Link
          to={`/imports/${job.id}`}
          className="ml-auto rounded-md px-1 py-1.5 text-sm font-semibold text-accent hover:underline"
        >
          {t("action.open")}
        </Link>
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="shrink-0 text-text-2">{name}</dt>
      <dd className="min-w-0 truncate text-right">{children}</dd>
    </div>
  );
}
