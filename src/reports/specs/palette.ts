/**
 * Colours of charts, by CSS variable: panels map them to the editor's theme, exported files to a light, a dark and
 * a print set, so one spec serves all and a theme change needs no redraw.
 */
export const COLOURS = {
  foreground: 'var(--ow-foreground)',
  muted: 'var(--ow-muted)',
  grid: 'var(--ow-grid)',
  background: 'var(--ow-background)',
  /** Edge of marks: visible in light and high-contrast themes, where some series colours are faint. */
  edge: 'var(--ow-mark-edge)',
  /** "All others" in a split. */
  others: 'var(--ow-series-others)',
} as const;

const SERIES_COUNT = 8;

/** Colour of the series with that index; repeats after eight. */
export function seriesColour(index: number): string {
  return `var(--ow-series-${(index % SERIES_COUNT) + 1})`;
}

/** Lines are told apart by more than their colour. */
const DASHES = [
  [1, 0],
  [6, 3],
  [2, 3],
  [8, 3, 2, 3],
  [12, 4],
  [4, 2, 1, 2],
  [1, 2],
  [10, 2, 4, 2],
] as const;
const SHAPES = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
  'triangle-left',
] as const;

/** Pattern of the line with that index; repeats after eight. */
export function seriesDash(index: number): number[] {
  return [...(DASHES[index % DASHES.length] ?? [1, 0])];
}

/** Shape of the points with that index; repeats after eight. */
export function seriesShape(index: number): string {
  return SHAPES[index % SHAPES.length] ?? 'circle';
}
