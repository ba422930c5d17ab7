import { describe, expect, it } from "vitest";
import { excerpt } from "./excerpt";

const plain = (text: string) => ({ text, marked: false });
const found = (text: string) => ({ text, marked: true });
const joined = (parts: { text: string }[]) => parts.map((part) => part.text).join("");

describe("an excerpt", () => {
  it("is the text itself where it is short", () => {
    const parts = [plain("a fire on the "), found("wrong"), plain(" hill")];
    expect(excerpt(parts)).toEqual(parts);
  });

  it("keeps the first match of a megabyte in view, with the words before it", () => {
    const parts = [plain("before ".repeat(80_000)), found("wrong"), plain(" after".repeat(80_000))];
    const cut = excerpt(parts);
    expect(cut.find((part) => part.marked)?.text).toBe("wrong");
    expect(joined(cut).length).toBeLessThan(330);
    expect(joined(cut)).toMatch(/^….*before wrong after.*…$/);
  });

  it("cuts a match that is longer than anybody reads", () => {
    const cut = excerpt([found("x".repeat(1_000_000))]);
    expect(joined(cut)).toHaveLength(321);
  });

  it("never shows half of a sign, nor signs that cannot be seen", () => {
    const cut = excerpt([plain("🗼".repeat(500)), found("wrong"), plain("🗼".repeat(500))]);
    expect(joined(cut)).not.toMatch(/\p{Surrogate}/u);
    expect(excerpt([plain("a\u0000\u0007b\nc")])).toEqual([plain("ab\nc")]);
  });
});
