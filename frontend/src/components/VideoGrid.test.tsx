import { act, fireEvent } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aFrame, anEvent, asNew, aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LibraryRows, VideoRow } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import { selectionStore } from "@/stores/selectionStore";
import { VideoGrid } from "./VideoGrid";

/** Each tile asks for its progress once per render: that is counted. */
const renders = vi.hoisted(() => new Map<string, number>());
vi.mock("@/hooks/useImportProgress", async (original) => {
  const actual = await original<typeof import("@/hooks/useImportProgress")>();
  return {
    ...actual,
    useImportProgress: (video: VideoRow) => {
      renders.set(video.youtube_id, (renders.get(video.youtube_id) ?? 0) + 1);
      return actual.useImportProgress(video);
    },
  };
});

const rows = (count: number, changes: Partial<VideoRow> = {}): LibraryRows => ({
  items: Array.from({ length: count }, (_, i) => aVideo({ youtube_id: `v${i}`, title: `T${i}`, ...changes })),
  total: count,
});
const NONE: ReadonlySet<string> = new Set();
const onRemove = vi.fn();
const onRetry = vi.fn();
const grid = (list: LibraryRows, paused = NONE) => (
  <VideoGrid
    rows={list}
    label="Videos"
    density="comfortable"
    pausedImports={paused}
    onRemove={onRemove}
    onRetry={onRetry}
  />
);

/** jsdom has no layout: four columns in a window of 800 px. */
function show(list: LibraryRows) {
  const view = renderWithApp(grid(list));
  renders.clear();
  return view;
}
const rendered = () => Object.fromEntries(renders);
const tile = (index: number) =>
  document.querySelector<HTMLElement>(`[data-youtube-id="v${index}"] a`) as HTMLElement;
const items = () => document.querySelectorAll("[role=listitem]");
const chosen = () => [...selectionStore.ids()].sort();
const focus = (index: number) => act(() => tile(index).focus());

beforeEach(() => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 64, 1000, 800));
  Element.prototype.scrollIntoView = vi.fn();
  window.innerHeight = 800;
  onRemove.mockClear();
});
afterEach(() => act(() => selectionStore.clear()));

