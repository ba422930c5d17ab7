import type { TFunction } from "i18next";
import type { Estimate, TranscriptionStatus } from "@/types/transcription";
import { say } from "./addedMessage";
import { nearestStep } from "./duration";
import "./i18n/captions";

/** How much sound and how much money, as a person says it: "about". All pure. */

/** From here on hours say enough. */
const HOURS_FROM_MINUTES = 105;

/** "about 12 minutes", "about 3 hours". */
export function roughTime(minutes: number, t: TFunction, language: string): string {
  if (minutes >= HOURS_FROM_MINUTES) {
    return t("amount.hours", say(Math.round(minutes / 60), language));
  }
  const step = nearestStep(minutes * 60);
  if (step < 1) return t("amount.moments");
  return step === 60 ? t("amount.hours", { count: 1 }) : t("amount.minutes", say(step, language));
}

/** The smallest amount that is written; whatever is less is "less than" it. */
const SMALLEST = 0.01;

/** "$0.12", "0,12 $". */
export function money(amount: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).format(amount);
}

/** What was spent, to the cent; what is less than a cent is not nothing. */
export function spent(amount: number, currency: string, t: TFunction, language: string): string {
  if (amount > 0 && amount < SMALLEST) {
    return t("amount.costLess", { money: money(SMALLEST, currency, language) });
  }
  return money(amount, currency, language);
}

/** Of so few minutes their tenths are worth a word. */
const TENTHS_BELOW_MINUTES = 10;

/** Minutes that were used, rounded: never to a cap that is not reached, and never to nothing. */
export function usedMinutes(minutes: number, cap: number | null): number {
  const steps = minutes < TENTHS_BELOW_MINUTES ? 10 : 1;
  const rounded = Math.round(minutes * steps) / steps;
  if (minutes > 0 && rounded === 0) return 1 / steps;
  if (cap !== null && minutes < cap && rounded >= cap) return Math.floor(minutes * steps) / steps;
  return rounded;
}

/** "about $0.12"; null where it costs nothing. */
export function roughMoney(amount: number, currency: string, t: TFunction, language: string): string | null {
  if (amount <= 0) return null;
  if (amount < SMALLEST) return t("amount.costLess", { money: money(SMALLEST, currency, language) });
  return t("amount.cost", { money: money(amount, currency, language) });
}

/** "about 12 minutes, about $0.01"; with `ofSound` also what it is minutes of. */
export function amountOf(
  { minutes, cost, currency }: Estimate,
  t: TFunction,
  language: string,
  { ofSound = true }: { ofSound?: boolean } = {},
): string {
  const rough = roughTime(minutes, t, language);
  const time = ofSound ? t("amount.ofSound", { time: rough }) : rough;
  const price = roughMoney(cost, currency, t, language);
  return price === null ? time : t("amount.and", { time, money: price });
}

/** What captions of some videos would take; null where nobody knows how long any of them is. */
export function estimateOf(
  durationsSeconds: readonly (number | null)[],
  { price_per_hour, currency }: Pick<TranscriptionStatus, "price_per_hour" | "currency">,
): Estimate | null {
  const known = durationsSeconds.filter((seconds) => seconds !== null);
  if (known.length === 0) return null;
  const perVideo = known.reduce((sum, seconds) => sum + seconds, 0) / known.length;
  const minutes = (perVideo * durationsSeconds.length) / 60;
  return {
    videos: durationsSeconds.length,
    minutes,
    cost: (minutes / 60) * price_per_hour,
    currency,
    is_rough: known.length < durationsSeconds.length,
  };
}

/** What is known is about all that are still to come: some of them, at the same length each. */
export function shareOf(pending: Estimate, videos: number): Estimate | null {
  if (videos === 0 || pending.videos === 0) return null;
  const part = Math.min(1, videos / pending.videos);
  return {
    ...pending,
    videos,
    minutes: pending.minutes * part,
    cost: pending.cost * part,
    is_rough: pending.is_rough || part < 1,
  };
}
