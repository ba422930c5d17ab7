import { ArrowLeft } from "lucide-react";
import { useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ImportRow } from "@/components/imports/ImportRow";
import { LaneSection } from "@/components/imports/LaneSection";
import { SettingsLink } from "@/components/SettingsLink";
import { Button } from "@/components/ui/Button";
import { useImportHistory } from "@/hooks/useImportHistory";
import "@/lib/i18n/imports";
import type { VideoList } from "@/types/video";

/** What was imported and what came of it, and how fast YouTube let us go. */
export default function ImportsPage({ lists }: { lists: readonly VideoList[] }) {
  const { t } = useTranslation();

  useLayoutEffect(() => {
    window.scrollTo({ top: 0, behavior: "instant" });
  }, []);

  return (
    <div className="px-3 pb-40 sm:px-4 lg:px-6">
      <title>{`${t("lists.imports")} · Videothek`}</title>
      <header className="flex h-16 items-center gap-1">
        <Link
          to="/"
          aria-label={t("video.back")}
          title={t("video.back")}
          className="-ml-2 inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-text-2 hover:bg-surface-2 hover:text-text-1 lg:hidden"
        >
          <ArrowLeft size={18} aria-hidden />
        </Link>
        <h1 className="grow text-2xl font-semibold">{t("lists.imports")}</h1>
        <div className="lg:hidden">
          <SettingsLink />
        </div>
      </header>
      <main
        id="main"
        className="mx-auto grid max-w-[90rem] grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-10 pt-1 xl:grid-cols-[minmax(0,1fr)_25rem]"
      >
        <ImportList lists={lists} />
        <LaneSection />
      </main>
    </div>
  );
}

function ImportList({ lists }: { lists: readonly VideoList[] }) {
  const { t } = useTranslation();
  const { jobs, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useImportHistory();
  if (!jobs) {
    if (!isError) return <div />;
    return (
      <div className="grid justify-items-start gap-3">
        <p>{t("imports.loadFailed")}</p>
        <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
      </div>
    );
  }
  if (jobs.length === 0) {
    return (
      <div className="rounded-xl bg-surface-2 px-5 py-8 text-center">
        <p className="font-semibold">{t("imports.emptyTitle")}</p>
        <p className="mx-auto max-w-md pt-1 text-sm text-balance text-text-2">{t("imports.emptyText")}</p>
      </div>
    );
  }
  return (
    <div className="-mx-3 min-w-0">
      <ul className="divide-y divide-surface-3">
        {jobs.map((job) => (
          <li key={job.id}>
            <ImportRow job={job} listName={lists.find((list) => list.id === job.list_id)?.name ?? null} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button
          look="plain"
          className="mx-3 mt-4"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("imports.more")}
        </Button>
      )}
    </div>
  );
}
