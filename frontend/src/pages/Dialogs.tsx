import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { AddDialog } from "@/components/entry/AddDialog";
import { DeleteListDialog, ListNameDialog } from "@/components/entry/ListDialogs";
import { ShortcutsDialog } from "@/components/entry/ShortcutsDialog";
import { useUndoImport } from "@/hooks/useImportActions";
import { useCreateList, useDeleteList, useRenameList } from "@/hooks/useLists";
import { toApiError } from "@/lib/apiError";
import type { Transferred } from "@/lib/dropContent";
import "@/lib/i18n/entry";
import { lazyPart } from "@/lib/lazyPart";
import { type OpenDialog, useUiStore } from "@/stores/uiStore";
import type { ImportJob } from "@/types/video";

const ExportDialog = lazyPart(() => import("@/components/lists/ExportDialog"));
const FollowDialog = lazyPart(() => import("@/components/lists/FollowDialog"));
const LeaveDialog = lazyPart(() => import("@/components/lists/LeaveDialog"));
const MergeDialog = lazyPart(() => import("@/components/lists/MergeDialog"));
const ShareDialog = lazyPart(() => import("@/components/lists/ShareDialog"));
const UndoDialog = lazyPart(() => import("@/components/imports/UndoDialog"));

interface Props {
  listName: string;
  onContent: (content: Transferred) => void;
}

/** The one dialog that is open. Loaded while the page is idle, so that it opens at once all the same. */
export default function Dialogs({ listName, onContent }: Props) {
  const dialog = useUiStore((state) => state.dialog);
  const close = useUiStore((state) => state.close);
  if (dialog.kind === "none") return null;
  if (dialog.kind === "shortcuts") return <ShortcutsDialog onClose={close} />;
  if (dialog.kind === "add") {
    return <AddDialog initialText={dialog.text} listName={listName} onContent={onContent} onClose={close} />;
  }
  return (
    // What is rarely asked for comes on its own; nothing is shown in between.
    <Suspense fallback={null}>
      {dialog.kind === "undoImport" && <UndoImport key={dialog.job.id} job={dialog.job} onClose={close} />}
      {dialog.kind === "follow" && <FollowDialog list={dialog.list} onClose={close} />}
      {dialog.kind === "exportList" && <ExportDialog list={dialog.list} onClose={close} />}
      {dialog.kind === "mergeList" && <MergeDialog list={dialog.list} onClose={close} />}
      {dialog.kind === "shareList" && <ShareDialog list={dialog.list} onClose={close} />}
      {dialog.kind === "leaveList" && <LeaveDialog list={dialog.list} onClose={close} />}
      {isOfList(dialog) && <ListDialog dialog={dialog} onClose={close} />}
    </Suspense>
  );
}

function UndoImport({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const { mutate } = useUndoImport(job.id);
  return <UndoDialog job={job} onClose={onClose} onConfirm={() => mutate(job)} />;
}

type ListDialogKind = Extract<OpenDialog, { kind: "newList" | "renameList" | "deleteList" }>;

function isOfList(dialog: OpenDialog): dialog is ListDialogKind {
  return dialog.kind === "newList" || dialog.kind === "renameList" || dialog.kind === "deleteList";
}

function ListDialog({ dialog, onClose }: { dialog: ListDialogKind; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { mutateAsync: create } = useCreateList();
  const { mutateAsync: rename } = useRenameList();
  const { mutateAsync: remove } = useDeleteList();
  // Promises: the dialog is closed, and with it the hooks' own callbacks are gone, before the answer comes.
  const failed = (cause: unknown) => void toast(t(`errors.${toApiError(cause).code}`));

  if (dialog.kind === "newList") {
    return (
      <ListNameDialog
        title={t("lists.new")}
        submitLabel={t("listDialog.create")}
        initialName=""
        onClose={onClose}
        onSubmit={(name) => create(name).then((list) => void navigate(`/lists/${list.id}`), failed)}
      />
    );
  }
  const { list } = dialog;
  if (dialog.kind === "renameList") {
    return (
      <ListNameDialog
        title={t("lists.rename")}
        submitLabel={t("common.save")}
        initialName={list.name}
        onClose={onClose}
        onSubmit={(name) => rename({ listId: list.id, name }).catch(failed)}
      />
    );
  }
  return (
    <DeleteListDialog
      list={list}
      onClose={onClose}
      onConfirm={() =>
        remove(list.id).then(() => {
          toast(t("lists.deleted", { name: list.name }));
          void navigate("/");
        }, failed)
      }
    />
  );
}
