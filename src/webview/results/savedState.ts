import type { ChartChoice } from '../shared/charts/chooseChart';
import { CHART_MARKS } from '../shared/charts/chooseChart';
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
  /** The result that a run put before the reader's eyes last. */
  readonly frontId?: string | undefined;
  /** What the extension wants back in a later session. */
  readonly restorable?: Readonly<Record<string, unknown>> | undefined;
  readonly charts: readonly ChartState[];
}

/** The chart of a result: its choice in the toolbar, or a spec of the reader's own. */
export interface ChartState {
  readonly resultId: string;
  readonly choice?: ChartChoice | undefined;
  readonly spec?: string | undefined;
}

export const NOTHING_SAVED: SavedState = { shownId: undefined, grids: [], charts: [] };

/** Reads kept state; whatever an older page left in another shape is dropped. */
export function parseSavedState(kept: unknown): SavedState {
  if (!isRecord(kept) || !Array.isArray(kept['grids'])) {
    return NOTHING_SAVED;
  }
  const shownId = kept['shownId'];
  const { restorable, charts, frontId } = kept;
  return {
    shownId: typeof shownId === 'string' ? shownId : undefined,
    grids: kept['grids'].filter(isGridState),
    charts: Array.isArray(charts) ? charts.filter(isChartState) : [],
    ...(typeof frontId === 'string' ? { frontId } : {}),
    ...(isRecord(restorable) ? { restorable } : {}),
  };
}

/** The state with one grid's place renewed; grids of results that are gone are dropped. */
export function withGrid(saved: SavedState, grid: GridState, liveIds: readonly string[]): SavedState {
  const others = saved.grids.filter(
    ({ resultId }) => resultId !== grid.resultId && liveIds.includes(resultId),
  );
  return { ...saved, shownId: grid.resultId, grids: [...others, grid] };
}

/** The state with a result's chart in place of the one before; undefined: it has none. */
export function withChart(saved: SavedState, resultId: string, chart: ChartState | undefined): SavedState {
  const others = saved.charts.filter((other) => other.resultId !== resultId);
  return { ...saved, charts: chart === undefined ? others : [...others, chart] };
}

function isChartState(value: unknown): value is ChartState {
  return (
    isRecord(value) &&
    typeof value['resultId'] === 'string' &&
    (value['spec'] === undefined || typeof value['spec'] === 'string') &&
    (value['choice'] === undefined || isChoice(value['choice']))
  );
}

function isChoice(value: unknown): value is ChartChoice {
  return (
    isRecord(value) &&
    CHART_MARKS.some((mark) => mark === value['mark']) &&
    typeof value['x'] === 'string' &&
    Array.isArray(value['y']) &&
    value['y'].every((name) => typeof name === 'string') &&
    (value['split'] === undefined || typeof value['split'] === 'string')
  );
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
