import type { Shape } from "../en";

/** Texts of choosing videos: they come with the first selection. */
export const en = {
  selection: {
    bar: "Selection",
    count_zero: "Choose videos",
    count_one: "1 selected",
    count_other: "{{formatted}} selected",
    all: "Select all",
    end: "End the selection",
    move: "Move to …",
    moved_one: "1 video moved to “{{name}}”.",
    moved_other: "{{formatted}} videos moved to “{{name}}”.",
    moveFailed: "Nothing was moved. {{reason}}",
    removed_one: "1 video removed.",
    removed_other: "{{formatted}} videos removed.",
    removeFailed: "Nothing was removed. {{reason}}",
    removeTitle_one: "Remove 1 video?",
    removeTitle_other: "Remove {{formatted}} videos?",
    removeText: "Their captions and chapters are removed as well. Nothing happens to the videos on YouTube.",
    retried_one: "1 video is tried again.",
    retried_other: "{{formatted}} videos are tried again.",
  },
};

export type GridTranslation = Shape<typeof en>;
