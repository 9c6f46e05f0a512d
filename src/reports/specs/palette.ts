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
