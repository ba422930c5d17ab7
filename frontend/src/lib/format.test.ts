import { describe, expect, it } from "vitest";
import { localDate } from "./format";

describe("a date in the name of a file", () => {
  it("is the person's, also shortly after midnight and before it", () => {
    expect(localDate(new Date(2026, 2, 5, 0, 1).toISOString())).toBe("2026-03-05");
    expect(localDate(new Date(2026, 2, 5, 23, 59).toISOString())).toBe("2026-03-05");
  });
});
