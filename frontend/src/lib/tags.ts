import { isVisibleName } from "./visibleName";

/** Tags: a person's own words for videos. Those that differ only in case are the same. */

/** As the server takes them. */
export const TAG_LENGTH = 60;
export const TAGS_AT_ONCE = 50;

export interface TagChange {
  add: readonly string[];
  remove: readonly string[];
}

/** What makes two tags the same. */
export function tagKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** What somebody typed: one line, without the # in front. Nothing, if there is nothing to see in it. */
export function asTag(text: string): string {
  const name = text.replace(/\s+/g, " ").trim().replace(/^#+/, "").trim().slice(0, TAG_LENGTH);
  return isVisibleName(name) ? name : "";
}

/** The tags of a video after a change, in alphabetical order. */
export function retagged(tags: readonly string[], { add, remove }: TagChange): string[] {
  const gone = new Set(remove.map(tagKey));
  const kept = new Map(tags.filter((name) => !gone.has(tagKey(name))).map((name) => [tagKey(name), name]));
  for (const name of add) if (!kept.has(tagKey(name))) kept.set(tagKey(name), name);
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}

export interface CountedTag {
  name: string;
  count: number;
}

/** The tags of some videos, the most frequent first. */
export function countTags(videos: readonly { tags: readonly string[] }[]): CountedTag[] {
  const found = new Map<string, CountedTag>();
  for (const { tags } of videos) {
    for (const name of tags) {
      const counted = found.get(tagKey(name));
      if (counted) counted.count += 1;
      else found.set(tagKey(name), { name, count: 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (tagKey(a.name) < tagKey(b.name) ? -1 : 1));
}

/** Whether all, some or none of some videos have a tag. */
export type TagState = "all" | "some" | "none";

export function tagState(count: number, of: number): TagState {
  if (count === 0) return "none";
  return count < of ? "some" : "all";
}
