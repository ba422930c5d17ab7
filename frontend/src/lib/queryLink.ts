import { textNeedsPreview } from "./previewRules";
import { singleLink } from "./youtubeIds";

/** What a search is for when a link is all that was typed: one video, or what holds many of them. */
export type QueryLink = "video" | "many";

export function queryLink(query: string): QueryLink | null {
  const link = query.trim();
  // A name of eleven letters may look like an id, and is a word all the same.
  if (/\s/.test(link) || !link.includes("/")) return null;
  if (singleLink(link)) return "video";
  return textNeedsPreview(link) ? "many" : null;
}
