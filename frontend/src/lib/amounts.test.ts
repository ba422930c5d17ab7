import { describe, expect, it } from "vitest";
import type { Estimate } from "@/types/transcription";
import { amountOf, estimateOf, roughTime, shareOf, spent, usedMinutes } from "./amounts";
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

  it("is a share of what is known of more", () => {
    expect(shareOf(some(40, 0.4), 1)).toMatchObject({ videos: 1, minutes: 40, is_rough: false });
    const four = { ...some(40, 0.4), videos: 4 };
    expect(shareOf(four, 1)).toMatchObject({ videos: 1, minutes: 10, cost: 0.1, is_rough: true });
    expect(shareOf(four, 0)).toBeNull();
    expect(shareOf({ ...four, videos: 0 }, 2)).toBeNull();
  });
});

describe("what was used", () => {
  it.each([
    [4.53, 5, 4.5],
    [4.97, 5, 4.9],
    [5, 5, 5],
    [5.02, 5, 5],
    [479.7, 480, 479],
    [168.4, 480, 168],
    [9.98, 480, 10],
    [0.01, 480, 0.1],
    [0, 480, 0],
    [2412.5, null, 2413],
    [1.24, null, 1.2],
  ])("of %d minutes up to %s is written as %d", (minutes, cap, written) => {
    expect(usedMinutes(minutes, cap)).toBe(written);
  });

  it("is never no money where it is less than a cent", () => {
    expect(spent(0.003, "USD", en, "en")).toBe("less than $0.01");
    expect(spent(0.003, "USD", de, "de")).toBe("weniger als 0,01\u00a0$");
    expect(spent(0, "USD", en, "en")).toBe("$0.00");
    expect(spent(1.61, "USD", en, "en")).toBe("$1.61");
  });
});
