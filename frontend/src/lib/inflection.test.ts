import { describe, expect, it } from "vitest";
import { isForm } from "./inflection";

describe("forms of a word", () => {
  it.each([
    ["keepers", "keeper"],
    ["houses", "house"],
    ["cities", "city"],
    ["running", "run"],
    ["painted", "painting"],
    ["hauser", "haus"],
    ["bruckenbaus", "bruckenbau"],
    ["gelernte", "gelernten"],
    ["maisons", "maison"],
    ["hablando", "hablar"],
  ])("%s is a form of %s", (one, other) => {
    expect(isForm(one, other)).toBe(true);
    expect(isForm(other, one)).toBe(true);
  });

  it.each([
    ["then", "the"],
    ["firm", "fire"],
    ["lighthouse", "light"],
    ["market", "marks"],
    ["international", "interned"],
    ["no", "not"],
  ])("%s is none of %s", (one, other) => {
    expect(isForm(one, other)).toBe(false);
    expect(isForm(other, one)).toBe(false);
  });
});
