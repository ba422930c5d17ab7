import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { useLists, useMergeLists } from "@/hooks/useLists";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import { number } from "@/lib/format";
import "@/lib/i18n/grid";
import { canEdit } from "@/lib/listAccess";
import type { VideoList } from "@/types/video";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

/** Makes one list of two: where to, what becomes of it, and a button that says so. */
export default function MergeDialog({ list, onClose }: { list: VideoList; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { data: lists } = useLists();
  const { mutateAsync: merge } = useMergeLists();
  const others = (lists ?? []).filter((other) => other.id !== list.id && canEdit(other));
  const [chosen, setChosen] = useState<string | null>(null);
  const into = others.find((other) => other.id === chosen) ?? (others.length === 1 ? others[0] : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!into) return;
    onClose();
    merge({ listId: list.id, intoListId: into.id }).then(
      ({ moved }) => {
        toast(t("merge.done", { ...say(moved, i18n.language), name: into.name }));
        void navigate(`/lists/${into.id}`);
      },
      (cause: unknown) => void toast(t("merge.failed", { reason: t(`errors.${toApiError(cause).code}`) })),
    );
  };
  return (
    <Dialog title={t("merge.title", { name: list.name })} closeLabel={t("common.close")} onClose={onClose}>
      <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p className="text-text-2">{t("merge.text")}</p>
        <fieldset className="min-w-0">
          <legend className="sr-only">{t("merge.into")}</legend>
          <div className="-mx-3 grid max-h-[40dvh] grid-cols-[minmax(0,1fr)] overflow-y-auto p-0.5">
            {others.map((other) => (
              <label
                key={other.id}
                className="flex cursor-pointer items-center gap-3 rounded-lg border border-transparent px-3 py-2 hover:bg-surface-2 has-checked:bg-surface-2 has-checked:font-semibold has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input
                  type="radio"
                  name="into"
                  checked={other.id === into?.id}
                  onChange={() => setChosen(other.id)}
                  className="size-4 shrink-0 accent-accent"
                />
                <bdi className="min-w-0 grow truncate" title={other.name}>
                  {other.name}
                </bdi>
                <span className="tabular shrink-0 text-sm font-normal text-text-3">
                  {number(other.video_count, i18n.language)}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="main" type="submit" disabled={!into}>
            {t("merge.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
