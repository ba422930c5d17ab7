import { CircleAlert, Ellipsis, Pencil, RefreshCw, Rss, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCanEdit } from "@/hooks/useCanEdit";
import { useFollowActions } from "@/hooks/useFollow";
import { useNow } from "@/hooks/useNow";
import { followName, followTimes, followTrouble } from "@/lib/followText";
import "@/lib/i18n/tools";
import { useUiStore } from "@/stores/uiStore";
import type { Follow, VideoList } from "@/types/video";
import { IconButton } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";

const MINUTE_MS = 60_000;

/** What a list follows, when it was looked at and when next, in one quiet line; a failure with what it means. */
export default function FollowLine({ list, follow }: { list: VideoList; follow: Follow }) {
  const { t, i18n } = useTranslation();
  const now = new Date(useNow(MINUTE_MS));
  const open = useUiStore((state) => state.open);
  const { check, stop } = useFollowActions(list);
  const trouble = follow.is_checking ? null : followTrouble(follow, t);
  const Icon = trouble === null ? Rss : CircleAlert;
  const name = followName(follow);
  const canEdit = useCanEdit();
  return (
    <div
      className="grid grid-cols-[auto_minmax(0,auto)_1fr] items-center gap-x-2 text-sm text-text-3"
      data-testid="follow-line"
    >
      <Icon size={15} aria-hidden className={`shrink-0 ${trouble === null ? "" : "text-warn"}`} />
      <div className="tabular min-w-0">
        <p className="flex flex-wrap gap-x-2">
          <a
            href={follow.url}
            target="_blank"
            rel="noreferrer"
            className="max-w-full truncate rounded-sm text-text-2 hover:underline"
            title={name}
          >
            {t("follow.line", { name })}
          </a>
          <span>{followTimes(follow, t, i18n.language, now)}</span>
        </p>
      </div>
      {canEdit && (
        <div className="flex items-center">
          <IconButton
            label={t("follow.checkNow")}
            aria-disabled={follow.is_checking}
            onClick={() => !follow.is_checking && check()}
            className="size-8"
          >
            <RefreshCw
              size={15}
              aria-hidden
              className={follow.is_checking ? "animate-spin motion-reduce:animate-none" : ""}
            />
          </IconButton>
          <Menu
            align="start"
            trigger={
              <IconButton label={t("follow.actions")} className="size-8">
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<Pencil size={16} />} onSelect={() => open({ kind: "follow", list })}>
              {t("follow.edit")}
            </MenuItem>
            <MenuItem icon={<X size={16} />} onSelect={() => stop()}>
              {t("follow.stop")}
            </MenuItem>
          </Menu>
        </div>
      )}
      {trouble !== null && (
        <p className="col-start-2 col-end-4 text-pretty text-text-2" role="status">
          <span className="font-semibold">{t("follow.trouble")}</span> {trouble}
        </p>
      )}
    </div>
  );
}
