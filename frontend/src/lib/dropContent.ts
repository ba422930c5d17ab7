import { findYoutubeIds } from "./youtubeIds";

/** Everything else is for the server to read: by their content, not by their names. */
const SURELY_NO_LINKS = /^(image|video|audio|font)\//;
/** A link as a file, as browsers and desktops make them. */
const SHORTCUT = /\.(url|webloc|desktop)$/i;
const LEADS_TO_YOUTUBE = /(youtube(-nocookie)?\.com|youtu\.be)\//i;
const TYPES_WE_READ = ["Files", "text/uri-list", "text/html", "text/plain"];
/** What the server takes at most for one import. */
const LARGEST_INPUT = 20_000_000;

/** What a drag or a clipboard holds: the data of an event is gone after it, files are read later. */
export interface Transferred {
  text: string;
  files: File[];
}

/** What is to be imported: both are one input. Files are sent as they are. */
export interface DropInput {
  text: string;
  files: readonly File[];
}

export interface DropContent extends DropInput {
  /** Pictures, films, folders: named to the person, never dropped silently. */
  unreadable: string[];
  tooLarge: string[];
}

/** What can be told of a drag while it hovers: only types, and of files their number. */
export type Hovering =
  | { kind: "link" }
  | { kind: "text" }
  /** `count` 0: the browser does not tell. `unreadable` counts what surely has no links. */
  | { kind: "files"; count: number; unreadable: number };

/** While something is dragged only the types can be seen, not the data. */
export function canBeDropped(transfer: Pick<DataTransfer, "types"> | null): boolean {
  return transfer !== null && TYPES_WE_READ.some((type) => transfer.types.includes(type));
}

export function describeHovering(transfer: Pick<DataTransfer, "types" | "items">): Hovering {
  const types = [...transfer.types];
  const files = [...(transfer.items ?? [])].filter((item) => item.kind === "file");
  const unreadable = files.filter((item) => SURELY_NO_LINKS.test(item.type)).length;
  const onlyPictures = files.length === unreadable;
  // A picture that is dragged out of a page brings its file along: what is meant is the link.
  if (types.includes("Files") && !(types.includes("text/html") && onlyPictures)) {
    return { kind: "files", count: files.length, unreadable };
  }
  return { kind: types.includes("text/uri-list") ? "link" : "text" };
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

/**
 * What of it is to be imported. Files are held in memory: what lies on a disk or in a mail may be gone when
 * somebody has made up their mind.
 */
export async function takeDropped({ text, files }: Transferred): Promise<DropContent> {
  const told = hasLinks(text);
  // A picture that is dragged out of a page brings its file, a link its shortcut: said once is enough.
  if (told && files.every((file) => SURELY_NO_LINKS.test(file.type) || SHORTCUT.test(file.name))) {
    return { text, files: [], unreadable: [], tooLarge: [] };
  }
  const held = await holdFiles(files);
  // File managers give a file's name or place as its text.
  return { ...held, text: told || held.files.length === 0 ? text : "" };
}

const hasLinks = (text: string) => findYoutubeIds(text, 1).length > 0 || LEADS_TO_YOUTUBE.test(text);

async function holdFiles(files: readonly File[]): Promise<Omit<DropContent, "text">> {
  const held: File[] = [];
  const unreadable: string[] = [];
  const tooLarge: string[] = [];
  let size = 0;
  for (const file of files) {
    if (SURELY_NO_LINKS.test(file.type)) unreadable.push(file.name);
    else if (size + file.size > LARGEST_INPUT) tooLarge.push(file.name);
    else {
      const copy = await inMemory(file);
      if (copy) held.push(copy);
      else unreadable.push(file.name);
      size += copy?.size ?? 0;
    }
  }
  return { files: held, unreadable, tooLarge };
}

/** null: a folder, or a file that has gone meanwhile. */
async function inMemory(file: File): Promise<File | null> {
  try {
    return new File([await file.arrayBuffer()], file.name, { type: file.type });
  } catch {
    return null;
  }
}
