export const DENSITIES = ["comfortable", "compact", "list"] as const;
export type Density = (typeof DENSITIES)[number];

/** Sizes of the grid in px. One place, because the windowing needs them as numbers. */
export interface GridLayout {
  columns: number;
  tileWidth: number;
  tileHeight: number;
  gap: number;
  /** One row of tiles with the gap below it: fixed per width, so that nothing ever shifts. */
  rowHeight: number;
  /** Rows drawn above and below the window: many low ones are as many tiles as few high ones. */
  overscan: number;
}

/** Title (two lines), channel and the space between, under a 16:9 picture. */
const TEXT_HEIGHT = { comfortable: 76, compact: 72 };
const MIN_TILE = { comfortable: 224, compact: 150 };
const LINE_HEIGHT = 70;

export function gridLayout(width: number, density: Density = "comfortable"): GridLayout {
  if (density === "list") {
    return {
      columns: 1,
      tileWidth: width,
      tileHeight: LINE_HEIGHT,
      gap: 2,
      rowHeight: LINE_HEIGHT + 2,
      overscan: 4,
    };
  }
  const narrow = width < 560;
  const gap = narrow ? 8 : density === "compact" ? 12 : 16;
  const least = density === "compact" && narrow ? 3 : 2;
  const fitting = Math.floor((width + gap) / (MIN_TILE[density] + gap));
  const columns = Math.min(6, Math.max(least, fitting));
  const tileWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  const tileHeight = Math.round((tileWidth * 9) / 16) + TEXT_HEIGHT[density];
  return {
    columns,
    tileWidth,
    tileHeight,
    gap,
    rowHeight: tileHeight + gap,
    overscan: density === "compact" ? 1 : 2,
  };
}
