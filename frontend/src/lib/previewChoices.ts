import type {
  ImportOptions,
  ItemVerdict,
  Preview,
  PreviewGroup,
  PreviewItem,
  VideoList,
} from "@/types/video";

/** What somebody makes of a preview. */
export interface Choices {
  target: { listId: string } | { newName: string };
  /** Each group into the list of its name. */
  split: boolean;
  /** Places in `groups`, and `UNGROUPED`; null: everything. */
  groups: ReadonlySet<number> | null;
  /** Positions of lines that somebody does not want. */
  dropped: ReadonlySet<number>;
}

/** What stands in no group, as if it were one. */
export const UNGROUPED = -1;

/** What a line comes to: its verdict, or that somebody left it out. */
export type Fate = ItemVerdict | "left_out";
export const FATES: readonly Fate[] = ["new", "playlist", "duplicate", "repeated", "rejected", "left_out"];

export const NO_CHANGES = { split: false, groups: null, dropped: new Set<number>() } as const;

/** Only what would be imported can be left out. */
export const canBeDropped = ({ verdict }: PreviewItem): boolean =>
  verdict === "new" || verdict === "playlist";

/** A name that is taken means the list that has it: nobody wants two of them by accident. */
export function listOfTarget(target: Choices["target"], lists: readonly VideoList[]): string | null {
  if ("listId" in target) return target.listId;
  const name = folded(target.newName);
  return lists.find((list) => folded(list.name) === name)?.id ?? null;
}

/** As the server compares them. */
const folded = (name: string) => name.trim().replace(/\s+/g, " ").toLowerCase();

/** Any new list is empty: its preview need not be asked for again with each letter of its name. */
const ANY_NAME = "A list that is not there yet";

/** What a preview depends on: which lines are left out changes no verdict. */
export function previewOptions(choices: Choices, lists: readonly VideoList[]): ImportOptions {
  const listId = listOfTarget(choices.target, lists);
  return {
    ...(listId === null ? { new_list_name: ANY_NAME } : { list_id: listId }),
    ...(choices.split && { split_into_lists: true }),
    // What stands in none can't be asked for: then all of it is, and what is not wanted is left out.
    ...(choices.groups && !choices.groups.has(UNGROUPED) && { groups: inOrder(choices.groups) }),
  };
}

/** What is sent when somebody confirms. */
export function importOptions(
  choices: Choices,
  lists: readonly VideoList[],
  preview: Preview,
): ImportOptions {
  const { target, groups } = choices;
  const options = previewOptions(choices, lists);
  const skip = new Set(leftOutOf(itemsOfChoice(preview, choices), choices));
  if (groups?.has(UNGROUPED)) {
    for (const { group, position } of preview.items) if (!groups.has(group ?? UNGROUPED)) skip.add(position);
  }
  return {
    ...options,
    ...(options.new_list_name && "newName" in target && { new_list_name: target.newName.trim() }),
    ...(skip.size > 0 && { skip: inOrder(skip) }),
  };
}

const inOrder = (numbers: ReadonlySet<number>) => [...numbers].sort((a, b) => a - b);

/**
 * Positions that are left out: the lines somebody dropped, and where the same video is given again for the
 * same list. Otherwise the next of them would take the place of the first.
 */
export function leftOutOf(
  items: readonly PreviewItem[],
  { dropped, split }: Pick<Choices, "dropped" | "split">,
): ReadonlySet<number> {
  if (dropped.size === 0) return dropped;
  const place = (item: PreviewItem) => `${split ? item.group : ""} ${item.youtube_id ?? item.text}`;
  const leftOut = new Set<number>();
  const gone = new Set<string>();
  for (const item of items) {
    if (!dropped.has(item.position)) continue;
    leftOut.add(item.position);
    gone.add(place(item));
  }
  for (const item of items) {
    if (item.verdict === "repeated" && gone.has(place(item))) leftOut.add(item.position);
  }
  return leftOut;
}

/** What is chosen is shown at once; the server's word on it follows. */
export function itemsOfChoice(preview: Preview, { groups }: Choices): readonly PreviewItem[] {
  if (!groups) return preview.items;
  return preview.items.filter(({ group }) => groups.has(group ?? UNGROUPED));
}

export const fateOf = (item: PreviewItem, leftOut: ReadonlySet<number>): Fate =>
  leftOut.has(item.position) ? "left_out" : item.verdict;

