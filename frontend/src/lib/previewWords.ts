import type { TFunction } from "i18next";
import type { Preview, PreviewItem } from "@/types/video";
import { say } from "./addedMessage";
import type { DropInput } from "./dropContent";
import { FATES, type Fate, groupKind, type Plan } from "./previewChoices";

const FORMATS = [
  "text",
  "csv",
  "takeout_playlist",
  "takeout_history",
  "takeout_archive",
  "bookmarks",
  "shortcut",
  "freetube",
  "newpipe",
  "invidious",
  "libretube",
  "grayjay",
  "pocket",
  "raindrop",
  "onetab",
  "ytdlp_archive",
  "videothek",
  "html",
  "json",
  "archive",
  "several",
] as const;
type Format = (typeof FORMATS)[number];

const isKnown = (format: string): format is Format => (FORMATS as readonly string[]).includes(format);

/** "Google Takeout, 3 playlists". */
export function recognised({ format, groups }: Preview, t: TFunction, language: string): string {
  const many = groups.length > 1;
  // Several playlists of the same archive, without the archive.
  const kind = many && format === "takeout_playlist" ? "takeout_archive" : format;
  const name = t(`preview.format_${isKnown(kind) ? kind : "other"}`);
  if (!many) return name;
  const parts = t(`preview.${groupKind(format)}`, say(groups.length, language));
  return t("preview.recognised", { format: name, parts });
}

/** What is being read: a file's name, or how many. */
export function readingWords({ files }: DropInput, t: TFunction, language: string): string {
  const [file] = files;
  if (!file) return t("preview.readingText");
  return files.length > 1
    ? t("preview.readingFiles", say(files.length, language))
    : t("preview.reading", { name: file.name });
}

/** Where it is from: the names of its files, and of its one part. */
export function sourceWords({ files }: DropInput, { groups }: Preview): string[] {
  const names = files.slice(0, 3).map((file) => file.name);
  if (files.length > 3) names.push("…");
  const [only] = groups;
  return only && groups.length === 1 && !names.includes(only.name) ? [only.name, ...names] : names;
}

export function verdictWords(fate: Fate, t: TFunction): string {
  return t(fate === "playlist" ? "preview.row_playlist" : `preview.fate_${fate}`);
}

/** Why a line is no new video, or null. */
export function reasonWords(
  { verdict, reason_code, youtube_id }: PreviewItem,
  leftOut: boolean,
  t: TFunction,
): string | null {
  if (leftOut || verdict === "new") return null;
  if (verdict === "duplicate") return t("preview.why_duplicate");
  if (verdict === "repeated") return t(`preview.why_repeated${youtube_id ? "" : "Link"}`);
  return t(`rejects.${reason_code ?? (verdict === "playlist" ? "playlist" : "no_link")}`);
}

/** "93 new videos, 2 already there", for ears. */
export function saidCounts(counts: Record<Fate, number>, t: TFunction, language: string): string {
  return FATES.filter((fate) => counts[fate] > 0)
    .map((fate) => t(`preview.said_${fate}`, say(counts[fate], language)))
    .join(", ");
}

/** "Import 93 videos, 2 playlists and 1 channel into 2 lists". */
export function confirmWords(
  { videos, playlists, channels, lists }: Plan,
  t: TFunction,
  language: string,
): string {
  const parts = [
    ...(videos > 0 ? [t("preview.videos", say(videos, language))] : []),
    ...(playlists > 0 ? [t("preview.playlists", say(playlists, language))] : []),
    ...(channels > 0 ? [t("preview.channels", say(channels, language))] : []),
  ];
  const second = parts.pop();
  if (second === undefined) return t("preview.nothingToImport");
  const what = parts.length === 0 ? second : t("preview.and", { first: parts.join(", "), second });
  return lists > 1
    ? t("preview.confirmLists", { what, ...say(lists, language) })
    : t("preview.confirm", { what });
}
