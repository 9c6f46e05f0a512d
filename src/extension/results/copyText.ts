import * as l10n from '@vscode/l10n';
import { cellText } from '../../reports/export/cellText';
import { CSV, delimitedLines, TSV } from '../../reports/export/csv';
import { jsonLines } from '../../reports/export/json';
import { markdownLines } from '../../reports/export/resultMarkdown';
import { insertLines } from '../../reports/export/sqlInsert';
import { partOf, type ResultSet } from '../../store/resultSet';
import { joinedInSlices } from '../../store/slices';
import { formatCount } from '../../sync/words';
import type { CellRange, CopyFormat, CopyWish } from '../../webview/results/protocol';

type Lines = (part: ResultSet, hasHeader: boolean) => Iterable<string>;

const LINES: Readonly<Record<CopyFormat, Lines>> = {
  tsv: (part, hasHeader) => delimitedLines(part, { ...TSV, hasHeader }),
  csv: (part, hasHeader) => delimitedLines(part, { ...CSV, lineEnd: '\n', hasHeader }),
  markdown: markdownLines,
  json: jsonLines,
  sql: insertLines,
};

/** A rectangle for the clipboard; one cell alone, without headers, as tabulated text is its value as it is. */
export async function clipboardText(
  result: ResultSet,
  range: CellRange,
  { format, withHeaders }: CopyWish,
): Promise<string> {
  const part = cut(result, range);
  if (format === 'tsv' && !withHeaders && part.rowCount === 1 && part.columns.length === 1) {
    return cellText(part.columns[0]?.at(0) ?? null);
  }
  return (await joinedInSlices(LINES[format](part, withHeaders))).replace(/\n$/u, '');
}

/** `Copied 12 cells.` */
export function copiedInWords(range: CellRange): string {
  const cells = (range.lastRow - range.firstRow + 1) * (range.lastColumn - range.firstColumn + 1);
  return cells === 1 ? l10n.t('Copied 1 cell.') : l10n.t('Copied {0} cells.', formatCount(cells));
}

function cut(result: ResultSet, range: CellRange): ResultSet {
  return {
    ...result,
    columns: result.columns
      .slice(range.firstColumn, range.lastColumn + 1)
      .map((column) => partOf(column, range.firstRow, range.lastRow + 1)),
    rowCount: range.lastRow - range.firstRow + 1,
  };
}
