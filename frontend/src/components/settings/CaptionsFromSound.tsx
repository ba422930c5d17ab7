import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTranscription } from "@/hooks/useTranscription";
import { say } from "@/lib/addedMessage";
import { amountOf, money, spent, usedMinutes } from "@/lib/amounts";
import { number } from "@/lib/format";
import { atTime } from "@/lib/when";
import type { Cap, TranscriptionStatus } from "@/types/transcription";
import { Snippet } from "./Snippet";

const REFRESH_MS = 15_000;

/** Of Videothek's settings, as its documentation names them: no words of any language. */
const CLOUD = "VIDEOTHEK_GROQ_API_KEY=gsk_…";
const HOME = "pip install 'videothek[whisper]'\nVIDEOTHEK_TRANSCRIPTION_PROVIDER=local";
const MODEL = "pip install 'videothek[whisper]'\nVIDEOTHEK_WHISPER_MODEL=small";

/** How captions are made from the sound, what that has cost, and what waits; or how it is set up. */
export function CaptionsFromSound() {
  const { t } = useTranslation();
  const { data: status, isError } = useTranscription({ refetchMs: REFRESH_MS });
  return (
    <>
      <p className="text-sm text-text-2">{t("sound.lead")}</p>
      {!status && isError && <p className="text-sm text-text-2">{t("sound.loadFailed")}</p>}
      {status?.provider === "off" && <SetUp />}
      {status && status.provider !== "off" && <Status status={status} />}
    </>
  );
}

function SetUp() {
  const { t } = useTranslation();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5" data-testid="sound-off">
      <div>
        <h3 className="pb-1 font-semibold">{t("sound.cloud")}</h3>
        <Snippet label={t("sound.cloudText")} text={CLOUD} copyLabel={t("sound.copy")} />
      </div>
      <div>
        <h3 className="pb-1 font-semibold">{t("sound.home")}</h3>
        <Snippet label={t("sound.homeText")} text={HOME} copyLabel={t("sound.copy")} />
      </div>
      <p className="text-sm text-text-2">{t("sound.restart")}</p>
    </div>
  );
}

function Status({ status }: { status: TranscriptionStatus }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { provider, model, currency, price_per_hour, waiting } = status;
  const free = provider === "local" || price_per_hour === 0;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5" data-testid="sound-status">
      {status.problem_code && <Problem status={status} code={status.problem_code} />}
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Used name={t("sound.day")} cap={status.day} />
        <Used name={t("sound.month")} cap={status.month} />
      </div>
      <dl className="tabular grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
        <Fact name={t("sound.provider")}>{t(`sound.${provider}`)}</Fact>
        {model && <Fact name={t("sound.model")}>{model}</Fact>}
        <Fact name={t("sound.price")}>
          {free
            ? t("sound.free")
            : t("sound.priceText", { money: money(price_per_hour, currency, language) })}
        </Fact>
        {!free && <Fact name={t("sound.spent")}>{spent(status.cost_this_month, currency, t, language)}</Fact>}
        {status.max_minutes !== null && (
          <Fact name={t("sound.longest")}>
            {status.max_minutes % 60 === 0
              ? t("sound.longestHours", say(status.max_minutes / 60, language))
              : t("sound.longestText", say(status.max_minutes, language))}
          </Fact>
        )}
        <Fact name={t("sound.waiting")}>
          {waiting.videos === 0
            ? t("sound.waiting", { count: 0 })
            : t("sound.waiting", {
                ...say(waiting.videos, language),
                amount: amountOf(waiting, t, language),
              })}
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** What was used of a cap, as a quiet bar; without a cap the number alone. */
function Used({ name, cap }: { name: string; cap: Cap }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const { cap_minutes, used_minutes } = cap;
  const used = usedMinutes(used_minutes, cap_minutes);
  if (cap_minutes === null) {
    return (
      <div className="text-sm">
        <p className="font-semibold">{name}</p>
        <p className="tabular pt-1 text-text-2">
          {t("sound.used", say(used, language))} <span className="text-text-3">· {t("sound.noCap")}</span>
        </p>
      </div>
    );
  }
  const full = used_minutes >= cap_minutes;
  const words = t("sound.usedOf", { ...say(cap_minutes, language), used: number(used, language) });
  return (
    <div className="text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="font-semibold">{name}</p>
        <p className="tabular text-text-2">{words}</p>
      </div>
      <div
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={cap_minutes}
        aria-valuenow={Math.min(used, cap_minutes)}
        aria-valuetext={words}
        className="my-1.5 h-1.5 overflow-hidden rounded-full bg-surface-3"
      >
        <div
          className={`h-full rounded-full ${full ? "bg-warn" : "bg-accent"}`}
          style={{ width: `${Math.min(100, (100 * used_minutes) / cap_minutes)}%` }}
        />
      </div>
      <p className={`tabular text-xs ${full ? "text-warn" : "text-text-3"}`}>
        {t(full ? "sound.full" : "sound.resets", {
          at: atTime(cap.resets_at, t, language, new Date()),
        })}
      </p>
    </div>
  );
}

/** What stands still, in a sentence, and what to do about it. */
function Problem({
  status,
  code,
}: {
  status: TranscriptionStatus;
  code: NonNullable<TranscriptionStatus["problem_code"]>;
}) {
  const { t } = useTranslation();
  const isModel = code === "transcription_model_missing";
  const isKey = code === "transcription_key_invalid";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-xl bg-surface-2 p-4 text-sm" role="alert">
      <p className="flex items-start gap-2.5">
        <TriangleAlert size={16} className="mt-px shrink-0 text-warn" aria-hidden />
        <span>
          <span className="font-semibold">{t(`errors.${code}`)}</span>{" "}
          <span className="text-text-2">{t("sound.problem")}</span>
        </span>
      </p>
      {(isModel || isKey) && (
        <Snippet
          label={t(isModel ? "sound.adviceModel" : "sound.adviceKey")}
          text={
            isModel
              ? status.provider === "local"
                ? MODEL
                : "VIDEOTHEK_GROQ_MODEL=whisper-large-v3-turbo"
              : CLOUD
          }
          copyLabel={t("sound.copy")}
        />
      )}
    </div>
  );
}
