import { describe, expect, it } from "vitest";
import { canBeDropped, describeHovering, readDropped, readFiles, readTransfer } from "./dropContent";

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
    expect(content).toEqual({
      text: "https://youtu.be/aaaaaaaaaa1\nab",
      unreadable: ["film.mp4"],
      tooLarge: [],
    });
  });

  it("looks into files of no known type, and names folders and what is not text", async () => {
    const folder = new File([], "Movies");
    folder.arrayBuffer = () => Promise.reject(new DOMException("", "NotFoundError"));
    const content = await readFiles([
      new File(["https://youtu.be/aaaaaaaaaa1"], "links"),
      new File([new Uint8Array([80, 75, 0, 4])], "archive"),
      folder,
    ]);
    expect(content).toEqual({
      text: "https://youtu.be/aaaaaaaaaa1",
      unreadable: ["archive", "Movies"],
      tooLarge: [],
    });
  });

  it("does not read a file that is larger than an import may be", async () => {
    const large = new File(["x"], "all.txt");
    Object.defineProperty(large, "size", { value: 20_000_001 });
    expect(await readFiles([large])).toEqual({ text: "", unreadable: [], tooLarge: ["all.txt"] });
  });

  it("takes the link of a dragged picture and says nothing of the picture's own file", async () => {
    const picture = new File(["x"], "hqdefault.jpg", { type: "image/jpeg" });
    const dropped = transfer(
      {
        "text/uri-list": "https://i.ytimg.com/vi/aaaaaaaaaa1/hqdefault.jpg",
        "text/html": '<a href="https://youtu.be/aaaaaaaaaa1"><img src="x.jpg"></a>',
      },
      [picture],
    );
    expect(await readDropped(readTransfer(dropped))).toEqual({
      text: "https://youtu.be/aaaaaaaaaa1",
      unreadable: [],
      tooLarge: [],
    });
  });

  it("takes text and files of one drop, but the same links only once", async () => {
    const file = (text: string) => new File([text], "a.txt", { type: "text/plain" });
    const both = await readDropped({
      text: "https://youtu.be/bbbbbbbbbb2",
      files: [file("https://youtu.be/aaaaaaaaaa1")],
    });
    expect(both.text).toBe("https://youtu.be/bbbbbbbbbb2\nhttps://youtu.be/aaaaaaaaaa1");
    const shortcut = await readDropped({
      text: "https://youtu.be/aaaaaaaaaa1",
      files: [file("URL=https://youtu.be/aaaaaaaaaa1")],
    });
    expect(shortcut.text).toBe("URL=https://youtu.be/aaaaaaaaaa1");
  });

  it("does not take where a file lies for a link", () => {
    const dropped = transfer({
      "text/uri-list": "file:///home/me/a.txt",
      "text/plain": "file:///home/me/a.txt",
    });
    expect(readTransfer(dropped).text).toBe("");
  });
});

describe("what can be told while something hovers", () => {
  const hover = (types: string[], files: string[] = []) =>
    describeHovering({
      types,
      items: files.map((type) => ({ kind: "file", type })) as unknown as DataTransferItemList,
    });

  it("is the kind, and of files the number and how many are surely no text", () => {
    expect(hover(["text/uri-list", "text/plain"])).toEqual({ kind: "link" });
    expect(hover(["text/plain", "text/html"])).toEqual({ kind: "text" });
    expect(hover(["Files"], ["text/csv", "", "video/mp4"])).toEqual({
      kind: "files",
      count: 3,
      unreadable: 1,
    });
    expect(hover(["Files"])).toEqual({ kind: "files", count: 0, unreadable: 0 });
  });

  it("is a link when a page's picture is dragged with its file", () => {
    expect(hover(["text/uri-list", "text/html", "Files"], ["image/jpeg"])).toEqual({ kind: "link" });
  });
});
