import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTranscription } from "@/hooks/useTranscription";
import { say } from "@/lib/addedMessage";
import { amountOf, estimateOf, money } from "@/lib/amounts";
import { isSetupCode } from "@/lib/makingCaptions";
import type { Estimate, TranscriptionStatus } from "@/types/transcription";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

/** How long they are: of each, as far as it is known, or of a part of them. */
export type Extent =
  | { kind: "all"; durationsSeconds: readonly (number | null)[] }
  | { kind: "part"; estimate: Estimate | null };

interface Props {
  count: number;
  extent: Extent;
  /** How many of those that somebody chose can't have captions made. */
  passedOver?: number;
  onConfirm: () => void;
  onClose: () => void;
}

/** Before captions are made for many: for how many, and what that takes. It may cost money, so it asks. */
export function AskForCaptions({ count, extent, passedOver = 0, onConfirm, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { data: status } = useTranscription();
  const inTheWay = status ? problemOf(status) : null;
  const nothing = count === 0;
  const closeOnly = inTheWay !== null || nothing;
  return (
    <Dialog
      title={nothing ? t("making.titleNone") : t("making.title", say(count, language))}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <div className="tabular grid gap-2 text-base text-text-2" data-testid="make-captions">
        {inTheWay && <p>{inTheWay === "off" ? t("making.offText") : t(`errors.${inTheWay}`)}</p>}
        {!inTheWay && nothing && <p>{t("making.noneText")}</p>}
        {!closeOnly && (
          <>
            <HowMuch extent={extent} count={count} status={status} />
            {status && hasLong(extent, count, status) && <p>{t("making.longer")}</p>}
            {passedOver > 0 && <p>{t("making.passedOver", say(passedOver, language))}</p>}
            {(status?.day.cap_minutes ?? status?.month.cap_minutes ?? null) !== null && (
              <p className="text-sm text-text-3">{t("making.budget")}</p>
            )}
          </>
        )}
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button look="plain" onClick={onClose} data-autofocus={closeOnly || undefined}>
          {t(closeOnly ? "common.close" : "common.cancel")}
        </Button>
        {inTheWay && (
          <Link
            to="/settings#sound"
            onClick={onClose}
            className="inline-flex min-h-9 items-center rounded-lg bg-accent px-3.5 text-sm font-semibold text-on-accent hover:bg-accent-strong"
          >
            {t(inTheWay === "off" ? "making.setUp" : "making.toSettings")}
          </Link>
        )}
        {!closeOnly && (
          <Button
            look="main"
            data-autofocus
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {t("making.many")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** Why the server would refuse. */
function problemOf({ provider, problem_code }: TranscriptionStatus) {
  if (provider === "off") return "off";
  return isSetupCode(problem_code) ? problem_code : null;
}

/** Some get none by themselves because of their length; where that is not known, some may. */
function hasLong(extent: Extent, count: number, { max_minutes }: TranscriptionStatus): boolean {
  if (max_minutes === null) return false;
  if (extent.kind === "part") return extent.estimate?.videos !== count;
  return extent.durationsSeconds.some((seconds) => seconds !== null && seconds > 60 * max_minutes);
}

interface HowMuchProps {
  extent: Extent;
  count: number;
  status: TranscriptionStatus | undefined;
}

function HowMuch({ extent, count, status }: HowMuchProps) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const estimate =
    extent.kind === "part" ? extent.estimate : status ? estimateOf(extent.durationsSeconds, status) : null;
  const amount = estimate && amountOf(estimate, t, language);
  if (amount !== null && estimate?.videos === count) return <p>{t("making.text", { amount })}</p>;
  const price = status && status.price_per_hour > 0 ? status.price_per_hour : null;
  return (
    <>
      <p>
        {amount !== null && estimate
          ? t("making.textPart", { ...say(estimate.videos, language), amount })
          : t("making.textUnknown")}
      </p>
      {price !== null && status && (
        <p>{t("making.price", { money: money(price, status.currency, language) })}</p>
      )}
    </>
  );
}
