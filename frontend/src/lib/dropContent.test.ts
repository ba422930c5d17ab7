import { describe, expect, it } from "vitest";
import { canBeDropped, readFiles, readTransfer } from "./dropContent";

function transfer(data: Record<string, string>, files: File[] = []): DataTransfer {
  return {
    types: files.length > 0 ? ["Files"] : Object.keys(data),
    files,
    getData: (type: string) => data[type] ?? "",
  } as unknown as DataTransfer;
}

describe("reading what was dropped", () => {
  it("takes links, text, html and files, and leaves other things to the browser", () => {
    expect(canBeDropped(transfer({ "text/uri-list": "x" }))).toBe(true);
    expect(canBeDropped(transfer({}, [new File([], "a.txt")]))).toBe(true);
    expect(canBeDropped(transfer({ "application/x-moz-nodeinfo": "x" }))).toBe(false);
    expect(canBeDropped(null)).toBe(false);
  });

  it("prefers the link list, without its comments", () => {
    const dropped = transfer({
      "text/uri-list": "# a comment\r\nhttps://youtu.be/aaaaaaaaaa1\r\nhttps://youtu.be/bbbbbbbbbb2",
      "text/plain": "https://youtu.be/aaaaaaaaaa1",
    });
    expect(readTransfer(dropped).text).toBe("https://youtu.be/aaaaaaaaaa1\nhttps://youtu.be/bbbbbbbbbb2");
  });

  it("reads the links of a selection whose plain text has only their names", () => {
    const dropped = transfer({
      "text/plain": "First film Second film",
      "text/html":
        '<p><a href="https://youtu.be/aaaaaaaaaa1">First film</a> <a href="https://youtu.be/bbbbbbbbbb2">Second film</a></p>',
    });
    expect(readTransfer(dropped).text).toBe("https://youtu.be/aaaaaaaaaa1\nhttps://youtu.be/bbbbbbbbbb2");
  });

  it("keeps the plain text when the html knows no more", () => {
    const dropped = transfer({
      "text/plain": "https://youtu.be/aaaaaaaaaa1",
      "text/html": "<span>https://youtu.be/aaaaaaaaaa1</span>",
    });
    expect(readTransfer(dropped).text).toBe("https://youtu.be/aaaaaaaaaa1");
  });

  it("reads text files, also UTF-16 of spreadsheets, and names what is none", async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x62, 0]);
    const content = await readFiles([
      new File(["https://youtu.be/aaaaaaaaaa1"], "links.txt", { type: "text/plain" }),
      new File([utf16], "table.csv"),
      new File(["x"], "film.mp4", { type: "video/mp4" }),
    ]);
    expect(content).toEqual({ text: "https://youtu.be/aaaaaaaaaa1\nab", unreadable: ["film.mp4"] });
  });
});