/** How many lines come to what; adds up to all of them. */
export function fates(items: readonly PreviewItem[], leftOut: ReadonlySet<number>): Record<Fate, number> {
  const counts = { new: 0, playlist: 0, duplicate: 0, repeated: 0, rejected: 0, left_out: 0 };
  for (const item of items) counts[fateOf(item, leftOut)] += 1;
  return counts;
}

export interface Shown {
  fate: Fate | null;
  search: string;
}

export function shownItems(
  items: readonly PreviewItem[],
  leftOut: ReadonlySet<number>,
  { fate, search }: Shown,
): readonly PreviewItem[] {
  const wanted = search.trim().toLowerCase();
  if (fate === null && wanted === "") return items;
  return items.filter(
    (item) =>
      (fate === null || fateOf(item, leftOut) === fate) &&
      (wanted === "" || item.text.toLowerCase().includes(wanted)),
  );
}

/** What lines to be looked up are: all of one kind, or both. */
export function sourceKind(items: readonly PreviewItem[]): "playlist" | "channel" | "source" {
  const sources = items.filter(({ verdict }) => verdict === "playlist");
  const channels = sources.filter(isChannel).length;
  if (channels === 0) return "playlist";
  return channels === sources.length ? "channel" : "source";
}

const isChannel = ({ reason_code }: PreviewItem) => reason_code === "channel";

/** The groups that some of their videos come of: each of them has a list where each group has one. */
export function filledGroups(
  items: readonly PreviewItem[],
  leftOut: ReadonlySet<number>,
): ReadonlySet<number> {
  const filled = new Set<number>();
  for (const { group, verdict, position } of items) {
    if (group !== null && verdict !== "rejected" && !leftOut.has(position)) filled.add(group);
  }
  return filled;
}

/** What was taken along as several lists comes back as the same lists, without anybody asking for it. */
export const comesBackAsLists = ({ format, groups }: Preview): boolean =>
  format === "videothek" && groups.length > 1;

/** What a confirmation will do. */
export interface Plan {
  videos: number;
  playlists: number;
  channels: number;
  lists: number;
}

export function planOf(items: readonly PreviewItem[], leftOut: ReadonlySet<number>, split: boolean): Plan {
  const wanted = items.filter((item) => canBeDropped(item) && !leftOut.has(item.position));
  const places = new Set(wanted.map(({ group }) => (split ? group : null)));
  const videos = wanted.filter(({ verdict }) => verdict === "new").length;
  const channels = wanted.filter((item) => item.verdict === "playlist" && isChannel(item)).length;
  return { videos, playlists: wanted.length - videos - channels, channels, lists: places.size };
}

/** The new videos of one list, in reading order: its tiles. */
export function newVideosOf(
  listId: string,
  items: readonly PreviewItem[],
  groups: readonly PreviewGroup[],
  leftOut: ReadonlySet<number>,
  { target, split }: { target: string | null; split: boolean },
): string[] {
  const listOf = ({ group }: PreviewItem) =>
    split && group !== null ? (groups[group]?.list_id ?? null) : target;
  return items.flatMap((item) =>
    item.verdict === "new" && item.youtube_id && !leftOut.has(item.position) && listOf(item) === listId
      ? [item.youtube_id]
      : [],
  );
}

/** Letters and digits of downloads, dates of archives: what no list should be called. */
const TAKEOUT_FILE = /^takeout[-_ ]?\d/i;

/** A name for a new list: what the one playlist or the one file is called. */
export function suggestedName(fileNames: readonly string[], groups: readonly PreviewGroup[]): string {
  const [group] = groups;
  if (group && groups.length === 1) return group.name;
  const [file] = fileNames;
  if (!file || fileNames.length > 1) return "";
  const stem = file
    .replace(/\.[a-z0-9]{1,7}$/i, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return TAKEOUT_FILE.test(stem) ? "Google Takeout" : stem.slice(0, 200);
}

/** What the parts of an input are called. */
export function groupKind(format: string): "playlists" | "folders" | "files" | "lists" | "parts" {
  // Of several files some may have playlists or folders of their own.
  if (format === "several") return "parts";
  if (["bookmarks", "raindrop", "pocket", "onetab"].includes(format)) return "folders";
  if (["archive", "text", "csv", "html", "json"].includes(format)) return "files";
  return format === "videothek" ? "lists" : "playlists";
}
