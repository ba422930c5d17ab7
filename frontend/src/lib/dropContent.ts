import { findYoutubeIds } from "./youtubeIds";

const TEXT_FILE = /\.(txt|csv|tsv|html?|md|json|url|webloc|text|log|xml|opml|m3u8?)$/i;
const TEXT_TYPE = /^text\/|^application\/(json|xml|csv|xhtml\+xml)$/;
const TYPES_WE_READ = ["Files", "text/uri-list", "text/html", "text/plain"];
/** What the server takes at most for one import. */
const LARGEST_FILE = 20_000_000;

/** What a drag or a clipboard holds: the data of an event is gone after it, files are read later. */
export interface Transferred {
  text: string;
  files: File[];
}

export interface DropContent {
  text: string;
  /** Files that are not text: named to the person, never dropped silently. */
  unreadable: string[];
  tooLarge: string[];
}

/** What can be told of a drag while it hovers: only types, and of files their number. */
export type Hovering =
  | { kind: "link" }
  | { kind: "text" }
  /** `count` 0: the browser does not tell. `unreadable` counts what is surely no text. */
  | { kind: "files"; count: number; unreadable: number };

/** While something is dragged only the types can be seen, not the data. */
export function canBeDropped(transfer: Pick<DataTransfer, "types"> | null): boolean {
  return transfer !== null && TYPES_WE_READ.some((type) => transfer.types.includes(type));
}

export function describeHovering(transfer: Pick<DataTransfer, "types" | "items">): Hovering {
  const types = [...transfer.types];
  const files = [...(transfer.items ?? [])].filter((item) => item.kind === "file");
  const unreadable = files.filter((item) => isSurelyNoText(item.type)).length;
  const onlyPictures = files.length === unreadable;
  // A picture that is dragged out of a page brings its file along: what is meant is the link.
  if (types.includes("Files") && !(types.includes("text/html") && onlyPictures)) {
    return { kind: "files", count: files.length, unreadable };
  }
  return { kind: types.includes("text/uri-list") ? "link" : "text" };
}

/** An unknown type may be anything: only a name or a look inside will tell. */
function isSurelyNoText(type: string): boolean {
  return type !== "" && !TEXT_TYPE.test(type) && !/spreadsheet|excel|octet-stream/.test(type);
}

/**
 * Must be called inside the event. A dragged link comes as a uri-list; a selection on a page as html, whose
 * plain text has lost the targets; a picture of a page as all of these with its file.
 */
export function readTransfer(transfer: DataTransfer): Transferred {
  const files = [...transfer.files];
  return { text: textOf(transfer), files };
}

function textOf(transfer: DataTransfer): string {
  const uris = transfer
    .getData("text/uri-list")
    .split(/\r\n|\r|\n/)
    // File managers list here where the files lie that they hand over anyway.
    .filter((line) => line !== "" && !line.startsWith("#") && !/^file:/i.test(line));
  const plain = transfer.getData("text/plain");
  const html = transfer.getData("text/html");
  const links = html === "" ? "" : linksInHtml(html).join("\n");
  if (uris.length > 0) {
    const text = uris.join("\n");
    // The picture in a link: its own address leads nowhere, the link around it does.
    return countIds(text) === 0 && countIds(links) > 0 ? links : text;
  }
  if (countIds(links) > countIds(plain)) return links;
  return /^file:\S*$/i.test(plain.trim()) ? "" : plain;
}

const countIds = (text: string) => findYoutubeIds(text).length;

function linksInHtml(html: string): string[] {
  const document = new DOMParser().parseFromString(html, "text/html");
  return [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map(
    (a) => a.getAttribute("href") ?? "",
  );
}

/** Text and files as one text. What came along and can't be read is only worth a word if nothing else came. */
export async function readDropped({ text, files }: Transferred): Promise<DropContent> {
  const read = await readFiles(files);
  if (countIds(text) === 0) return { ...read, text: joined(read.text, read.text === "" ? text : "") };
  const inFiles = new Set(findYoutubeIds(read.text));
  // A shortcut file and the link in it are the same thing twice.
  const told = findYoutubeIds(text).every((id) => inFiles.has(id));
  return { text: told ? read.text : joined(text, read.text), unreadable: [], tooLarge: read.tooLarge };
}

const joined = (...texts: string[]) => texts.filter((text) => text.trim() !== "").join("\n");

export async function readFiles(files: readonly File[]): Promise<DropContent> {
  const content: DropContent = { text: "", unreadable: [], tooLarge: [] };
  const texts: string[] = [];
  for (const file of files) {
    const known = TEXT_TYPE.test(file.type) || TEXT_FILE.test(file.name);
    if (!known && isSurelyNoText(file.type)) content.unreadable.push(file.name);
    else if (file.size > LARGEST_FILE) content.tooLarge.push(file.name);
    else {
      const text = await contentOf(file);
      if (text === null) content.unreadable.push(file.name);
      else texts.push(text);
    }
  }
  return { ...content, text: joined(...texts) };
}

/** null: a folder, a file that has gone meanwhile, or not a text at all. */
async function contentOf(file: File): Promise<string | null> {
  try {
    const text = decode(await file.arrayBuffer());
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/** Spreadsheets save "Unicode text" as UTF-16 with a byte order mark. */
function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}
