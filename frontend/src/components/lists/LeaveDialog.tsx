import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { useLeaveList } from "@/hooks/useShares";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/people";
import type { VideoList } from "@/types/video";
import { ConfirmDialog } from "../ui/ConfirmDialog";

/** Asks before somebody else's list is gone from the own ones: only its owner can share it again. */
export default function LeaveDialog({ list, onClose }: { list: VideoList; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { mutateAsync: leave } = useLeaveList();
  const { name, owner_name: owner } = list;
  return (
    <ConfirmDialog
      title={t("share.leaveTitle", { name })}
      confirm={t("share.leave")}
      onClose={onClose}
      // A promise: the dialog, and with it the hook's own callbacks, is gone before the answer comes.
      onConfirm={() =>
        leave(list.id).then(
          () => {
            toast(t("share.left", { name }));
            void navigate("/");
          },
          (cause: unknown) => void toast(t(`errors.${toApiError(cause).code}`)),
        )
      }
    >
      <p className="text-text-2">{t("share.leaveText", { owner })}</p>
    </ConfirmDialog>
  );
}
