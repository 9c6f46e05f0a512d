/** Browsers stop placing elements correctly somewhere above this; taller contents are scaled. */
export const MAX_SCROLL_HEIGHT = 8_000_000;

/** Rows drawn beyond each edge, so that a small scroll shows no gap. */
const OVERSCAN_ROWS = 6;

export interface RowLayout {
  readonly rowCount: number;
  /** Px. */
  readonly rowHeight: number;
  /** Px that rows can be seen in. */
  readonly viewportHeight: number;
}

/** Rows `first` (inclusive) to `last` (exclusive); `top` is where row `first` stands in the scrolled content, px. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
  readonly top: number;
}

/** Height of the scrolled content, px. */
export function scrollHeight({ rowCount, rowHeight }: RowLayout): number {
  return Math.min(rowCount * rowHeight, MAX_SCROLL_HEIGHT);
}

/** How many px of rows one px of scrolling means: 1 until the content is too tall. */
function scale(layout: RowLayout): number {
  const hidden = layout.rowCount * layout.rowHeight - layout.viewportHeight;
  const scrollable = scrollHeight(layout) - layout.viewportHeight;
  return hidden <= 0 || scrollable <= 0 ? 1 : hidden / scrollable;
}

/** The rows to draw at a scroll position. */
export function rowWindow(layout: RowLayout, scrollTop: number): RowWindow {
  const { rowCount, rowHeight, viewportHeight } = layout;
  const virtualTop = Math.max(scrollTop, 0) * scale(layout);
  const first = Math.max(Math.floor(virtualTop / rowHeight) - OVERSCAN_ROWS, 0);
  const last = Math.min(Math.ceil((virtualTop + viewportHeight) / rowHeight) + OVERSCAN_ROWS, rowCount);
  return { first: Math.min(first, last), last, top: scrollTop + first * rowHeight - virtualTop };
}

/** The scroll position nearest to the present one at which a row is wholly seen. */
export function scrollTopFor(layout: RowLayout, scrollTop: number, row: number): number {
  const factor = scale(layout);
  const virtualTop = scrollTop * factor;
  const rowTop = row * layout.rowHeight;
  const rowBottom = rowTop + layout.rowHeight;
  if (rowTop < virtualTop) {
    return rowTop / factor;
  }
  return rowBottom > virtualTop + layout.viewportHeight
    ? (rowBottom - layout.viewportHeight) / factor
    : scrollTop;
}

/** How many whole rows fit, at least one. */
export function rowsPerScreen({ rowHeight, viewportHeight }: RowLayout): number {
  return Math.max(Math.floor(viewportHeight / rowHeight), 1);
}

/** Left edge of each column and, last, the right edge of all, px. */
export function columnEdges(widths: readonly number[]): number[] {
  const edges = [0];
  for (const width of widths) {
    edges.push((edges.at(-1) ?? 0) + width);
  }
  return edges;
}

/** Columns `first` (inclusive) to `last` (exclusive) that can be seen between two places. */
export function columnWindow(
  edges: readonly number[],
  left: number,
  width: number,
): { readonly first: number; readonly last: number } {
  const count = edges.length - 1;
  const first = Math.max(lastEdgeAtOrBefore(edges, left), 0);
  const last = Math.min(lastEdgeAtOrBefore(edges, left + width) + 1, count);
  return { first: Math.min(first, Math.max(count - 1, 0)), last };
}

/** The scroll position nearest to the present one at which a column is seen, as much of it as fits. */
export function scrollLeftFor(
  edges: readonly number[],
  scrollLeft: number,
  viewportWidth: number,
  column: number,
): number {
  const left = edges[column] ?? 0;
  const right = edges[column + 1] ?? left;
  if (left < scrollLeft || right - left > viewportWidth) {
    return left;
  }
  return right > scrollLeft + viewportWidth ? right - viewportWidth : scrollLeft;
}

function lastEdgeAtOrBefore(edges: readonly number[], place: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((edges[middle] ?? 0) <= place) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
