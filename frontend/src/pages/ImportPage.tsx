import { ArrowLeft, Download, RotateCcw, SearchX } from "lucide-react";
import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { ImportCaptions } from "@/components/captions/ImportCaptions";
import { ImportButtons } from "@/components/imports/ImportActions";
import { ItemTable } from "@/components/imports/ItemTable";
import { OutcomeFilter } from "@/components/imports/OutcomeFilter";
import { stateKey } from "@/components/imports/stateKey";
import { JobBar, TimeLeft } from "@/components/JobProgress";
import { SettingsLink } from "@/components/SettingsLink";
import { LaneNews } from "@/components/StatusLine";
import { Button } from "@/components/ui/Button";
import { useImport } from "@/hooks/useImport";
import { useImportReport, useRetryGroup } from "@/hooks/useImportActions";
import { useNow } from "@/hooks/useNow";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import { localDate } from "@/lib/format";
import "@/lib/i18n/imports";
import { linesText, OUTCOMES, retriable, retryKey } from "@/lib/importOutcomes";
import {
  canUndo,
  importName,
  isOver,
  percentOf,
  progressText,
  readingText,
  summaryText,
  targetText,
} from "@/lib/importSummary";
import { atTime, momentOf } from "@/lib/when";
import type { ImportJob, ItemOutcome, VideoList } from "@/types/video";

/** One import, line by line: what was given, what came of it, and what can be done about it. */
export default function ImportPage({ lists }: { lists: readonly VideoList[] }) {
  const { t, i18n } = useTranslation();
  const { importId = "" } = useParams();
  const { job, error, refetch } = useImport(importId);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another import begins at its top
  useLayoutEffect(() => {
    window.scrollTo({ top: 0, behavior: "instant" });
  }, [importId]);

  if (!job) {
    if (!error) return <Frame title={t("lists.imports")}>{null}</Frame>;
    if (toApiError(error).status === 404) return <Missing />;
    return (
      <Frame title={t("lists.imports")}>
        <p className="pb-3">{t("imports.loadFailed")}</p>
        <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
      </Frame>
    );
  }
  const listName = lists.find((list) => list.id === job.list_id)?.name ?? null;
  const name = importName(job, listName, t, i18n.language);
  return (
    <Frame title={name}>
      <Head job={job} name={name} target={targetText(job, listName, t, i18n.language)} />
      <Lines key={job.id} job={job} name={name} />
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="px-3 pb-32 sm:px-4 lg:px-6">
      <title>{`${title} · ${t("lists.imports")} · Videothek`}</title>
      <header className="mx-auto flex h-16 max-w-[80rem] items-center gap-1">
        <Link
          to="/imports"
          aria-label={t("items.back")}
          title={t("items.back")}
          className="-ml-2 inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-text-2 hover:bg-surface-2 hover:text-text-1"
        >
          <ArrowLeft size={18} aria-hidden />
        </Link>
        <h1 className="min-w-0 grow truncate text-2xl font-semibold" title={title}>
          {title}
        </h1>
        <div className="lg:hidden">
          <SettingsLink />
        </div>
      </header>
      <main id="main" className="mx-auto max-w-[80rem]">
        {children}
      </main>
    </div>
  );
}

function Missing() {
  const { t } = useTranslation();
  return (
    <Frame title={t("lists.imports")}>
      <div className="mx-auto grid max-w-md justify-items-center gap-2 pt-[12dvh] text-center">
        <SearchX size={40} strokeWidth={1.5} className="mb-2 text-text-3" aria-hidden />
        <h2 className="text-lg font-semibold">{t("items.notFoundTitle")}</h2>
        <p className="text-balance text-text-2">{t("items.notFoundText")}</p>
        <Link
          to="/imports"
          className="mt-4 inline-flex h-9 items-center rounded-lg bg-accent px-3.5 text-sm font-semibold text-on-accent hover:bg-accent-strong"
        >
          {t("items.toImports")}
        </Link>
      </div>
    </Frame>
  );
}

