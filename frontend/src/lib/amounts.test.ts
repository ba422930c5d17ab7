import { describe, expect, it } from "vitest";
import type { Estimate } from "@/types/transcription";
import { amountOf, estimateOf, roughTime } from "./amounts";
import { i18n } from "./i18n";

const en = i18n.getFixedT("en");
const de = i18n.getFixedT("de");
const some = (minutes: number, cost: number): Estimate => {
  return { videos: 1, minutes, cost, currency: "USD", is_rough: false };
};

describe("what captions take", () => {
  it("is said in minutes and money, both about", () => {
    expect(amountOf(some(12.2, 0.0081), en, "en")).toBe("about 12 minutes of sound, less than $0.01");
    expect(amountOf(some(312, 0.208), en, "en")).toBe("about 5 hours of sound, about $0.21");
    expect(amountOf(some(312, 0.208), de, "de")).toBe("etwa 5 Stunden Ton, etwa 0,21\u00a0$");
  });

  it("is minutes alone where it costs nothing", () => {
    expect(amountOf(some(60, 0), en, "en", { ofSound: false })).toBe("about 1 hour");
    expect(amountOf(some(0.4, 0), de, "de")).toBe("weniger als eine Minute Ton");
  });

  it("is hours for long ones, however many", () => {
    expect(roughTime(100, en, "en")).toBe("about 90 minutes");
    expect(roughTime(119, en, "en")).toBe("about 2 hours");
    expect(roughTime(60 * 1234, en, "en")).toBe("about 1,234 hours");
  });

  it("is reckoned from those whose length is known", () => {
    const price = { price_per_hour: 0.04, currency: "USD" };
    expect(estimateOf([], price)).toBeNull();
    expect(estimateOf([null], price)).toBeNull();
    expect(estimateOf([1800, null, 5400], price)).toEqual({
      videos: 3,
      minutes: 180,
      cost: 0.12,
      currency: "USD",
      is_rough: true,
    });
  });
});
