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
  onRetry: (text: string) => void;
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
  const { addText } = useAddLinks(drop.listId, { listName });
  return <Kept drop={drop} listName={listName} onRetry={addText} />;
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
  const discard = useImportDropStore((state) => state.discard);
  const count = say(drop.linkCount, i18n.language);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-surface-3 bg-surface-1 px-4 py-2.5">
      <p className="min-w-48 grow text-sm break-words">
        <span className="font-semibold">
          {listName === null
            ? t("kept.title", count)
            : t("kept.titleElsewhere", { ...count, name: listName })}
        </span>{" "}
        <span className="text-text-2">
          {drop.reason ? t(`errors.${drop.reason}`) : t("kept.interrupted", count)}
        </span>
      </p>
      <div className="-mx-1 flex flex-wrap gap-1">
        <Button
          look="main"
          onClick={() => {
            discard(drop.id);
            onRetry(drop.text);
          }}
        >
          {t("common.tryAgain")}
        </Button>
        {navigator.clipboard && (
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
