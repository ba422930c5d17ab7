import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { Captions } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asShown } from "@/hooks/useBulkVideos";
import { useMakeCaptionsOfImport } from "@/hooks/useTranscription";
import { say } from "@/lib/addedMessage";
import { amountOf, shareOf } from "@/lib/amounts";
import { figuresOf } from "@/lib/importSummary";
import { canHaveCaptionsMade } from "@/lib/makingCaptions";
import { progressOf } from "@/lib/progress";
import type { LibraryRows, VideoRow } from "@/lib/rows";
import { atTime } from "@/lib/when";
import type { ImportTranscription } from "@/types/transcription";
import type { ImportJob } from "@/types/video";
import { Button } from "../ui/Button";
import { AskForCaptions, type Extent } from "./AskForCaptions";

/** Of an import: captions that were made from its sound, those to come, and those that somebody can hurry. */
export function ImportCaptions({ job }: { job: ImportJob }) {
  const { transcription } = job.summary;
  if (!transcription || job.state === "undone") return null;
  const { made, pending, over_budget } = transcription;
  const { withoutCaptions, captionsComing } = figuresOf(job);
  const without = withoutCaptions - captionsComing;
  if (made.videos + pending.videos + without === 0) return null;
  return (
    <div className="grid justify-items-start gap-2.5 pt-3 text-sm" data-testid="import-captions">
      <Sentences transcription={transcription} />
      {(over_budget > 0 || without > 0) && (
        <MakeNow importId={job.id} overBudget={over_budget} without={without} pending={pending} />
      )}
    </div>
  );
}

function Sentences({ transcription }: { transcription: ImportTranscription }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { made, pending, over_budget, resumes_at } = transcription;
  const about = (estimate: ImportTranscription["made"]) => ({
    ...say(estimate.videos, language),
    amount: amountOf(estimate, t, language, { ofSound: false }),
  });
  const parts = [
    made.videos > 0 && t("captionsOf.made", about(made)),
    pending.videos > 0 && t("captionsOf.pending", about(pending)),
    over_budget > 0 &&
      (resumes_at === null
        ? t("captionsOf.budget", say(over_budget, language))
        : t("captionsOf.budgetOn", {
            ...say(over_budget, language),
            at: atTime(resumes_at, t, language, new Date()),
          })),
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return <p className="tabular max-w-2xl text-pretty text-text-2">{parts.join(" ")}</p>;
}

interface MakeNowProps {
  importId: string;
  overBudget: number;
  /** Have none, and get none by themselves. */
  without: number;
  pending: ImportTranscription["pending"];
}

function MakeNow({ importId, overBudget, without, pending }: MakeNowProps) {
  const { t, i18n } = useTranslation();
  const queryClient = useQueryClient();
  const { mutate: make, isPending } = useMakeCaptionsOfImport(importId);
  const [asked, setAsked] = useState<Extent | null>(null);
  const count = overBudget + without;
  const ask = () => {
    const rows = withoutCaptionsOf(queryClient, importId);
    setAsked(
      rows.length === count
        ? { kind: "all", durationsSeconds: rows.map((row) => row.duration_seconds) }
        : { kind: "part", estimate: shareOf(pending, overBudget) },
    );
  };
  return (
    <>
      <Button disabled={isPending} onClick={ask}>
        <Captions size={15} aria-hidden />
        {without === 0 ? t("captionsOf.makeNow") : t("captionsOf.make", say(count, i18n.language))}
      </Button>
      {asked && (
        <AskForCaptions
          count={count}
          extent={asked}
          onConfirm={() => make()}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** Of the import's videos those that captions can be made for, as far as a list has been looked at. */
function withoutCaptionsOf(queryClient: QueryClient, importId: string): VideoRow[] {
  const lists = queryClient.getQueriesData<LibraryRows>({ queryKey: ["videos"] });
  return lists
    .flatMap(([, rows]) => rows?.items ?? [])
    .filter((row) => row.import_id === importId && canHaveCaptionsMade(progressOf(asShown(row))));
}
