import { describe, expect, it } from "vitest";
import { asFileName, fileName } from "./files";

describe("the name of a file", () => {
  it("is the server's, in any script, however it is written", () => {
    expect(fileName('attachment; filename="videothek.json"')).toBe("videothek.json");
    expect(fileName("attachment; filename=videothek.csv")).toBe("videothek.csv");
    expect(fileName("attachment; filename=\"x.csv\"; filename*=UTF-8''K%C3%BCche.csv")).toBe("Küche.csv");
    expect(fileName("attachment; filename=\"x.csv\"; filename*=UTF-8''%E0%A4%A")).toBe("x.csv");
    expect(fileName("attachment")).toBeNull();
    expect(fileName(null)).toBeNull();
  });

  it("keeps people's words but not what no disk takes", () => {
    expect(asFileName("Rock/Pop: „beste“ *2026*.csv")).toBe("Rock-Pop- „beste“ -2026-.csv");
  });
});
