import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMakeCaptions, useTranscription } from "@/hooks/useTranscription";
import { say } from "@/lib/addedMessage";
import { amountOf, estimateOf } from "@/lib/amounts";
import type { VideoRow } from "@/lib/rows";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

interface Props {
  /** Those of the selection that can have captions made. */
  videos: readonly VideoRow[];
  /** How many of the selection can't. */
  passedOver: number;
  onStarted: () => void;
  onClose: () => void;
}

/** Before captions are made for many: for how many, and what that takes. It may cost money, so it asks. */
export default function MakeCaptionsDialog({ videos, passedOver, onStarted, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { data: status } = useTranscription();
  const { mutate: make } = useMakeCaptions();
  const off = status?.provider === "off";
  const nothing = videos.length === 0;
  const estimate = status
    ? estimateOf(
        videos.map((video) => video.duration_seconds),
        status,
      )
    : null;
  return (
    <Dialog
      title={nothing ? t("making.titleNone") : t("making.title", say(videos.length, language))}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <div className="tabular grid gap-2 text-text-2" data-testid="make-captions">
        {off && <p>{t("making.offText")}</p>}
        {!off && nothing && <p>{t("making.noneText")}</p>}
        {!off && !nothing && (
          <>
            <p>
              {estimate
                ? t("making.text", { amount: amountOf(estimate, t, language) })
                : t("making.textUnknown")}
            </p>
            {passedOver > 0 && <p>{t("making.passedOver", say(passedOver, language))}</p>}
            {(status?.day.cap_minutes ?? status?.month.cap_minutes ?? null) !== null && (
              <p className="text-sm text-text-3">{t("making.budget")}</p>
            )}
          </>
        )}
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button look="plain" onClick={onClose} data-autofocus={off || nothing || undefined}>
          {t(off || nothing ? "common.close" : "common.cancel")}
        </Button>
        {off && (
          <Link
            to="/settings#sound"
            onClick={onClose}
            className="inline-flex min-h-9 items-center rounded-lg bg-accent px-3.5 text-sm font-semibold text-on-accent hover:bg-accent-strong"
          >
            {t("making.setUp")}
          </Link>
        )}
        {!off && !nothing && (
          <Button
            look="main"
            data-autofocus
            onClick={() => {
              onClose();
              onStarted();
              make(videos);
            }}
          >
            {t("making.many")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
