import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { useAddLinks } from "@/hooks/useAddLinks";
import { useLists } from "@/hooks/useLists";
import { say } from "@/lib/addedMessage";
import { type Drop, useImportDropStore } from "@/stores/importDropStore";
import { Button } from "../ui/Button";
import "@/lib/i18n/entry";

interface Props {
  listId: string;
  /** Into the list that is to be seen. */
  onRetry: (drop: Drop) => void;
}

/** Kept, with its reason, until it is added or thrown away. Of all lists: whoever is elsewhere sees it, too. */
export default function KeptDropList({ listId, onRetry }: Props) {
  const drops = useImportDropStore((state) => state.drops);
  const { data: lists } = useLists();
  return (
    <ul className="mb-4 grid grid-cols-[minmax(0,1fr)] gap-2">
      {drops
        .filter((drop) => drop.state === "failed")
        .map((drop) => {
          const other = drop.listId === listId ? null : lists?.find((list) => list.id === drop.listId);
          // A list that was deleted meanwhile leaves what was meant for it to the one at hand.
          return other ? (
            <KeptForOther key={drop.id} drop={drop} listName={other.name} />
          ) : (
            <Kept key={drop.id} drop={drop} listName={null} onRetry={onRetry} />
          );
        })}
    </ul>
  );
}

function KeptForOther({ drop, listName }: { drop: Drop; listName: string }) {
  const { retry } = useAddLinks(drop.listId, { listName });
  return <Kept drop={drop} listName={listName} onRetry={retry} />;
}

function Kept({
  drop,
  listName,
  onRetry,
}: {
  drop: Drop;
  listName: string | null;
  onRetry: Props["onRetry"];
}) {
  const { t, i18n } = useTranslation();
  const { discard, askAgain } = useImportDropStore.getState();
  const asked = drop.reason === "not_confirmed";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-surface-3 bg-surface-1 px-4 py-2.5">
      <p className="min-w-48 grow text-sm break-words">
        <span className="font-semibold">{titleOf(drop, listName, t, i18n.language)}</span>{" "}
        <span className="text-text-2">
          {whyKept(drop, t, i18n.language)}
          {drop.files.length > 0 && ` ${t("kept.filesHere")}`}
        </span>
      </p>
      <div className="-mx-1 flex flex-wrap gap-1">
        <Button look="main" onClick={() => onRetry(drop)}>
          {t(asked ? "kept.lookAgain" : "common.tryAgain")}
        </Button>
        {drop.chosen && !asked && (
          <Button look="quiet" onClick={() => askAgain(drop.id)}>
            {t("kept.lookAgain")}
          </Button>
        )}
        {drop.files.length === 0 && navigator.clipboard && (
          <Button
            look="quiet"
            onClick={() =>
              void navigator.clipboard
                .writeText(drop.text)
                .then(() => toast(t("kept.copied")))
                .catch(() => null)
            }
          >
            {t("kept.copy")}
          </Button>
        )}
        <Button look="quiet" onClick={() => discard(drop.id)}>
          {t("kept.discard")}
        </Button>
      </div>
    </li>
  );
}

function titleOf(
  { files, linkCount }: Drop,
  listName: string | null,
  t: TFunction,
  language: string,
): string {
  const [file] = files;
  if (file && files.length === 1) return t("kept.file", { name: file.name });
  if (file) return t("kept.files", say(files.length, language));
  const count = say(linkCount, language);
  return listName === null ? t("kept.title", count) : t("kept.titleElsewhere", { ...count, name: listName });
}

function whyKept({ reason, linkCount }: Drop, t: TFunction, language: string): string {
  if (reason === "not_confirmed") return t("kept.notConfirmed");
  return reason ? t(`errors.${reason}`) : t("kept.interrupted", say(linkCount, language));
}
