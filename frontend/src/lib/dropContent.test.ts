import { describe, expect, it } from "vitest";
import { canBeDropped, describeHovering, readTransfer, takeDropped } from "./dropContent";

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

  it("takes every file that may hold links as it is, and names pictures, films and folders", async () => {
    const folder = new File([], "Movies");
    folder.arrayBuffer = () => Promise.reject(new DOMException("", "NotFoundError"));
    const bytes = new Uint8Array([0x50, 0x4b, 0, 4]);
    const content = await takeDropped({
      text: "",
      files: [
        new File([bytes], "takeout.zip", { type: "application/zip" }),
        new File(["x"], "film.mp4", { type: "video/mp4" }),
        folder,
        new File(["{}"], "freetube.db"),
      ],
    });
    expect(content.files.map((file) => file.name)).toEqual(["takeout.zip", "freetube.db"]);
    expect(new Uint8Array((await content.files[0]?.arrayBuffer()) ?? [])).toEqual(bytes);
    expect(content).toMatchObject({ text: "", unreadable: ["film.mp4", "Movies"], tooLarge: [] });
  });

  it("does not take more than one import may be", async () => {
    const large = (size: number, name: string) => {
      const file = new File(["x"], name);
      Object.defineProperty(file, "size", { value: size });
      return file;
    };
    const one = await takeDropped({ text: "", files: [large(20_000_001, "all.txt")] });
    expect(one).toEqual({ text: "", files: [], unreadable: [], tooLarge: ["all.txt"] });
    // What was read is as large as it is, whatever it said before.
    const several = await takeDropped({ text: "", files: [large(5, "a.txt"), large(20_000_000, "b.txt")] });
    expect(several.tooLarge).toEqual(["b.txt"]);
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
    expect(await takeDropped(readTransfer(dropped))).toEqual({
      text: "https://youtu.be/aaaaaaaaaa1",
      files: [],
      unreadable: [],
      tooLarge: [],
    });
  });

  it("takes text and files of one drop, but a shortcut and its link only once", async () => {
    const text = "https://youtu.be/bbbbbbbbbb2";
    const both = await takeDropped({ text, files: [new File(["x"], "a.txt")] });
    expect([both.text, both.files.length]).toEqual([text, 1]);
    const shortcut = await takeDropped({ text, files: [new File(["x"], "A film.url")] });
    expect([shortcut.text, shortcut.files.length]).toEqual([text, 0]);
  });

  it("does not take a file's name for links", async () => {
    const { text, files } = await takeDropped({
      text: "youtube.csv",
      files: [new File(["x"], "youtube.csv")],
    });
    expect([text, files.length]).toEqual(["", 1]);
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

  it("is the kind, and of files the number and how many surely have no links", () => {
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