/** Its state, when it was, and while it is under way how far and how long still. */
function Head({ job, name, target }: { job: ImportJob; name: string; target: string | null }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const over = isOver(job);
  const reading = readingText(job, t, language);
  const now = useNow(60_000);
  const undoable = over && canUndo(job, now);
  const at = (iso: string) => atTime(iso, t, language, new Date());
  return (
    <>
      <p className="tabular flex flex-wrap gap-x-3 gap-y-1 text-sm text-text-3" data-testid="import-state">
        <span className={`font-semibold ${job.state === "running" && !over ? "text-accent" : "text-text-2"}`}>
          {t(stateKey(job))}
        </span>
        {target !== null && <span className="max-w-full truncate text-text-2">{target}</span>}
        <span>{t("imports.started", { at: at(job.created_at) })}</span>
        {over && job.finished_at && <span>{t("items.ended", { at: at(job.finished_at) })}</span>}
        {undoable && job.undo_until !== null && (
          <span>{t("imports.undoUntil", { until: momentOf(job.undo_until, t, language, new Date()) })}</span>
        )}
        {job.list_id && job.list_count === 1 && (
          <Link to={`/lists/${job.list_id}`} className="rounded-md font-semibold text-accent hover:underline">
            {t("imports.toList")}
          </Link>
        )}
      </p>
      {over ? (
        <p className="tabular pt-3 text-text-2">{summaryText(job, t, language, { cancelled: false })}</p>
      ) : (
        <div className="max-w-2xl pt-4">
          <p className="tabular flex flex-wrap justify-between gap-x-3 pb-2 text-sm text-text-2">
            <span>{progressText(job, t, language)}</span>
            <span className="text-text-3">
              <TimeLeft jobs={[job]} />
            </span>
          </p>
          <JobBar percent={percentOf(job)} label={t("job.label", { name })} paused={job.state === "paused"} />
          {reading !== null && (
            <p className="tabular pt-2 text-sm text-text-2" data-testid="reading">
              {reading}
            </p>
          )}
        </div>
      )}
      <ImportCaptions job={job} />
      <div className="flex flex-wrap gap-2 pt-3 empty:hidden">
        <ImportButtons job={job} name={name} />
      </div>
      {!over && <LaneNews className="mt-4 max-w-2xl rounded-xl bg-surface-2" />}
    </>
  );
}

/** Lines have to be read again when some came, or went, or are something else by now. */
function versionOf({ state, counts, summary }: ImportJob): string {
  const { found, waiting } = summary.playlists;
  return [state, counts.new, summary.total, found, waiting].join(" ");
}

/** The filter is part of the address: a group can be linked to, and "back" leads back to it. */
function useOutcomeFilter(): [ItemOutcome | null, (filter: ItemOutcome | null) => void] {
  const [params, setParams] = useSearchParams();
  const wanted = params.get("outcome");
  const filter = OUTCOMES.find((outcome) => outcome === wanted) ?? null;
  return [filter, (next) => setParams(next ? { outcome: next } : {}, { replace: true })];
}

function Lines({ job, name }: { job: ImportJob; name: string }) {
  const { t, i18n } = useTranslation();
  const [filter, onFilter] = useOutcomeFilter();
  const { retry, isPending } = useRetryGroup(job.id);
  const report = useImportReport(job.id, `${name} ${localDate(job.created_at)}`);
  return (
    <section className="pt-7" aria-label={t("items.table")}>
      <p className="tabular max-w-2xl pb-3 text-sm text-text-2">{linesText(job, t, i18n.language)}</p>
      <OutcomeFilter job={job} filter={filter} onFilter={onFilter} />
      <div className="flex flex-wrap items-center gap-2 pt-4 pb-2">
        {retriable(job, filter).map((group) => (
          <Button key={group.outcome} disabled={isPending} onClick={() => retry(group.outcome)}>
            <RotateCcw size={15} aria-hidden />
            {t(retryKey(group), say(group.count, i18n.language))}
          </Button>
        ))}
        <Button
          look="quiet"
          className="sm:ml-auto"
          disabled={report.isPending}
          onClick={() => report.mutate(filter)}
        >
          <Download size={15} aria-hidden />
          {t(filter ? "items.csvGroup" : "items.csv")}
        </Button>
      </div>
      <ItemTable importId={job.id} filter={filter} state={job.state} version={versionOf(job)} />
    </section>
  );
}
