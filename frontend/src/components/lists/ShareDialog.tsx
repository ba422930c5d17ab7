import { UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSetShare, useShares } from "@/hooks/useShares";
import "@/lib/i18n/people";
import type { Share, VideoList } from "@/types/video";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

/** Who else may see a list, and what they may do: each change counts at once. */
export default function ShareDialog({ list, onClose }: { list: VideoList; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: shares, isError, refetch } = useShares(list.id);
  return (
    <Dialog title={t("share.title", { name: list.name })} closeLabel={t("common.close")} onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p className="text-text-2">{t(shares?.length === 0 ? "share.nobody" : "share.text")}</p>
        {!shares && isError && (
          <p className="flex flex-wrap items-center gap-3">
            {t("share.failed")}
            <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
          </p>
        )}
        {shares && shares.length > 0 && (
          <ul
            aria-label={t("share.people")}
            className="max-h-[45dvh] divide-y divide-surface-3 overflow-y-auto border-y border-surface-3"
            data-testid="shares"
          >
            {shares.map((share) => (
              <ShareRow key={share.user_id} list={list} share={share} />
            ))}
          </ul>
        )}
        <div className="flex justify-end">
          <Button look="main" onClick={onClose}>
            {t("share.done")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const CHOICES = { none: null, read: false, edit: true } as const;

function ShareRow({ list, share }: { list: VideoList; share: Share }) {
  const { t } = useTranslation();
  const { mutate } = useSetShare(list.id);
  const { username, can_edit } = share;
  const chosen = can_edit === null ? "none" : can_edit ? "edit" : "read";
  return (
    <li className="flex items-center gap-3 py-2.5 pr-1">
      <UserRound size={17} className="shrink-0 text-text-3" aria-hidden />
      <bdi className="min-w-0 grow truncate" title={username}>
        {username}
      </bdi>
      <select
        aria-label={t("share.mayName", { name: username })}
        value={chosen}
        onChange={({ target }) =>
          mutate({ ...share, can_edit: CHOICES[target.value as keyof typeof CHOICES] })
        }
        className="h-9 shrink-0 rounded-lg border border-surface-3 bg-surface-1 px-2.5 text-base sm:text-sm"
      >
        {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((choice) => (
          <option key={choice} value={choice}>
            {t(`share.may_${choice}`)}
          </option>
        ))}
      </select>
    </li>
  );
}
