import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { say } from "@/lib/addedMessage";
import { useImportDropStore } from "@/stores/importDropStore";
import { Button } from "./ui/Button";

/** What was dropped and not taken: kept, with its reason, until it is added or thrown away. */
export function KeptDrops({ listId, onRetry }: { listId: string; onRetry: (text: string) => void }) {
  const { t, i18n } = useTranslation();
  const all = useImportDropStore((state) => state.drops);
  const discard = useImportDropStore((state) => state.discard);
  const kept = all.filter((drop) => drop.state === "failed" && drop.listId === listId);
  if (kept.length === 0) return null;
  return (
    <ul className="mb-4 grid gap-2">
      {kept.map((drop) => (
        <li
          key={drop.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-surface-3 bg-surface-1 px-4 py-2.5"
        >
          <p className="min-w-48 grow text-sm">
            <span className="font-semibold">{t("kept.title", say(drop.linkCount, i18n.language))}</span>{" "}
            <span className="text-text-2">
              {drop.reason ? t(`errors.${drop.reason}`) : t("kept.interrupted")}
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
            <Button
              look="quiet"
              onClick={() =>
                void navigator.clipboard?.writeText(drop.text).then(() => toast(t("tile.copied")))
              }
            >
              {t("kept.copy")}
            </Button>
            <Button look="quiet" onClick={() => discard(drop.id)}>
              {t("kept.discard")}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}
