import * as l10n from '@vscode/l10n';
import type { Cell, ResultSet } from '../../store/resultSet';
import type { FileContent } from './outputFile';
import { parquetParts } from './parquet';
import { workbookStream } from './xlsx';

/** How all rows of a result are written to a file; the id is the file's extension. */
export const RESULT_FORMATS = [
  { id: 'csv', title: 'CSV' },
  { id: 'xlsx', title: 'Excel' },
  { id: 'json', title: 'JSON' },
  { id: 'parquet', title: 'Parquet' },
] as const;

export type ResultFormat = (typeof RESULT_FORMATS)[number]['id'];

/** Formats for which all rows must be known: a column of Parquet has one type, a workbook is a ZIP file. */
export type WholeFormat = Extract<ResultFormat, 'xlsx' | 'parquet'>;

/** What a file of such a format may hold. */
export interface WholeLimits {
  /** Characters and bytes: all rows are in memory. */
  readonly size: number;
  /** Rows of a sheet below its header. */
  readonly sheetRows: number;
}

export const WHOLE_LIMITS: WholeLimits = { size: 512 * 1024 * 1024, sheetRows: 1_048_575 };

/** Rows that are read for a file at most. */
export function mostRows(format: WholeFormat, { sheetRows }: WholeLimits): number {
  return format === 'xlsx' ? sheetRows : Infinity;
}

/** @throws Error that names a format which has no limit, when the result was cut */
export function assertFits({ truncated, isFull }: ResultSet, format: WholeFormat, limits: WholeLimits): void {
  if (!truncated) {
    return;
  }
  throw new Error(
    isFull === true
      ? l10n.t(
          'This result has more than {0} MB, too much for {1}. Save it as CSV: that has no limit.',
          Math.round(limits.size / 1024 ** 2).toLocaleString('en'),
          format === 'xlsx' ? 'Excel' : 'Parquet',
        )
      : l10n.t(
          'A sheet of Excel has no room for more than {0} rows. Save the result as CSV: that has no limit.',
          limits.sheetRows.toLocaleString('en'),
        ),
  );
}

/** A file of the result, part by part. @param onRows told how many rows were taken */
export function resultFile(
  result: ResultSet,
  format: WholeFormat,
  onRows: (count: number) => void = () => undefined,
): FileContent {
  return format === 'parquet'
    ? parquetParts(result, onRows)
    : workbookStream({
        name: 'Result',
        columns: result.columns.map(({ name }) => ({ title: name, kind: 'text' })),
        rows: rowsIn(result, onRows),
        hasHeader: true,
      });
}

function* rowsIn({ columns, rowCount }: ResultSet, onRows: (count: number) => void): Generator<Cell[]> {
  for (let row = 0; row < rowCount; row += 1) {
    yield columns.map((column) => column.at(row));
    onRows(row + 1);
  }
}
