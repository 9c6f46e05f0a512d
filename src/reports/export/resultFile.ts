import type { ResultSet } from '../../store/resultSet';
import { CSV, delimitedLines } from './csv';
import { BYTE_ORDER_MARK } from './csvExport';
import { jsonLines } from './json';
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

const CONTENT: Readonly<Record<ResultFormat, (result: ResultSet) => FileContent>> = {
  csv: csvParts,
  xlsx: (result) =>
    workbookStream({
      name: 'Result',
      columns: result.columns.map(({ name }) => ({ title: name, kind: 'text' })),
      rows: rowsIn(result),
      hasHeader: true,
    }),
  json: (result) => jsonLines(result),
  parquet: parquetParts,
};

/** A file of the result, part by part. */
export function resultFile(result: ResultSet, format: ResultFormat): FileContent {
  return CONTENT[format](result);
}

function* csvParts(result: ResultSet): Generator<string> {
  yield BYTE_ORDER_MARK;
  yield* delimitedLines(result, CSV);
}

function* rowsIn({
  columns,
  rowCount,
}: ResultSet): Generator<ReturnType<ResultSet['columns'][number]['at']>[]> {
  for (let row = 0; row < rowCount; row += 1) {
    yield columns.map((column) => column.at(row));
  }
}
