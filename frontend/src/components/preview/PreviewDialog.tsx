import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { useAddLinks } from "@/hooks/useAddLinks";
import { usePreview } from "@/hooks/usePreview";
import { chosenOf, useChoices, useChosenItems, useSuggestion, useUngrouped } from "@/hooks/usePreviewChoices";
import "@/lib/i18n/preview";
import { fates, previewOptions, suggestedName } from "@/lib/previewChoices";
import { isSmall } from "@/lib/previewRules";
import { confirmWords, readingWords, recognised, saidCounts } from "@/lib/previewWords";
import { isVisibleName } from "@/lib/visibleName";
import { type Drop, useImportDropStore } from "@/stores/importDropStore";
import type { Preview, VideoList } from "@/types/video";
import { Dialog } from "../ui/Dialog";
import { PreviewContent } from "./PreviewContent";
import { PreviewFooter } from "./PreviewFooter";
import { Reading, Source } from "./PreviewParts";
import { PreviewProblem } from "./PreviewProblem";

/** A small file is read sooner than this, and goes in without a question. */
const ASKED_AFTER_MS = 150;

interface Props {
  drop: Drop;
  lists: readonly VideoList[];
  /** The list whose grid is to be seen. */
  shownListId: string | null;
}

/** What is in a drop, before anything of it is stored: looked through, chosen from, confirmed. */
export default function PreviewDialog({ drop, lists, shownListId }: Props) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { choices, change } = useChoices(drop, lists);
  const options = previewOptions(choices, lists);
  const { preview, error, busy, again } = usePreview(drop, options);
  useSuggestion(drop, preview, change);
  const { items, leftOut, plan } = useChosenItems(preview, choices);
  const ungrouped = useUngrouped(preview);
  const listId = options.list_id ?? drop.listId;
  const { confirm } = useAddLinks(listId, {
    onShowList: (id) => void navigate(`/lists/${id}`),
    listName: listId === shownListId ? null : (lists.find((list) => list.id === listId)?.name ?? null),
  });

  const named = !("newName" in choices.target) || isVisibleName(choices.target.newName);
  const ready = preview !== undefined && !error && named && plan.lists > 0;
  const finish = () => {
    if (!ready || !isOpen(drop)) return;
    if (listId === shownListId) window.scrollTo({ top: 0, behavior: "instant" });
    confirm(drop, chosenOf(listId, preview, choices, lists));
  };
  const cancel = () => {
    // A dialog that goes says so once more, also when it was confirmed.
    if (!isOpen(drop)) return;
    const { ask, discard } = useImportDropStore.getState();
    const chosen = preview ? chosenOf(listId, preview, choices, lists) : drop.chosen;
    discard(drop.id);
    toast(t("preview.cancelled"), {
      action: { label: t("preview.back"), onClick: () => void ask(drop.listId, drop, chosen) },
    });
  };
  const asks = useAsks(preview, error !== null, finish);
  if (!asks) return null;

  const { language } = i18n;
  const counts = fates(items, leftOut);
  return (
    <Dialog
      large
      title={
        error
          ? t(error.code === "too_many_items" ? "preview.tooMany" : "preview.problem")
          : preview
            ? recognised(preview, t, language)
            : readingWords(drop, t, language)
      }
      subtitle={<Source drop={drop} preview={error ? undefined : preview} />}
      closeLabel={t("common.close")}
      onClose={cancel}
      data-testid="preview"
      data-state={error ? "failed" : busy ? "reading" : "ready"}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) finish();
      }}
    >
      <p role="status" className="sr-only">
        {preview && !error && !busy ? saidCounts(counts, t, language) : ""}
      </p>
      {error ? (
        <PreviewProblem
          error={error}
          chosen={choices.groups}
          onChoose={(groups) => change({ groups })}
          onAgain={again}
        />
      ) : preview ? (
        <PreviewContent
          preview={preview}
          items={items}
          counts={counts}
          leftOut={leftOut}
          choices={choices}
          ungrouped={preview.groups.length > 0 ? ungrouped : 0}
          onChange={change}
        />
      ) : (
        <Reading />
      )}
      <PreviewFooter
        lists={lists}
        choices={choices}
        onChange={change}
        suggestion={suggestedName(
          drop.files.map((file) => file.name),
          preview?.groups ?? [],
        )}
        withTarget={error ? error.code === "list_not_found" : preview?.items.length !== 0}
        noTarget={choices.split && items.every(({ group }) => group !== null)}
        transcription={preview && !error ? (preview.transcription ?? null) : null}
        words={preview && !error ? confirmWords(plan, t, language) : null}
        ready={ready}
        onConfirm={finish}
        onCancel={cancel}
      />
    </Dialog>
  );
}

const isOpen = ({ id }: Drop) =>
  useImportDropStore.getState().drops.some((drop) => drop.id === id && drop.state === "preview");

/**
 * Whether somebody is asked. A few links of a file that is read at once go in without; what has been shown as
 * a question stays one.
 */
function useAsks(preview: Preview | undefined, failed: boolean, goStraightIn: () => void): boolean {
  const [asks, setAsks] = useState(false);
  const go = useRef(goStraightIn);
  useEffect(() => {
    go.current = goStraightIn;
  });
  useEffect(() => {
    const timer = setTimeout(() => setAsks(true), ASKED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const isAnswered = preview !== undefined || failed;
  const straight = !asks && preview !== undefined && isSmall(preview);
  useEffect(() => {
    if (straight) go.current();
    else if (isAnswered) setAsks(true);
  }, [straight, isAnswered]);
  return asks;
}
