import { fireEvent, screen } from "@testing-library/react";
import { renderWithApp } from "@tests/render";
import { describe, expect, it } from "vitest";
import "@/lib/i18n/imports";
import type { ImportItem, ImportItemVideo } from "@/types/video";
import { ItemRow } from "./ItemRow";

const anItem = (changes: Partial<ImportItemVideo>): ImportItem => ({
  id: "item",
  line: 7,
  text: "https://youtu.be/dQw4w9WgXcQ",
  youtube_id: "dQw4w9WgXcQ",
  verdict: "new",
  reason_code: null,
  video_id: "v",
  parent_item_id: null,
  outcome: "waiting",
  video: {
    id: "v",
    list_id: "list",
    title: null,
    channel: null,
    thumbnail_url: "/api/thumbnails/x.jpg",
    import_stage: "created",
    import_progress: 0,
    error_code: null,
    captions_source: null,
    ...changes,
  },
});

function show(changes: Partial<ImportItemVideo>, paused = false) {
  renderWithApp(
    <table>
      <tbody>
        <ItemRow item={anItem(changes)} paused={paused} index={0} top={0} height={72} />
      </tbody>
    </table>,
  );
  return screen.getByRole("row").textContent;
}

describe("a line of an import", () => {
  it("promises a title only where one comes", () => {
    expect(show({})).toContain("Title followsImporting");
  });

  it.each([
    { import_stage: "error", error_code: "video_private" },
    { error_code: "import_cancelled" },
  ] as const)("names a video that will have none by its id: %o", (changes) => {
    const text = show(changes);
    expect(text).not.toContain("Title follows");
    expect(screen.getByRole("link", { name: "dQw4w9WgXcQ" })).toBeTruthy();
  });

  it("has a quiet picture where there is none", () => {
    show({ import_stage: "error", error_code: "video_deleted" });
    const image = screen.getByRole("row").querySelector("img") as HTMLImageElement;
    fireEvent.error(image);
    expect(screen.getByTestId("no-picture")).toBeTruthy();
    expect(screen.getByRole("row").querySelector("img")).toBeNull();
  });

  it("is paused while its import is", () => {
    expect(show({}, true)).toContain("Paused The import is paused.");
  });

  it("stays what it is, though its import is paused, when it is done", () => {
    expect(show({ title: "Rain", import_stage: "complete" }, true)).toContain("RainImported");
  });
});
