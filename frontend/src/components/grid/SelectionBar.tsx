import { Captions, CheckCheck, FolderInput, RotateCcw, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSelectedIds } from "@/hooks/useSelection";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/grid";
import { selectionStore } from "@/stores/selectionStore";
import type { VideoList } from "@/types/video";
import { Button, IconButton } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";

interface Props {
  /** Where they can be moved to. */
  lists: readonly VideoList[];
  /** Everything that is shown. */
  allIds: () => string[];
  onMove: (videoIds: readonly string[], list: VideoList) => void;
  onMakeCaptions: (videoIds: readonly string[]) => void;
  onRetry: (videoIds: readonly string[]) => void;
  onRemove: (videoIds: readonly string[]) => void;
}

/** In place of the header while something is selected: how many, and what can be done with them. */
export default function SelectionBar({ lists, allIds, onMove, onMakeCaptions, onRetry, onRemove }: Props) {
  const { t, i18n } = useTranslation();
  const ids = useSelectedIds();
  const none = ids.size === 0;
  return (
    <section
      aria-label={t("selection.bar")}
      className="absolute inset-0 z-10 flex items-center bg-surface-0 px-2 sm:px-4 lg:px-6"
    >
      <div className="flex h-12 w-full items-center gap-1 rounded-xl bg-surface-2 px-1.5">
        <IconButton label={t("selection.end")} onClick={() => selectionStore.clear()} className={onBar}>
          <X size={18} aria-hidden />
        </IconButton>
        <p role="status" className="tabular mr-2 min-w-0 truncate font-semibold">
          {t("selection.count", say(ids.size, i18n.language))}
        </p>
        <BarButton
          label={t("selection.all")}
          icon={<CheckCheck size={17} aria-hidden />}
          onClick={() => selectionStore.choose(allIds())}
        />
        <div className="grow" />
        {lists.length > 0 && (
          <Menu
            trigger={
              <BarButton
                label={t("selection.move")}
                icon={<FolderInput size={17} aria-hidden />}
                disabled={none}
              />
            }
          >
            {lists.map((list) => (
              <MenuItem key={list.id} onSelect={() => onMove([...ids], list)}>
                <span className="max-w-60 truncate">{list.name}</span>
              </MenuItem>
            ))}
          </Menu>
        )}
        <BarButton
          label={t("tile.makeCaptions")}
          icon={<Captions size={17} aria-hidden />}
          disabled={none}
          onClick={() => onMakeCaptions([...ids])}
        />
        <BarButton
          label={t("common.tryAgain")}
          icon={<RotateCcw size={17} aria-hidden />}
          disabled={none}
          onClick={() => onRetry([...ids])}
        />
        <BarButton
          label={t("common.remove")}
          icon={<Trash2 size={17} aria-hidden />}
          disabled={none}
          onClick={() => onRemove([...ids])}
        />
      </div>
    </section>
  );
}

const onBar = "hover:bg-surface-3";

/** Its words go first when there is little room. */
function BarButton({ label, icon, ...rest }: { label: string; icon: ReactNode } & Record<string, unknown>) {
  return (
    <Button
      look="quiet"
      title={label}
      aria-label={label}
      className={`${onBar} max-md:size-9 max-md:px-0 md:px-3`}
      {...rest}
    >
      {icon}
      <span className="max-md:hidden">{label}</span>
    </Button>
  );
}
