import type { Request } from "@playwright/test";
import { findYoutubeIds } from "../../src/lib/youtubeIds";
import type {
  ImportCounts,
  ImportOptions,
  Preview,
  PreviewGroup,
  PreviewItem,
  VideoList,
} from "../../src/types/video";

/** What the made-up backend says of an input: of text, what it finds in it; of files, what a spec has put there. */
const NAMES = [
  "Astronomy",
  "Kochen und Backen",
  "Watch later",
  "Donaudampfschifffahrtsgesellschaft: alle Folgen, vollständig und in der richtigen Reihenfolge",
];

export interface Asked {
  options: ImportOptions;
  text: string;
  fileNames: string[];
}

/** The body of a preview or an import: JSON, or a form with files. */
export function askedOf(request: Request): Asked {
  const body = request.postDataBuffer()?.toString("utf8") ?? "";
  if (request.headers()["content-type"]?.startsWith("application/json")) {
    const { text = "", ...options } = JSON.parse(body) as ImportOptions & { text?: string };
    return { options, text, fileNames: [] };
  }
  const options = /name="options"\r\n\r\n(.*)\r\n/.exec(body)?.[1] ?? "{}";
  const fileNames = [...body.matchAll(/name="file"; filename="([^"]*)"/g)].map(([, name = ""]) => name);
  const text = /name="text"\r\n\r\n([\s\S]*?)\r\n--/.exec(body)?.[1] ?? "";
  return { options: JSON.parse(options) as ImportOptions, text, fileNames };
}

export function countsOf(items: readonly PreviewItem[]): ImportCounts {
  const counts = { new: 0, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 };
  for (const { verdict } of items) counts[verdict] += 1;
  return counts;
}

const itemOf = (position: number, text: string, changes: Partial<PreviewItem> = {}): PreviewItem => ({
  position,
  line: position + 1,
  text,
  youtube_id: null,
  verdict: "rejected",
  reason_code: "no_link",
  group: null,
  ...changes,
});

const newItem = (position: number, id: string, changes: Partial<PreviewItem> = {}) =>
  itemOf(position, `https://www.youtube.com/watch?v=${id}`, {
    youtube_id: id,
    verdict: "new",
    reason_code: null,
    ...changes,
  });

export function previewOfText(text: string): Preview {
  const seen = new Set<string>();
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const items = lines.map((line, position) => {
    const [id] = findYoutubeIds(line);
    if (/\/(playlist\?|@|channel\/)/.test(line)) {
      return itemOf(position, line, { verdict: "playlist", reason_code: "playlist" });
    }
    if (!id) return itemOf(position, line);
    const verdict = seen.has(id) ? "repeated" : "new";
    seen.add(id);
    return newItem(position, id, { text: line, verdict });
  });
  return { format: "text", counts: countsOf(items), groups: [], items };
}

/** An archive of several playlists with a line of each kind. */
export function takeout(lists: readonly VideoList[], sizes = [41, 38, 14, 3]): Preview {
  const groups: PreviewGroup[] = sizes.map((size, i) => ({
    name: NAMES[i % NAMES.length] ?? "",
    item_count: size,
    video_count: size,
    list_id: lists.find(({ name }) => name === NAMES[i % NAMES.length])?.id ?? null,
  }));
  const items = sizes
    .flatMap((size, group) => Array.from({ length: size }, (_, i) => ({ group, i })))
    .map(({ group, i }, position) => {
      const id = `prev${String(position).padStart(7, "0")}`;
      const from = { group, line: i + 2, text: `${id}, 2024-03-0${1 + (i % 9)}T10:12:00+00:00` };
      if (i % 13 === 5) return newItem(position, id, { ...from, verdict: "duplicate" });
      if (i % 17 === 9) {
        return newItem(position, `prev${String(position - 1).padStart(7, "0")}`, {
          ...from,
          verdict: "repeated",
        });
      }
      if (i % 29 === 12) return itemOf(position, "Deleted video", { ...from, text: "Deleted video" });
      if (i % 37 === 20) {
        const text = "https://www.youtube.com/playlist?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf";
        return itemOf(position, text, { ...from, text, verdict: "playlist", reason_code: "playlist" });
      }
      return newItem(position, id, from);
    });
  return { format: "takeout_archive", counts: countsOf(items), groups, items };
}

/** All of an archive: playlists, a channel to be looked up twice, and subscriptions, which are no videos. */
export function takeoutOfAll(lists: readonly VideoList[]): Preview {
  const { groups, items, ...rest } = takeout(lists, [9, 7, 4, 3, 2, 1, 1, 1]);
  const text = "https://www.youtube.com/@lighthouses";
  const subscribed =
    "UCaaaaaaaaaaaaaaaaaaaaaa,http://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa,Night Sky";
  const more = [
    { group: 8, text, verdict: "playlist", reason_code: "channel" },
    { group: 8, text, verdict: "repeated", reason_code: "channel" },
    { group: 9, text: subscribed, reason_code: "subscription" },
  ] as const;
  const all = [...more.map((one, i) => itemOf(i, one.text, { ...one, line: 2 + i })), ...items].map(
    (item, position) => ({ ...item, position }),
  );
  const parts = [
    { name: "Kanäle", item_count: 2, video_count: 0, list_id: null },
    { name: "Abos", item_count: 1, video_count: 0, list_id: null },
  ];
  return { ...rest, counts: countsOf(all), groups: [...groups, ...parts], items: all };
}

/** What was taken along from here. */
export const ownExport = (lists: readonly VideoList[]): Preview => ({
  ...takeout(lists, [9, 7, 4]),
  format: "videothek",
});

/** The part of a preview that was chosen. */
export function ofGroups(preview: Preview, { groups }: ImportOptions): Preview {
  if (!groups) return preview;
  const items = preview.items.filter(({ group }) => group !== null && groups.includes(group));
  return { ...preview, items, counts: countsOf(items) };
}

/** As many new lines as one likes, with others in between. */
export function manyLines(count: number): Preview {
  const items = Array.from({ length: count }, (_, i) => {
    const id = `many${String(i).padStart(7, "0")}`;
    return i % 50 === 49 ? itemOf(i, `A note between the links, number ${i + 1}`) : newItem(i, id);
  });
  return { format: "text", counts: countsOf(items), groups: [], items };
}
