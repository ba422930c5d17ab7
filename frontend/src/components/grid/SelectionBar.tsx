import {
  Captions,
  CheckCheck,
  Copy,
  Download,
  Ellipsis,
  FolderInput,
  RotateCcw,
  Tag,
  Trash2,
  X,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCanEdit } from "@/hooks/useCanEdit";
import { usePhone } from "@/hooks/useMediaQuery";
import { useSelectedIds } from "@/hooks/useSelection";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/grid";
import { selectionStore } from "@/stores/selectionStore";
import { Button, IconButton } from "../ui/Button";
import { Menu, MenuItem, MenuLine } from "../ui/Menu";

type Act = (videoIds: readonly string[]) => void;

interface Props {
  /** Whether there is another list they could go to. */
  hasOthers: boolean;
  /** Everything that is shown. */
  allIds: () => string[];
  onMove: Act;
  onCopy: Act;
  onTag: Act;
  onDownload: Act;
  onMakeCaptions: Act;
  onRetry: Act;
  onRemove: Act;
}

/** In place of the header while something is selected: how many, and what can be done with them. */
export default function SelectionBar(props: Props) {
  const { hasOthers, allIds, onMove, onTag, onRemove } = props;
  const { t, i18n } = useTranslation();
  const ids = useSelectedIds();
  const phone = usePhone();
  const canEdit = useCanEdit();
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
        {canEdit && hasOthers && !phone && (
          <BarButton
            label={t("selection.move")}
            icon={<FolderInput size={17} aria-hidden />}
            disabled={none}
            onClick={() => onMove([...ids])}
          />
        )}
        {canEdit && (
          <BarButton
            label={t("selection.tags")}
            icon={<Tag size={17} aria-hidden />}
            disabled={none}
            onClick={() => onTag([...ids])}
          />
        )}
        <Menu
          trigger={
            <BarButton
              label={t("selection.more")}
              icon={<Ellipsis size={17} aria-hidden />}
              disabled={none}
            />
          }
        >
          <MoreItems {...props} withMove={canEdit && phone && hasOthers} ids={[...ids]} />
        </Menu>
        {canEdit && (
          <BarButton
            label={t("common.remove")}
            icon={<Trash2 size={17} aria-hidden />}
            disabled={none}
            onClick={() => onRemove([...ids])}
          />
        )}
      </div>
    </section>
  );
}

function MoreItems({
  ids,
  withMove,
  hasOthers,
  onMove,
  onCopy,
  onDownload,
  onMakeCaptions,
  onRetry,
}: Props & { ids: readonly string[]; withMove: boolean }) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  return (
    <>
      {withMove && (
        <MenuItem icon={<FolderInput size={16} />} onSelect={() => onMove(ids)}>
          {t("selection.move")}
        </MenuItem>
      )}
      {hasOthers && (
        <MenuItem icon={<Copy size={16} />} onSelect={() => onCopy(ids)}>
          {t("selection.copy")}
        </MenuItem>
      )}
      <MenuItem icon={<Download size={16} />} onSelect={() => onDownload(ids)}>
        {t("selection.download")}
      </MenuItem>
      {canEdit && (
        <>
          <MenuLine />
          <MenuItem icon={<Captions size={16} />} onSelect={() => onMakeCaptions(ids)}>
            {t("tile.makeCaptions")}
          </MenuItem>
          <MenuItem icon={<RotateCcw size={16} />} onSelect={() => onRetry(ids)}>
            {t("common.tryAgain")}
          </MenuItem>
        </>
      )}
    </>
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
