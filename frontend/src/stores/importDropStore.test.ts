import { describe, expect, it } from "vitest";
import { useImportDropStore } from "./importDropStore";

const store = () => useImportDropStore.getState();

describe("the drop store", () => {
  it("keeps a drop's text until the server has confirmed it", () => {
    const id = store().begin("list", "https://youtu.be/dQw4w9WgXcQ");
    expect(store().drops).toMatchObject([{ id, state: "sending", linkCount: 1 }]);
    store().confirmed(id);
    expect(store().drops).toEqual([]);
  });

  it("keeps what failed, with its reason, next to what goes well", () => {
    const first = store().begin("list", "https://youtu.be/dQw4w9WgXcQ https://youtu.be/aaaaaaaaaa1");
    const second = store().begin("list", "https://youtu.be/bbbbbbbbbb2");
    store().failed(first, "offline");
    store().confirmed(second);
    expect(store().drops).toMatchObject([
      {
        id: first,
        state: "failed",
        reason: "offline",
        linkCount: 2,
        text: expect.stringContaining("dQw4w9WgXcQ"),
      },
    ]);
  });

  it("brings back after a reload what was under way, as not confirmed", async () => {
    store().begin("list", "https://youtu.be/dQw4w9WgXcQ");
    const stored = sessionStorage.getItem("videothek.drops");
    useImportDropStore.setState({ drops: [] });
    sessionStorage.setItem("videothek.drops", stored ?? "");
    await useImportDropStore.persist.rehydrate();
    expect(store().drops).toMatchObject([{ state: "failed", text: "https://youtu.be/dQw4w9WgXcQ" }]);
  });

  it("does not fill the tab's storage with huge drops", () => {
    store().begin("list", "x".repeat(1_500_000));
    expect(sessionStorage.getItem("videothek.drops")?.length).toBeLessThan(1000);
    expect(store().drops).toHaveLength(1);
  });

  it("brings back what was being looked at as not confirmed, files only while the tab lives", async () => {
    const options = { list_id: "list", groups: [1] };
    const looked = { options, youtubeIds: ["dQw4w9WgXcQ"] };
    store().ask("list", { text: "https://youtu.be/dQw4w9WgXcQ", files: [] }, looked);
    store().ask("list", { text: "", files: [new File(["x"], "a.zip")] });
    expect(store().drops).toHaveLength(2);
    const stored = sessionStorage.getItem("videothek.drops");
    useImportDropStore.setState({ drops: [] });
    sessionStorage.setItem("videothek.drops", stored ?? "");
    await useImportDropStore.persist.rehydrate();
    expect(store().drops).toMatchObject([
      { state: "failed", reason: "not_confirmed", files: [], chosen: looked },
    ]);
  });
});
