import { ChevronDown, Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFocusHandedOn } from "@/hooks/useFocusHandedOn";
import { useImportAction } from "@/hooks/useImportActions";
import { useLists } from "@/hooks/useLists";
import { usePhone } from "@/hooks/useMediaQuery";
import { say } from "@/lib/addedMessage";
import { number } from "@/lib/format";
import "@/lib/i18n/imports";
import { isReading, totalsOf } from "@/lib/importSummary";
import { useDockStore } from "@/stores/dockStore";
import type { ImportJob } from "@/types/video";
import { JobBar, TimeLeft } from "../JobProgress";
import { JobProgressCard } from "../JobProgressCard";
import { IconButton } from "../ui/Button";

/** More than these are a number and a link. */
const MOST = 3;
const FIRST_OF_MANY = 2;

/** Everything that is being imported: one line for each, or one line for all of it. */
export default function DockPanel({ jobs }: { jobs: readonly ImportJob[] }) {
  const { t, i18n } = useTranslation();
  const { open, setOpen } = useDockOpen();
  const single = jobs.length === 1;
  const shown = jobs.length > MOST ? jobs.slice(0, FIRST_OF_MANY) : jobs;
  const more = jobs.length - shown.length;

  return (
    <section
      aria-label={t("dock.label")}
      data-in-dock
      data-testid="import-dock"
      className="max-h-[55dvh] divide-y divide-surface-3 overflow-y-auto overscroll-contain"
    >
      {!single && <DockLine jobs={jobs} open={open} onToggle={() => setOpen(!open)} />}
      {(single || open) && shown.map((job) => <Card key={job.id} job={job} />)}
      {!single && open && more > 0 && (
        <Link
          to="/imports"
          className="block px-4 py-2.5 text-sm font-semibold text-accent hover:bg-surface-2 focus-visible:outline-offset-[-3px]"
        >
          {t("dock.more", say(more, i18n.language))}
        </Link>
      )}
    </section>
  );
}

/** On a phone it is one line each time, whatever was left open: the page belongs to the pictures. */
function useDockOpen() {
  const phone = usePhone();
  const [openedHere, setOpenedHere] = useState(false);
  const { open, setOpen } = useDockStore();
  return phone ? { open: openedHere, setOpen: setOpenedHere } : { open, setOpen };
}

function Card({ job }: { job: ImportJob }) {
  const { data: lists } = useLists();
  const phone = usePhone();
  const [unfoldedHere, setUnfoldedHere] = useState(false);
  const unfolded = useDockStore((state) => state.unfolded.includes(job.id));
  const toggle = useDockStore((state) => state.toggle);
  return (
    <JobProgressCard
      job={job}
      listName={lists?.find((list) => list.id === job.list_id)?.name ?? null}
      open={phone ? unfoldedHere : unfolded}
      onToggle={() => (phone ? setUnfoldedHere(!unfoldedHere) : toggle(job.id))}
    />
  );
}

interface LineProps {
  jobs: readonly ImportJob[];
  open: boolean;
  onToggle: () => void;
}

/** "3 imports, 1,240 of 3,000, about 2 h left"; "2 of 3 imports" where one is held. */
function DockLine({ jobs, open, onToggle }: LineProps) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const line = useRef<HTMLDivElement>(null);
  useFocusHandedOn(line);
  const { counted, done, total, percent } = totalsOf(jobs);
  const paused = counted.every((job) => job.state === "paused");
  const all = say(jobs.length, language);
  const name =
    counted.length < jobs.length
      ? t("dock.someRun", { ...all, running: number(counted.length, language) })
      : t("dock.imports", all);
  return (
    <div ref={line} className="px-2 pt-1.5 pb-2.5" data-testid="dock-line">
      <div className="flex items-center sm:gap-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-w-0 grow items-center gap-1.5 rounded-lg px-1.5 py-2 sm:gap-2 text-left text-sm hover:bg-surface-2"
        >
          <ChevronDown size={16} aria-hidden className={`shrink-0 text-text-3 ${open ? "" : "-rotate-90"}`} />
          <span className="shrink-0 font-semibold">{name}</span>
          <span className="tabular shrink-0 text-text-2">
            {number(done, language)} / {counted.some(isReading) && "~"}
            {number(total, language)}
          </span>
          <span className="tabular ml-auto min-w-0 truncate pl-1 text-text-3">
            <TimeLeft jobs={counted} short />
          </span>
        </button>
        <PauseAll jobs={jobs} />
      </div>
      {!open && (
        <JobBar percent={percent} label={t("job.label", { name })} paused={paused} className="mx-1.5 h-1" />
      )}
    </div>
  );
}

function PauseAll({ jobs }: { jobs: readonly ImportJob[] }) {
  const { t } = useTranslation();
  const act = useImportAction("all");
  const running = jobs.filter((job) => job.state === "running");
  const resume = running.length === 0;
  const onClick = () => {
    for (const job of resume ? jobs : running) {
      act({ kind: resume ? "resume" : "pause", importId: job.id });
    }
  };
  return (
    <IconButton label={t(resume ? "dock.resumeAll" : "dock.pauseAll")} onClick={onClick} className="size-8">
      {resume ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
    </IconButton>
  );
}
