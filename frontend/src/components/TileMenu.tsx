import { CircleCheck, ExternalLink, Link2, RotateCcw, Trash2 } from "lucide-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { useCanEdit } from "@/hooks/useCanEdit";
import { lazyPart } from "@/lib/lazyPart";
import type { VideoRow } from "@/lib/rows";
import { selectionStore } from "@/stores/selectionStore";
import { Menu, MenuItem, MenuLine } from "./ui/Menu";

const MakeCaptionsItem = lazyPart(() => import("./captions/MakeCaptionsItem"));

interface Props {
  video: VideoRow;
  name: string;
  tabStop: boolean;
  /** What looking again is called here; null while that is under way anyhow. */
  retry: string | null;
  onRemove: (video: VideoRow) => void;
  onRetry: (video: VideoRow) => void;
  className: string;
}

export function TileMenu({ video, name, tabStop, retry, onRemove, onRetry, className }: Props) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const address = `https://www.youtube.com/watch?v=${video.youtube_id}`;
  return (
    <Menu
      trigger={
        // The three dots are drawn by the style sheet: a grid has dozens of them.
        <button
          type="button"
          aria-label={t("tile.actions", { title: name })}
          title={t("common.more")}
          tabIndex={tabStop ? 0 : -1}
          className={`dots relative z-10 -mr-1 size-7 shrink-0 rounded-md text-text-3 transition-opacity group-focus-within/tile:opacity-100 group-hover/tile:opacity-100 hover:bg-surface-2 hover:text-text-1 data-[state=open]:opacity-100 pointer-fine:opacity-0 ${className}`}
        />
      }
    >
      <MenuItem icon={<CircleCheck size={16} />} onSelect={() => selectionStore.toggle(video.id)}>
        {t("tile.choose")}
      </MenuItem>
      <MenuItem icon={<ExternalLink size={16} />} onSelect={() => window.open(address, "_blank", "noopener")}>
        {t("tile.openOnYoutube")}
      </MenuItem>
      <MenuItem
        icon={<Link2 size={16} />}
        onSelect={() => {
          void navigator.clipboard?.writeText(address).then(() => toast(t("tile.copied")));
        }}
      >
        {t("tile.copyLink")}
      </MenuItem>
      {canEdit && (
        <Suspense fallback={null}>
          <MakeCaptionsItem video={video} />
        </Suspense>
      )}
      {canEdit && retry && (
        <MenuItem icon={<RotateCcw size={16} />} onSelect={() => onRetry(video)}>
          {retry}
        </MenuItem>
      )}
      {canEdit && (
        <>
          <MenuLine />
          <MenuItem icon={<Trash2 size={16} />} bad onSelect={() => onRemove(video)}>
            {t("common.remove")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
