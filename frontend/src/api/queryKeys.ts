export const queryKeys = {
  me: ["me"] as const,
  lists: ["lists"] as const,
  videos: (listId: string) => ["videos", listId] as const,
  video: (videoId: string) => ["video", videoId] as const,
  enrichment: (videoId: string) => ["enrichment", videoId] as const,
  imports: ["imports"] as const,
  importPages: ["imports", "pages"] as const,
  import: (importId: string) => ["import", importId] as const,
  importItems: (importId: string) => ["import-items", importId] as const,
  lanes: ["lanes"] as const,
  laneHistory: ["lanes", "history"] as const,
};
