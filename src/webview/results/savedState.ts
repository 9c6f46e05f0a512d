import type { CellPosition, GridCursor } from './gridCursor';

/** What of a grid outlives its page. */
export interface GridState {
  readonly resultId: string;
  readonly scrollTop: number;
  readonly scrollLeft: number;
  readonly cursor: GridCursor;
  readonly widths: readonly number[];
}

/** What the page keeps while it is hidden: which result was shown, and each grid's place. */
export interface SavedState {
  readonly shownId: string | undefined;
  readonly grids: readonly GridState[];
}

export const NOTHING_SAVED: SavedState = { shownId: undefined, grids: [] };

/** Reads kept state; whatever an older page left in another shape is dropped. */
export function parseSavedState(kept: unknown): SavedState {
  if (!isRecord(kept) || !Array.isArray(kept['grids'])) {
    return NOTHING_SAVED;
  }
  const shownId = kept['shownId'];
  return {
    shownId: typeof shownId === 'string' ? shownId : undefined,
    grids: kept['grids'].filter(isGridState),
  };
}

/** The state with one grid's place renewed; grids of results that are gone are dropped. */
export function withGrid(saved: SavedState, grid: GridState, liveIds: readonly string[]): SavedState {
  const others = saved.grids.filter(
    ({ resultId }) => resultId !== grid.resultId && liveIds.includes(resultId),
  );
  return { shownId: grid.resultId, grids: [...others, grid] };
}

function isGridState(value: unknown): value is GridState {
  return (
    isRecord(value) &&
    typeof value['resultId'] === 'string' &&
    typeof value['scrollTop'] === 'number' &&
    typeof value['scrollLeft'] === 'number' &&
    isRecord(value['cursor']) &&
    isPosition(value['cursor']['active']) &&
    isPosition(value['cursor']['anchor']) &&
    Array.isArray(value['widths']) &&
    value['widths'].every((width) => typeof width === 'number')
  );
}

function isPosition(value: unknown): value is CellPosition {
  return isRecord(value) && Number.isInteger(value['row']) && Number.isInteger(value['column']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
