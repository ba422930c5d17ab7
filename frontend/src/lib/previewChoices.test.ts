import { describe, expect, it } from "vitest";
import type { Preview, PreviewItem, VideoList } from "@/types/video";
import {
  type Choices,
  comesBackAsLists,
  fates,
  filledGroups,
  importOptions,
  itemsOfChoice,
  leftOutOf,
  NO_CHANGES,
  newVideosOf,
  planOf,
  previewOptions,
  shownItems,
  sourceKind,
  suggestedName,
  UNGROUPED,
} from "./previewChoices";

const LISTS: VideoList[] = [
  { id: "l1", name: "Watch later", video_count: 0 },
  { id: "l2", name: "Music", video_count: 0 },
];
const item = (position: number, changes: Partial<PreviewItem> = {}): PreviewItem => ({
  position,
  line: position + 1,
  text: `https://youtu.be/video${position}`,
  youtube_id: `video${position}`,
  verdict: "new",
  reason_code: null,
  group: null,
  ...changes,
});
const group = (name: string, list_id: string | null = null) => ({
  name,
  item_count: 1,
  video_count: 1,
  list_id,
});
/** Two playlists, one line beside them; the third line is the first video again. */
const ITEMS = [
  item(0, { group: 0 }),
  item(1, { group: 0, verdict: "duplicate" }),
  item(2, { group: 1, youtube_id: "video0", verdict: "repeated" }),
  item(3, { group: 1 }),
  item(4, { youtube_id: null, verdict: "playlist", reason_code: "playlist" }),
];
const PREVIEW: Preview = {
  format: "takeout_archive",
  counts: { new: 2, duplicate: 1, repeated: 1, rejected: 0, playlist: 1 },
  groups: [group("Music", "l2"), group("Astronomy")],
  items: ITEMS,
};
const choose = (changes: Partial<Choices> = {}): Choices => ({
  target: { listId: "l1" },
  ...NO_CHANGES,
  ...changes,
});

describe("what is sent", () => {
  it("is only what was chosen", () => {
    expect(importOptions(choose(), LISTS, PREVIEW)).toEqual({ list_id: "l1" });
    const choices = choose({ split: true, groups: new Set([1]), dropped: new Set([3]) });
    expect(importOptions(choices, LISTS, PREVIEW)).toEqual({
      list_id: "l1",
      split_into_lists: true,
      groups: [1],
      skip: [3],
    });
  });

  it("is a new list by its name, or the one that has the name", () => {
    const named = (newName: string) => importOptions(choose({ target: { newName } }), LISTS, PREVIEW);
    expect(named("  Old ones ")).toEqual({ new_list_name: "Old ones" });
    expect(named("watch  LATER")).toEqual({ list_id: "l1" });
  });

  it("asks the same preview whatever a new list is called and whatever is left out", () => {
    const asked = (changes: Partial<Choices>) => JSON.stringify(previewOptions(choose(changes), LISTS));
    const target = { newName: "A" };
    expect(asked({ target })).toBe(asked({ target: { newName: "Another" }, dropped: new Set([1]) }));
    expect(asked({ target })).not.toBe(asked({}));
  });

  it("leaves out the parts that are not wanted where the rest can't be asked for alone", () => {
    const choices = choose({ groups: new Set([1, UNGROUPED]) });
    expect(previewOptions(choices, LISTS)).toEqual({ list_id: "l1" });
    expect(itemsOfChoice(PREVIEW, choices).map(({ position }) => position)).toEqual([2, 3, 4]);
    expect(importOptions(choices, LISTS, PREVIEW)).toEqual({ list_id: "l1", skip: [0, 1] });
  });
});

describe("a line that is left out", () => {
  it("takes along where the same video is given again, or that one would take its place", () => {
    expect([...leftOutOf(ITEMS, { dropped: new Set([0]), split: false })]).toEqual([0, 2]);
    // Of another list it is not the same.
    expect([...leftOutOf(ITEMS, { dropped: new Set([0]), split: true })]).toEqual([0]);
  });

  it("is counted as such; all lines add up", () => {
    const counts = fates(ITEMS, new Set([0, 2]));
    expect(counts).toEqual({ new: 1, playlist: 1, duplicate: 1, repeated: 0, rejected: 0, left_out: 2 });
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(ITEMS.length);
  });
});

describe("what will happen", () => {
  it("is so many videos and playlists in so many lists", () => {
    const plan = (videos: number, playlists: number, lists: number) => ({
      videos,
      playlists,
      channels: 0,
      lists,
    });
    expect(planOf(ITEMS, new Set(), false)).toEqual(plan(2, 1, 1));
    expect(planOf(ITEMS, new Set(), true)).toEqual(plan(2, 1, 3));
    expect(planOf(ITEMS, new Set([3, 4]), true)).toEqual(plan(1, 0, 1));
    expect(planOf([], new Set(), true)).toEqual(plan(0, 0, 0));
  });

  it("tells a channel from a playlist", () => {
    const channel = item(5, { youtube_id: null, verdict: "playlist", reason_code: "channel" });
    expect(planOf([...ITEMS, channel], new Set(), false)).toMatchObject({ playlists: 1, channels: 1 });
    expect([ITEMS, [channel], [...ITEMS, channel]].map(sourceKind)).toEqual([
      "playlist",
      "channel",
      "source",
    ]);
  });

  it("fills no list with lines that are no videos or left out", () => {
    const rejected = item(5, { youtube_id: null, verdict: "rejected", group: 2 });
    expect([...filledGroups([...ITEMS, rejected], new Set())]).toEqual([0, 1]);
    expect([...filledGroups(ITEMS, new Set([2, 3]))]).toEqual([0]);
  });

  it("is the same lists again for what was taken along, and one list for anything else", () => {
    expect(comesBackAsLists({ ...PREVIEW, format: "videothek" })).toBe(true);
    expect(comesBackAsLists({ ...PREVIEW, format: "videothek", groups: [group("Music")] })).toBe(false);
    expect(comesBackAsLists(PREVIEW)).toBe(false);
  });

  it("is tiles of the list that is looked at, and of no other", () => {
    const tiles = (listId: string, split: boolean) =>
      newVideosOf(listId, ITEMS, PREVIEW.groups, new Set(), { target: "l1", split });
    expect(tiles("l1", false)).toEqual(["video0", "video3"]);
    expect(tiles("l2", false)).toEqual([]);
    expect(tiles("l2", true)).toEqual(["video0"]);
    expect(tiles("l1", true)).toEqual([]);
  });
});

describe("lines to be seen", () => {
  it("are of one kind and hold the words", () => {
    const shown = (fate: "new" | null, search: string) =>
      shownItems(ITEMS, new Set([3]), { fate, search }).map(({ position }) => position);
    expect(shown("new", "")).toEqual([0]);
    expect(shown(null, "VIDEO3")).toEqual([3]);
    expect(shownItems(ITEMS, new Set(), { fate: null, search: " " })).toBe(ITEMS);
  });
});

describe("a new list's name", () => {
  it("is that of the one playlist or file", () => {
    expect(suggestedName(["x.csv"], [group("Astronomy")])).toBe("Astronomy");
    expect(suggestedName(["my_old-videos.csv"], [])).toBe("my old-videos");
    expect(suggestedName(["takeout-20260301T101500Z-001.zip"], PREVIEW.groups)).toBe("Google Takeout");
    expect(suggestedName([], [])).toBe("");
  });
});
