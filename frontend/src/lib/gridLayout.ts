/** Sizes of the grid in px. One place, because the windowing needs them as numbers. */
export interface GridLayout {
  columns: number;
  tileWidth: number;
  gap: number;
  /** One row of tiles with the gap below it: fixed per width, so that nothing ever shifts. */
  rowHeight: number;
}

const MIN_TILE = 224;
/** Title (two lines), channel and the space between, under a 16:9 picture. */
const TEXT_HEIGHT = 76;

export function gridLayout(width: number): GridLayout {
  const gap = width < 560 ? 8 : 16;
  const columns = Math.min(6, Math.max(2, Math.floor((width + gap) / (MIN_TILE + gap))));
  const tileWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  return { columns, tileWidth, gap, rowHeight: Math.round((tileWidth * 9) / 16) + TEXT_HEIGHT + gap };
}
