import { fireEvent, screen } from "@testing-library/react";
import { anItem } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { describe, expect, it } from "vitest";
import "@/lib/i18n/imports";
import type { ImportItemVideo } from "@/types/video";
import { ItemRow } from "./ItemRow";

function show(changes: Partial<ImportItemVideo>, paused = false) {
  renderWithApp(
    <table>
      <tbody>
        <ItemRow
          item={anItem({}, changes)}
          state={paused ? "paused" : "running"}
          origin={null}
          index={0}
          top={0}
          height={72}
        />
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
