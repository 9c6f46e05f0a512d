import { CSV, delimitedLine } from './csv';
import type { ExportTable } from './exportTables';

/** Spreadsheets take a file without it for text in the system's own encoding. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** One table of a report as CSV: raw values under the titles of its columns. */
export function* tableCsv({ columns, rows }: ExportTable): Generator<string> {
  yield (
    BYTE_ORDER_MARK +
    delimitedLine(
      columns.map(({ title }) => title),
      CSV,
    )
  );
  for (const row of rows) {
    yield delimitedLine(row, CSV);
  }
}
