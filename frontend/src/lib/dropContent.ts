import { findYoutubeIds } from "./youtubeIds";

const TEXT_FILE = /\.(txt|csv|tsv|html?|md|json|url|webloc|text|log)$/i;
const TYPES_WE_READ = ["Files", "text/uri-list", "text/html", "text/plain"];

export interface DropContent {
  text: string;
  /** Files that are not text: named to the person, never dropped silently. */
  unreadable: string[];
}

/** While something is dragged only the types can be seen, not the data. */
export function canBeDropped(transfer: Pick<DataTransfer, "types"> | null): boolean {
  return transfer !== null && TYPES_WE_READ.some((type) => transfer.types.includes(type));
}

/**
 * Must be called inside the drop event: the data is gone after it. Files are read afterwards.
 * A dragged link comes as a uri-list; a selection on a page as html, whose plain text has lost the targets.
 */
export function readTransfer(transfer: DataTransfer): { text: string; files: File[] } {
  const files = [...transfer.files];
  if (files.length > 0) return { text: "", files };
  const uris = transfer
    .getData("text/uri-list")
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (uris.length > 0) return { text: uris.join("\n"), files };
  const plain = transfer.getData("text/plain");
  const html = transfer.getData("text/html");
  if (html !== "") {
    const links = linksInHtml(html);
    const missedByPlain = findYoutubeIds(links.join("\n")).length > findYoutubeIds(plain).length;
    if (missedByPlain) return { text: links.join("\n"), files };
  }
  return { text: plain, files };
}

function linksInHtml(html: string): string[] {
  const document = new DOMParser().parseFromString(html, "text/html");
  return [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map(
    (a) => a.getAttribute("href") ?? "",
  );
}

export async function readFiles(files: readonly File[]): Promise<DropContent> {
  const texts: string[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    if (file.type.startsWith("text/") || TEXT_FILE.test(file.name))
      texts.push(decode(await file.arrayBuffer()));
    else unreadable.push(file.name);
  }
  return { text: texts.join("\n"), unreadable };
}

/** Spreadsheets save "Unicode text" as UTF-16 with a byte order mark. */
function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}
