import { CircleStop, Pause, Play, Undo2 } from "lucide-react";
import { type ComponentProps, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusHandedOn } from "@/hooks/useFocusHandedOn";
import { useImportAction, useIsUndoing } from "@/hooks/useImportActions";
import { useNow } from "@/hooks/useNow";
import "@/lib/i18n/imports";
import { canUndo, playlistsOf } from "@/lib/importSummary";
import { lazyPart } from "@/lib/lazyPart";
import { useUiStore } from "@/stores/uiStore";
import type { ImportJob } from "@/types/video";
import { Button, IconButton } from "../ui/Button";

const CancelDialog = lazyPart(() => import("./CancelDialog"));

interface Props {
  job: ImportJob;
  name: string;
}

/** Holds an import or lets it go on: one click wherever it is shown. */
export function PauseButton({ job, name, className }: Props & { className?: string }) {
  const { t } = useTranslation();
  const act = useImportAction(job.id);
  const paused = job.state === "paused";
  return (
    <IconButton
      label={`${paused ? t("action.resume") : t("action.pause")}: ${name}`}
      title={paused ? t("action.resume") : t("action.pause")}
      onClick={() => act({ kind: paused ? "resume" : "pause", importId: job.id })}
      {...(className && { className })}
    >
      {paused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
    </IconButton>
  );
}

interface ButtonsProps extends Props {
  small?: boolean;
  /** False beside a PauseButton. */
  pausable?: boolean;
}

/** The same with words, and what ends it; of a cancelled one: that it goes on after all. */
export function ImportButtons({ job, name, small = false, pausable = true }: ButtonsProps) {
  const { t } = useTranslation();
  const act = useImportAction(job.id);
  const [asking, setAsking] = useState(false);
  const size = small ? "h-8 px-3" : "";
  const resumable =
    (job.state === "paused" && pausable) ||
    (job.state === "cancelled" && (job.summary.waiting > 0 || playlistsOf(job).stopped > 0));
  return (
    <>
      {job.state === "running" && pausable && (
        <Button className={size} onClick={() => act({ kind: "pause", importId: job.id })}>
          <Pause size={15} aria-hidden />
          {t("action.pause")}
        </Button>
      )}
      {resumable && (
        <Button className={size} onClick={() => act({ kind: "resume", importId: job.id })}>
          <Play size={15} aria-hidden />
          {t("action.resume")}
        </Button>
      )}
      {(job.state === "running" || job.state === "paused") && (
        <PassingButton className={size} onClick={() => setAsking(true)}>
          <CircleStop size={15} aria-hidden />
          {t(small ? "action.cancelShort" : "action.cancel")}
        </PassingButton>
      )}
      <UndoButton job={job} small={small} />
      {asking && (
        <Suspense fallback={null}>
          <CancelDialog
            job={job}
            name={name}
            onClose={() => setAsking(false)}
            onCancel={(remaining) => act({ kind: "cancel", importId: job.id, remaining })}
          />
        </Suspense>
      )}
    </>
  );
}

/** Goes when it has done its work, and the focus came back to it from the dialog. */
function PassingButton(props: ComponentProps<"button">) {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHandedOn(button);
  return <Button ref={button} look="quiet" {...props} />;
}

/** Only as long as it can be done. It asks first: what is removed is gone. */
function UndoButton({ job, small = false }: { job: ImportJob; small?: boolean }) {
  const { t } = useTranslation();
  const open = useUiStore((state) => state.open);
  const undoing = useIsUndoing(job.id);
  const now = useNow(60_000);
  if (!canUndo(job, now) && !undoing) return null;
  return (
    <PassingButton
      className={small ? "h-8 px-3" : ""}
      // Not `disabled`: that would take the focus away from whoever pressed it.
      aria-disabled={undoing}
      onClick={() => !undoing && open({ kind: "undoImport", job })}
    >
      <Undo2 size={15} aria-hidden />
      {t(undoing ? "action.undoing" : small ? "action.undoShort" : "action.undo")}
    </PassingButton>
  );
}
