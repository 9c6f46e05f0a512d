import type { ReportRow } from '../reportModel';

/** A number of a row; undefined where it is unknown. */
export function numberIn(row: ReportRow | undefined, field: string): number | undefined {
  const value = row?.[field];
  return typeof value === 'number' ? value : undefined;
}

/** A count of a row: there is none where nothing was counted. */
export function countIn(row: ReportRow | undefined, field: string): number {
  return numberIn(row, field) ?? 0;
}

/** A text of a row; empty where there is none. */
export function textIn(row: ReportRow | undefined, field: string): string {
  const value = row?.[field];
  return typeof value === 'string' ? value : '';
}

/** Sum over rows; undefined where it is unknown in all of them. */
export function sumOf(rows: readonly ReportRow[], field: string): number | undefined {
  return rows
    .map((row) => numberIn(row, field))
    .reduce((sum, value) => (value === undefined ? sum : (sum ?? 0) + value), undefined);
}