describe("the grid", () => {
  it("renders a tile for its own events only", () => {
    show(rows(20, asNew));
    act(() => {
      importProgressStore.receive(
        aFrame(1, { videos: [3, 5].map((i) => anEvent({ video_id: `id-v${i}`, youtube_id: `v${i}` })) }),
      );
      importProgressStore.flush();
    });
    expect(rendered()).toEqual({ v3: 1, v5: 1 });
  });

  it("renders the tile that is chosen, and with the first one no other", async () => {
    show(rows(20));
    act(() => selectionStore.toggle("id-v2"));
    expect(rendered()).toEqual({ v2: 1 });
    act(() => selectionStore.toggle("id-v4"));
    expect(rendered()).toEqual({ v2: 1, v4: 1 });
    act(() => selectionStore.clear());
    expect(rendered()).toEqual({ v2: 2, v4: 2 });
  });

  it("renders only the tile that the focus leaves and the one it comes to", () => {
    show(rows(20));
    focus(0);
    renders.clear();
    fireEvent.keyDown(tile(0), { key: "ArrowRight" });
    expect(document.activeElement).toBe(tile(1));
    expect(rendered()).toEqual({ v0: 1, v1: 1 });
  });

  it("renders no old tile when new ones come in front of them", () => {
    const old = rows(8);
    const { rerender } = show(old);
    rerender(grid({ items: [aVideo({ youtube_id: "new" }), ...old.items], total: 9 }));
    expect(rendered()).toEqual({ new: 1 });
  });

  it("renders the tiles of an import that is paused, and no others", () => {
    const list = rows(8, asNew);
    list.items[2] = { ...list.items[2], import_id: "i" } as VideoRow;
    const { rerender } = show(list);
    renders.clear();
    rerender(grid(list, new Set(["i"])));
    expect(rendered()).toEqual({ v2: 1 });
  });

  it("draws some dozen of 10,000", () => {
    show(rows(10_000));
    expect(items().length).toBeLessThan(60);
    expect(items()[0]?.getAttribute("aria-setsize")).toBe("10000");
  });

  it("is one stop of the Tab key, and the tile that was left is where it comes back to", async () => {
    show(rows(20));
    const stops = () => [...document.querySelectorAll("a")].filter((one) => one.tabIndex === 0);
    expect(stops()).toEqual([]);
    await userEvent.tab();
    expect([document.activeElement, stops()]).toEqual([tile(0), [tile(0)]]);
    focus(5);
    expect(stops()).toEqual([tile(5)]);
  });

  it.each([
    ["ArrowRight", 6],
    ["ArrowLeft", 4],
    ["ArrowDown", 9],
    ["ArrowUp", 1],
    ["Home", 0],
  ])("goes with %s from the sixth tile to index %i", (key, to) => {
    show(rows(20));
    focus(5);
    fireEvent.keyDown(tile(5), { key });
    expect(document.activeElement).toBe(tile(to));
  });

  it("chooses by Space and by x, and extends with Shift and arrows", () => {
    show(rows(20));
    focus(1);
    fireEvent.keyDown(tile(1), { key: " " });
    expect(chosen()).toEqual(["id-v1"]);
    fireEvent.keyDown(tile(1), { key: "ArrowRight", shiftKey: true });
    fireEvent.keyDown(tile(2), { key: "ArrowRight", shiftKey: true });
    expect(chosen()).toEqual(["id-v1", "id-v2", "id-v3"]);
    fireEvent.keyDown(tile(3), { key: "ArrowLeft", shiftKey: true });
    expect(chosen()).toEqual(["id-v1", "id-v2"]);
    fireEvent.keyDown(tile(2), { key: "x" });
    expect(chosen()).toEqual(["id-v1"]);
  });

  it("chooses all with Ctrl+A, and none with Escape", () => {
    show(rows(20));
    focus(1);
    fireEvent.keyDown(tile(1), { key: "a", ctrlKey: true });
    expect(chosen()).toHaveLength(20);
    fireEvent.keyDown(tile(1), { key: "Escape" });
    expect([chosen(), selectionStore.isOn()]).toEqual([[], false]);
  });

  it("removes with Delete the focused one, or all that are chosen", () => {
    show(rows(20));
    focus(4);
    fireEvent.keyDown(tile(4), { key: "Delete" });
    expect(onRemove.mock.calls).toEqual([[["id-v4"]]]);
    act(() => selectionStore.choose(["id-v1", "id-v2"]));
    fireEvent.keyDown(tile(4), { key: "Delete" });
    expect(onRemove.mock.lastCall).toEqual([["id-v1", "id-v2"]]);
    expect(onRemove).toHaveBeenCalledTimes(2);
  });

  it("gives the focus of a removed tile to the one that takes its place", () => {
    const list = rows(20);
    const { rerender } = show(list);
    focus(4);
    rerender(grid({ items: list.items.filter((_, i) => i !== 4), total: 19 }));
    expect(document.activeElement).toBe(tile(5));
  });

  it("chooses by Ctrl, takes a range by Shift, and by a plain click while something is chosen", async () => {
    show(rows(20));
    const user = userEvent.setup();
    await user.keyboard("{Control>}");
    await user.click(tile(1));
    await user.keyboard("{/Control}{Shift>}");
    await user.click(tile(3));
    await user.keyboard("{/Shift}");
    expect(chosen()).toEqual(["id-v1", "id-v2", "id-v3"]);
    await user.click(tile(2));
    expect(chosen()).toEqual(["id-v1", "id-v3"]);
    const [box] = document.querySelectorAll("[data-youtube-id=v9] [role=checkbox]");
    await user.keyboard("{Shift>}");
    await user.click(box as HTMLElement);
    expect(chosen()).toHaveLength(9);
  });

  it("begins to choose with a long press, whose end is not a click; a moving finger scrolls", () => {
    vi.useFakeTimers();
    show(rows(20));
    const press = (x = 0) => fireEvent.pointerDown(tile(1), { pointerType: "touch", clientX: x });
    press();
    fireEvent.pointerMove(tile(1), { clientX: 0, clientY: 40 });
    act(() => vi.advanceTimersByTime(600));
    expect(chosen()).toEqual([]);
    press();
    act(() => vi.advanceTimersByTime(600));
    expect(chosen()).toEqual(["id-v1"]);
    fireEvent.pointerUp(tile(1));
    expect(fireEvent.click(tile(1), { detail: 1 })).toBe(false);
    expect(chosen()).toEqual(["id-v1"]);
    vi.useRealTimers();
  });

  it("lets go of what is no longer shown", () => {
    const list = rows(20);
    const { rerender } = show(list);
    act(() => selectionStore.choose(["id-v1", "id-v19"]));
    rerender(grid({ items: list.items.slice(0, 10), total: 10 }));
    expect(chosen()).toEqual(["id-v1"]);
  });
});
