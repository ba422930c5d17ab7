import { screen } from "@testing-library/react";
import { renderWithApp } from "@tests/render";
import { describe, expect, it } from "vitest";
import type { Hovering } from "@/lib/dropContent";
import { i18n } from "@/lib/i18n";
import DropOverlay, { hoverWords } from "./DropOverlay";

const files = (count: number, unreadable = 0): Hovering => ({ kind: "files", count, unreadable });

describe("the words over a drop", () => {
  it.each([
    [{ kind: "link" }, "A link will be added.", "Ein Link wird hinzugefügt."],
    [{ kind: "text" }, "Selected text: every link in it.", "Markierter Text: alle Links darin."],
    [files(1), "1 file will be read, every link in it.", "1 Datei wird gelesen, alle Links darin."],
    [
      files(1200),
      "1,200 files will be read, every link in them.",
      "1.200 Dateien werden gelesen, alle Links darin.",
    ],
    [files(0), "Files will be read, every link in them.", "Dateien werden gelesen, alle Links darin."],
    [
      files(2, 1),
      "1 of 2 files will be read. The rest has no links.",
      "1 von 2 Dateien wird gelesen. Im Rest sind keine Links.",
    ],
  ] as [Hovering, string, string][])("say of %j what will happen", async (hovering, english, german) => {
    expect(hoverWords(hovering, i18n.t, "en")).toBe(english);
    await i18n.changeLanguage("de");
    expect(hoverWords(hovering, i18n.t, "de")).toBe(german);
  });

  it("name the list", () => {
    renderWithApp(<DropOverlay listName="Talks" hovering={{ kind: "link" }} />);
    expect(screen.getByText("Drop to add to “Talks”")).toBeDefined();
  });

  it("promise nothing for what can't be read", () => {
    renderWithApp(<DropOverlay listName="Talks" hovering={files(2, 2)} />);
    expect(screen.getByText("There are no links in this")).toBeDefined();
    expect(screen.queryByText(/Talks/)).toBeNull();
  });
});
