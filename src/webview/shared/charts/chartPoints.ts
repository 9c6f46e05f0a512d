import type { ChartChoice } from './chooseChart';
import type { ChartCell } from './columnRole';

/** A result as charts read it. */
export interface ChartTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly ChartCell[])[];
}

/** A mark, or a part of one: what its value stands for, whose it is, and the number. */
export interface ChartPoint {
  /** In words, as the result has it. */
  readonly label: string;
  /** Of a moment: milliseconds since 1970, its local text read as UTC; of a number: itself. Else null. */
  readonly place: number | null;
  readonly series: string;
  readonly value: number;
}

export interface ChartPoints {
  readonly points: readonly ChartPoint[];
  /** In the order in which they are told apart. */
  readonly series: readonly string[];
  /** In the order of the rows, each once. */
  readonly labels: readonly string[];
  /** Several rows were added up to one mark. */
  readonly isSum: boolean;
  /** Labels and series before the cut. */
  readonly totalLabels: number;
  readonly totalSeries: number;
}

/** More bars below each other are rather a table. */
const MOST_BARS = 50;
/** More columns side by side, or points, cannot be told apart. */
const MOST_COLUMNS = 400;
const MOST_PLACES = 5000;
/** There are so many colours. */
const MOST_SERIES = 8;

const UNKNOWN = 'NULL';

/** The points of a chart: rows of one place are added up, the largest series and the first places stay. */
export function chartPoints(choice: ChartChoice, table: ChartTable): ChartPoints {
  const found = choice.mark === 'point' ? pointsOf(choice, table) : addedUp(pointsOf(choice, table));
  const series = largestSeries(choice, found.points);
  const ofSeries = found.points.filter((point) => series.shown.has(point.series));
  const labels = [...new Set(ofSeries.map(({ label }) => label))];
  const shown = new Set(labels.slice(0, mostLabels(choice)));
  return {
    points: ofSeries.filter(({ label }) => shown.has(label)),
    series: [...series.shown],
    labels: [...shown],
    isSum: found.isSum,
    totalLabels: labels.length,
    totalSeries: series.total,
  };
}

function mostLabels({ mark }: ChartChoice): number {
  return mark === 'bar' ? MOST_BARS : mark === 'column' ? MOST_COLUMNS : MOST_PLACES;
}

interface Found {
  readonly points: readonly ChartPoint[];
  readonly isSum: boolean;
}

function pointsOf({ x, y, split }: ChartChoice, { names, rows }: ChartTable): Found {
  const at = names.indexOf(x);
  const splitAt = split === undefined ? -1 : names.indexOf(split);
  const points = rows.flatMap((row) =>
    y.flatMap((name): ChartPoint[] => {
      const value = numberOf(row[names.indexOf(name)]);
      const cell = row[at] ?? null;
      return value === undefined
        ? []
        : [
            {
              label: textOf(cell),
              place: placeOf(cell),
              series: splitAt < 0 ? name : textOf(row[splitAt] ?? null),
              value,
            },
          ];
    }),
  );
  return { points, isSum: false };
}

function addedUp({ points }: Found): Found {
  const sums = new Map<string, ChartPoint>();
  for (const point of points) {
    const key = JSON.stringify([point.label, point.series]);
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? point : { ...sum, value: sum.value + point.value });
  }
  return { points: [...sums.values()], isSum: sums.size < points.length };
}

/** Numbers of their own keep their order; parts of one number come by size. */
function largestSeries(
  { y, split }: ChartChoice,
  points: readonly ChartPoint[],
): { readonly shown: ReadonlySet<string>; readonly total: number } {
  if (split === undefined) {
    return { shown: new Set(y), total: y.length };
  }
  const sizes = new Map<string, number>();
  for (const { series, value } of points) {
    sizes.set(series, (sizes.get(series) ?? 0) + Math.abs(value));
  }
  const bySize = [...sizes].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return { shown: new Set(bySize.slice(0, MOST_SERIES)), total: bySize.length };
}

function numberOf(cell: ChartCell | undefined): number | undefined {
  const value = typeof cell === 'bigint' ? Number(cell) : cell;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function placeOf(cell: ChartCell): number | null {
  if (typeof cell !== 'string') {
    return numberOf(cell) ?? null;
  }
  const hasZone = /(?:Z|[+-]\d{2}:\d{2})$/u.test(cell);
  const isDay = !/[ T]\d/u.test(cell);
  // Without a zone it is a time of the mirror's own: read and written as UTC, no zone of the reader's shifts it.
  const time = Date.parse(cell.replace(' ', 'T') + (hasZone || isDay ? '' : 'Z'));
  return Number.isNaN(time) ? null : time;
}

function textOf(cell: ChartCell): string {
  return cell === null ? UNKNOWN : cell instanceof Uint8Array ? 'BLOB' : String(cell);
}
