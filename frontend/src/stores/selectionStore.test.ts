import { describe, expect, it, vi } from "vitest";
import { SelectionStore } from "./selectionStore";

const order = ["a", "b", "c", "d", "e"];
const chosen = (store: SelectionStore) => [...store.ids()].sort().join("");

describe("the selection", () => {
  it("begins with the first and ends with the last box", () => {
    const store = new SelectionStore();
    store.toggle("a");
    store.toggle("b");
    expect([chosen(store), store.isOn()]).toEqual(["ab", true]);
    store.toggle("a");
    store.toggle("b");
    expect([chosen(store), store.isOn()]).toEqual(["", false]);
  });

  it("takes in a range from where it began, and a second range from there replaces the first", () => {
    const store = new SelectionStore();
    store.toggle("b");
    store.extendTo("e", order);
    expect(chosen(store)).toBe("bcde");
    store.extendTo("a", order);
    expect(chosen(store)).toBe("ab");
  });

  it("keeps what was chosen before a range elsewhere", () => {
    const store = new SelectionStore();
    store.toggle("a");
    store.toggle("d");
    store.extendTo("e", order);
    expect(chosen(store)).toBe("ade");
  });

  it("extends by keys from the focused tile when nothing was chosen yet", () => {
    const store = new SelectionStore();
    store.extendTo("c", order, "b");
    store.extendTo("d", order, "c");
    expect(chosen(store)).toBe("bcd");
  });

  it("takes only the tile itself when its beginning is not shown any more", () => {
    const store = new SelectionStore();
    store.toggle("gone");
    store.extendTo("b", order);
    expect(store.has("b")).toBe(true);
    expect(store.has("a")).toBe(false);
  });

  it("can begin with nothing, chooses all, and is cleared", () => {
    const store = new SelectionStore();
    store.begin();
    expect([store.isOn(), chosen(store)]).toEqual([true, ""]);
    store.choose(order);
    expect(chosen(store)).toBe("abcde");
    store.clear();
    expect([store.isOn(), chosen(store)]).toEqual([false, ""]);
  });

  it("loses what is gone, and ends with it", () => {
    const store = new SelectionStore();
    store.choose(["a", "b"]);
    store.keepOnly(new Set(["b", "c"]));
    expect(chosen(store)).toBe("b");
    store.keepOnly(new Set());
    expect(store.isOn()).toBe(false);
  });

  it("is silent when nothing changes, and answers with the same set", () => {
    const store = new SelectionStore();
    store.toggle("a");
    const before = store.ids();
    const heard = vi.fn();
    store.subscribe(heard);
    store.keepOnly(new Set(["a"]));
    expect(heard).not.toHaveBeenCalled();
    expect(store.ids()).toBe(before);
  });
});
