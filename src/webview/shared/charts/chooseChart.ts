import type { ColumnRole } from './columnRole';

/** A column of a result, as choosing a chart sees it. */
export interface ChartColumn {
  readonly name: string;
  readonly role: ColumnRole;
}

/** `bar`: horizontal, one below the other; `column`: upright, side by side. */
export const CHART_MARKS = ['bar', 'column', 'line', 'point'] as const;
export type ChartMark = (typeof CHART_MARKS)[number];

/** What a chart draws, by names of columns. */
export interface ChartChoice {
  readonly mark: ChartMark;
  /** What the values stand for: names, moments, or, of points, numbers. */
  readonly x: string;
  /** The numbers, one or more. */
  readonly y: readonly string[];
  /** Tells series apart where there is one number. */
  readonly split?: string | undefined;
}

/** More lines than this in one chart cannot be followed. */
const MOST_LINES = 4;
/** More numbers beside each other are rather a table. */
const MOST_BARS = 2;

/**
 * The chart that says most about a result: lines over time, bars of names, points of two numbers. Undefined when nothing of
 * it can be drawn: there is no number, or nothing that it belongs to.
 */
export function chooseChart(columns: readonly ChartColumn[]): ChartChoice | undefined {
  const named = (role: ColumnRole): string[] =>
    columns.filter((column) => column.role === role).map(({ name }) => name);
  const numbers = named('number');
  const [time] = named('time');
  const [name] = named('name');
  const [first, second] = numbers;
  if (first === undefined) {
    return undefined;
  }
  if (time !== undefined) {
    return numbers.length === 1 && name !== undefined
      ? { mark: 'line', x: time, y: [first], split: name }
      : { mark: 'line', x: time, y: numbers.slice(0, MOST_LINES) };
  }
  if (name !== undefined) {
    return { mark: 'bar', x: name, y: numbers.length <= MOST_BARS ? numbers : [first] };
  }
  return second === undefined ? undefined : { mark: 'point', x: first, y: [second] };
}

/** Whether a result has all columns that a chart draws: its statement may have changed since. */
export function fits(choice: ChartChoice, columns: readonly ChartColumn[]): boolean {
  const names = new Set(columns.map(({ name }) => name));
  const drawn = [choice.x, ...choice.y, ...(choice.split === undefined ? [] : [choice.split])];
  return choice.y.length > 0 && drawn.every((name) => names.has(name));
}
