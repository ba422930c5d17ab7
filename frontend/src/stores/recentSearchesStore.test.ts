import { beforeEach, describe, expect, it } from "vitest";
import { useRecentSearchesStore } from "./recentSearchesStore";

const store = () => useRecentSearchesStore.getState();

describe("recent searches", () => {
  beforeEach(() => store().clear());

  it("are the last eight, each of them once", () => {
    for (const query of "abcdefghij") store().add(query);
    store().add(" E ");
    expect(store().recent).toEqual(["E", "j", "i", "h", "g", "f", "d", "c"]);
  });

  it("hold no beginnings of what was typed after them", () => {
    store().add("fire");
    store().add("light");
    store().add("lighthouse keeper");
    store().add("  ");
    expect(store().recent).toEqual(["lighthouse keeper", "fire"]);
  });

  it("can be forgotten", () => {
    store().add("fire");
    store().add("sea");
    store().forget("fire");
    expect(store().recent).toEqual(["sea"]);
  });
});
