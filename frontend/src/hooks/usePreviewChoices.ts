import { useMemo, useState } from "react";
import {
  type Choices,
  comesBackAsLists,
  importOptions,
  itemsOfChoice,
  leftOutOf,
  NO_CHANGES,
  newVideosOf,
  planOf,
} from "@/lib/previewChoices";
import type { Chosen, Drop } from "@/stores/importDropStore";
import type { Preview, PreviewItem, VideoList } from "@/types/video";

/** Where somebody was who comes back to a preview. */
function beginning({ chosen, listId }: Drop, lists: readonly VideoList[]): Choices {
  if (!chosen) return { target: { listId }, ...NO_CHANGES };
  const { list_id, new_list_name, split_into_lists, groups, skip } = chosen.options;
  const known = lists.some((list) => list.id === list_id);
  return {
    target:
      new_list_name === undefined
        ? { listId: known && list_id ? list_id : listId }
        : { newName: new_list_name },
    split: split_into_lists ?? false,
    groups: groups ? new Set(groups) : null,
    dropped: new Set(skip),
  };
}

export function useChoices(drop: Drop, lists: readonly VideoList[]) {
  const [choices, setChoices] = useState(() => beginning(drop, lists));
  const change = (changes: Partial<Choices>) => setChoices((before) => ({ ...before, ...changes }));
  return { choices, change };
}

/** What an input suggests, as soon as it is known what it is; not to somebody who comes back to their choices. */
export function useSuggestion(
  { chosen }: Drop,
  preview: Preview | undefined,
  change: (changes: Partial<Choices>) => void,
): void {
  const [settled, setSettled] = useState(chosen !== undefined);
  if (settled || !preview) return;
  setSettled(true);
  if (comesBackAsLists(preview)) change({ split: true });
}

const NO_ITEMS: readonly PreviewItem[] = [];

/** What comes of a preview with somebody's choices. */
export function useChosenItems(preview: Preview | undefined, choices: Choices) {
  const items = useMemo(() => (preview ? itemsOfChoice(preview, choices) : NO_ITEMS), [preview, choices]);
  const leftOut = useMemo(() => leftOutOf(items, choices), [items, choices]);
  const plan = useMemo(() => planOf(items, leftOut, choices.split), [items, leftOut, choices.split]);
  return { items, leftOut, plan };
}

/** How many lines stand in no group; a preview of some groups only does not tell. */
export function useUngrouped(preview: Preview | undefined): number {
  const count = useMemo(
    () => preview?.items.reduce((sum, { group }) => sum + (group === null ? 1 : 0), 0) ?? 0,
    [preview],
  );
  const [known, setKnown] = useState(count);
  if (count > known) setKnown(count);
  return Math.max(count, known);
}

/** What is sent, and the tiles that one list has of it at once. */
export function chosenOf(
  listId: string,
  preview: Preview,
  choices: Choices,
  lists: readonly VideoList[],
): Chosen {
  const items = itemsOfChoice(preview, choices);
  const leftOut = leftOutOf(items, choices);
  const options = importOptions(choices, lists, preview);
  const places = { target: options.list_id ?? null, split: choices.split };
  return { options, youtubeIds: newVideosOf(listId, items, preview.groups, leftOut, places) };
}
