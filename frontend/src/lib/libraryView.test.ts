import { asNew, aVideo } from "@tests/factories";
import { describe, expect, it } from "vitest";
import type { Video } from "@/types/video";
import {
  asFilter,
  asSort,
  type Filter,
  LibraryView,
  type Sort,
  sortKey,
  type ViewFacts,
} from "./libraryView";
import { progressOf } from "./progress";
import { pendingRow, type VideoRow } from "./rows";

const facts: ViewFacts = { progressOf, pausedLanes: [], pausedImports: new Set(), now: new Date() };
const row = (name: string, changes: Partial<Video> = {}): VideoRow =>
  aVideo({ youtube_id: name, ...changes });
const fetching = { import_stage: "metadata", import_progress: 25, captions_source: null } as const;
const error = { import_stage: "error", error_code: "video_private" } as const;
const mixed = () => [
  row("new", asNew),
  row("fetching", fetching),
  row("premiere", { ...fetching, error_code: "video_upcoming" }),
  row("stopped", { ...fetching, error_code: "import_cancelled" }),
  row("done"),
  row("mute", { captions_source: "none" }),
  row("gone", error),
];

function looker(filter: Filter, sort: Sort = "newest") {
  const view = new LibraryView(filter, sort);
  return (items: VideoRow[], more: Partial<ViewFacts> = {}, total = items.length) =>
    view.look({ items, total }, { ...facts, ...more });
}
const names = ({ items }: { items: VideoRow[] }) => items.map((one) => one.youtube_id).join(" ");

describe("a list as somebody wants to see it", () => {
  it("counts each video once", () => {
    expect(looker("all")(mixed()).counts?.()).toEqual({
      all: 7,
      importing: 2,
      waiting: 2,
      complete: 1,
      without_captions: 1,
      unavailable: 1,
    });
  });

  it.each([
    ["all", "new fetching premiere stopped done mute gone"],
    ["importing", "new fetching"],
    ["waiting", "premiere stopped"],
    ["complete", "done"],
    ["without_captions", "mute"],
    ["unavailable", "gone"],
  ] as const)("shows %s", (filter, expected) => {
    expect(names(looker(filter)(mixed()))).toBe(expected);
  });

  it("takes what is paused for waiting, by lane and by import", () => {
    const items = [row("a", { ...fetching, import_id: "i" }), row("b", { ...fetching, import_id: "j" })];
    expect(names(looker("waiting")(items, { pausedImports: new Set(["i"]) }))).toBe("a");
    expect(names(looker("waiting")(items, { pausedLanes: ["timedtext"] }))).toBe("a b");
  });

  it("keeps what stops matching where it is, and takes in what begins to match", () => {
    const look = looker("importing");
    const items = mixed();
    expect(names(look(items))).toBe("new fetching");
    const later = items.map((one) => (one.youtube_id === "new" ? row("new") : one));
    later[2] = row("premiere", fetching);
    const view = look(later);
    expect(names(view)).toBe("new fetching premiere");
    expect(view.counts?.()).toMatchObject({ importing: 2, complete: 2 });
    // Chosen again, it is decided anew.
    expect(names(looker("importing")(later))).toBe("fetching premiere");
  });

  it("lets go of what is not in the list any more", () => {
    const look = looker("importing");
    look(mixed());
    expect(names(look(mixed().slice(1)))).toBe("fetching");
  });

  it("shows what was dropped a moment ago under any filter", () => {
    const look = looker("complete");
    expect(names(look([pendingRow("list", "dropped"), ...mixed()]))).toBe("dropped done");
    expect(names(look([row("dropped", asNew), ...mixed()]))).toBe("dropped done");
  });

  it("answers with the same rows while nothing changed", () => {
    const look = looker("importing", "title");
    const items = mixed();
    expect(look(items).items).toBe(look(items).items);
  });

  it.each([
    ["oldest", "c b a"],
    ["title", "b c a"],
    ["channel", "c a b"],
    ["longest", "b a c"],
    ["shortest", "c a b"],
  ] as const)("sorts by %s", (sort, expected) => {
    const items = [
      row("a", { title: "Zebra", channel: "Mitte", duration_seconds: 200 }),
      row("b", { title: "„Äpfel“", channel: "Öl", duration_seconds: 300 }),
      row("c", { title: "Birnen", channel: "April", duration_seconds: 100 }),
    ];
    expect(names(looker("all", sort)(items))).toBe(expected);
  });

  it("puts new ones without a title in front and leaves them there when it comes; lost ones go last", () => {
    const look = looker("all", "title");
    const items = [row("new", asNew), row("lost", { ...asNew, ...error }), row("b", { title: "B" })];
    expect(names(look(items))).toBe("new b lost");
    const titled = [row("new", { ...fetching, title: "Z" }), ...items.slice(1)];
    expect(names(look(titled))).toBe("new b lost");
    expect(names(looker("all", "title")(titled))).toBe("b new lost");
  });

  it("has no order but the server's, and no counts, before all rows are there", () => {
    const half = looker("all", "title")(mixed(), {}, 20);
    expect([half.items.length, half.total, half.counts]).toEqual([0, 20, null]);
    expect(looker("importing")(mixed(), {}, 20)).toMatchObject({ total: 2, counts: null });
    expect(looker("all")(mixed(), {}, 20)).toMatchObject({ total: 20, counts: null });
  });

  it("sorts titles as people do: without marks, by the size of numbers", () => {
    const sorted = ["Teil 10", "teil 9", "Ärger", "Arbeit", "straße", "Strasse 2"].sort((a, b) =>
      sortKey(a) < sortKey(b) ? -1 : 1,
    );
    expect(sorted).toEqual(["Arbeit", "Ärger", "straße", "Strasse 2", "teil 9", "Teil 10"]);
  });

  it("takes an address it does not know for the usual", () => {
    expect([asFilter("waiting"), asFilter("nonsense"), asFilter(null)]).toEqual(["waiting", "all", "all"]);
    expect([asSort("title"), asSort("nonsense")]).toEqual(["title", null]);
  });
});
