import { aVideo } from "@tests/factories";
import { describe, expect, it } from "vitest";
import { type LibraryRows, withoutVideos, withRestored } from "./rows";

const row = (name: string) => aVideo({ youtube_id: name });
const rowsOf = (names: string): LibraryRows => ({ items: [...names].map(row), total: names.length });
const ids = (names: string) => new Set([...names].map((name) => `id-${name}`));
const names = (rows: LibraryRows) => rows.items.map((one) => one.youtube_id).join("");

describe("rows that were taken out", () => {
  it.each(["abcde", "ab", "e", "bd", "ace"])("come back to their places: %s", (gone) => {
    const before = rowsOf("abcde");
    const without = withoutVideos(before, ids(gone));
    expect(without.total).toBe(5 - gone.length);
    const after = withRestored(without, before.items, ids(gone));
    expect(names(after)).toBe("abcde");
    expect(after.total).toBe(5);
  });

  it("come back between rows that arrived or went meanwhile", () => {
    const before = rowsOf("abcde");
    const now = rowsOf("XYbe");
    expect(names(withRestored(now, before.items, ids("ad")))).toBe("XYabde");
  });

  it("are not there twice when they came back by themselves", () => {
    const before = rowsOf("abc");
    expect(names(withRestored(rowsOf("abc"), before.items, ids("b")))).toBe("abc");
  });

  it("come back in front of nothing when everything else is gone", () => {
    const before = rowsOf("abc");
    expect(names(withRestored(rowsOf(""), before.items, ids("ac")))).toBe("ac");
  });
});
