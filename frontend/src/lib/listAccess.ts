import type { VideoList } from "@/types/video";

/** Whether videos of a list may be added, changed and removed. */
export const canEdit = (list: VideoList): boolean => list.access !== "read";

export const isOwn = (list: VideoList): boolean => (list.access ?? "owner") === "owner";
