import type { CellRange } from './protocol';

/** A cell; row -1 is the header. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** The active cell and the cell where the selection began: together the corners of the selected rectangle. */
export interface GridCursor {
  readonly active: CellPosition;
  readonly anchor: CellPosition;
}

export interface GridShape {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Rows that PageUp and PageDown move by. */
  readonly rowsPerScreen: number;
}

/** What of a key event matters. `mod` is Ctrl, or Cmd on a Mac. */
export interface GridKey {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
}

export const HEADER_ROW = -1;

type Move = (from: CellPosition, shape: GridShape) => CellPosition;

/** Keys as the ARIA grid pattern has them. */
const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, { rowsPerScreen }) => ({ row: Math.max(row - rowsPerScreen, 0), column }),
  PageDown: ({ row, column }, { rowsPerScreen }) => ({ row: row + rowsPerScreen, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columnCount }) => ({ row, column: columnCount - 1 }),
};
const MOD_MOVES: Readonly<Record<string, Move>> = {
  Home: () => ({ row: 0, column: 0 }),
  End: (_, { rowCount, columnCount }) => ({ row: rowCount - 1, column: columnCount - 1 }),
  ArrowUp: ({ column }) => ({ row: 0, column }),
  ArrowDown: ({ column }, { rowCount }) => ({ row: rowCount - 1, column }),
  ArrowLeft: ({ row }) => ({ row, column: 0 }),
  ArrowRight: ({ row }, { columnCount }) => ({ row, column: columnCount - 1 }),
};

/** The cursor after a key, or undefined when the key does not move it. Shift extends the selection. */
export function moveCursor(cursor: GridCursor, key: GridKey, shape: GridShape): GridCursor | undefined {
  const moves = key.mod ? MOD_MOVES : MOVES;
  const move = Object.hasOwn(moves, key.key) ? moves[key.key] : undefined;
  if (move === undefined) {
    return undefined;
  }
  const active = clamp(move(cursor.active, shape), shape, key.shift ? 0 : HEADER_ROW);
  return key.shift ? { active, anchor: cursor.anchor } : { active, anchor: active };
}

/** A cursor on one cell, inside the grid. */
export function cursorAt(position: CellPosition, shape: GridShape): GridCursor {
  const active = clamp(position, shape, HEADER_ROW);
  return { active, anchor: active };
}

/** Everything selected, read from the first cell. */
export function selectAll(shape: GridShape): GridCursor {
  return {
    active: { row: 0, column: 0 },
    anchor: { row: shape.rowCount - 1, column: shape.columnCount - 1 },
  };
}

/** The selected rectangle of rows; undefined while only a header is. A header selects its whole column. */
export function selectedRange({ active, anchor }: GridCursor, shape: GridShape): CellRange | undefined {
  if (shape.rowCount === 0 || shape.columnCount === 0) {
    return undefined;
  }
  const columns = [active.column, anchor.column];
  const span = { firstColumn: Math.min(...columns), lastColumn: Math.max(...columns) };
  const rows = [active.row, anchor.row];
  return rows.includes(HEADER_ROW)
    ? { firstRow: 0, lastRow: shape.rowCount - 1, ...span }
    : { firstRow: Math.min(...rows), lastRow: Math.max(...rows), ...span };
}

function clamp({ row, column }: CellPosition, shape: GridShape, firstRow: number): CellPosition {
  return {
    row: Math.min(Math.max(row, firstRow), shape.rowCount - 1),
    column: Math.min(Math.max(column, 0), Math.max(shape.columnCount - 1, 0)),
  };
}
