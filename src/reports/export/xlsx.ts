import { writeXlsx, writeXlsxStream, type CellStyle, type ColumnDef, type WriteSheet } from 'hucre/xlsx';
import type { Cell } from '../../store/resultSet';
import { sheetCell, sheetNames, sheetText, type SheetCell, type SheetColumnKind } from './xlsxCell';

export interface SheetColumn {
  readonly title: string;
  readonly kind: SheetColumnKind;
}

/** A table of a workbook. */
export interface Sheet {
  /** As it is wished: Excel's rules for names are kept here. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: Iterable<readonly Cell[]>;
  /** Without it the rows are text to read, such as a cover page. */
  readonly hasHeader: boolean;
}

/** How numbers and dates of a column are shown; the cells hold the values. */
const NUMBER_FORMATS: Readonly<Record<SheetColumnKind, string | undefined>> = {
  text: undefined,
  integer: '#,##0',
  decimal: '#,##0.00',
  percent: '0.0%',
  money: '#,##0.00##',
  date: 'yyyy-mm-dd',
  time: 'yyyy-mm-dd hh:mm:ss',
};

const HEADER: CellStyle = { font: { bold: true } };

/** Widths of columns, in characters: of titles and of the first rows' values. */
const WIDTHS = { minimum: 8, maximum: 60 } as const;
const MEASURED_ROWS = 100;

/** A workbook of several sheets; for tables of moderate size, since it is made in memory. */
export function workbook(sheets: readonly Sheet[], title: string): Promise<Uint8Array> {
  const names = sheetNames(sheets.map(({ name }) => name));
  return writeXlsx({
    sheets: sheets.map((sheet, index) => sheetOf(sheet, names[index] ?? '')),
    properties: { title: sheetText(title), creator: 'OpenWebUI Sync' },
  });
}

/**
 * A workbook of one table as its bytes come: memory does not grow with the rows. What exceeds Excel's 1,048,576 rows
 * goes on in a further sheet.
 */
export function workbookStream(sheet: Sheet): AsyncIterable<Uint8Array> {
  const [name = ''] = sheetNames([sheet.name]);
  return writeXlsxStream(normalised(sheet), {
    name,
    columns: sheet.columns.map(({ title, kind }) => ({
      ...columnOf(kind),
      header: sheetText(title),
      width: widthOf([title]),
    })),
    freezePane: { rows: 1 },
  });
}

function* normalised({ columns, rows }: Sheet): Generator<SheetCell[]> {
  for (const row of rows) {
    yield columns.map(({ kind }, index) => sheetCell(row[index] ?? null, kind));
  }
}

function sheetOf(sheet: Sheet, name: string): WriteSheet {
  const { columns, hasHeader } = sheet;
  const body = [...normalised(sheet)];
  const titles = columns.map(({ title }) => sheetText(title));
  const defs = columns.map(({ title, kind }, index) => ({
    ...columnOf(kind),
    width: widthOf([title, ...body.slice(0, MEASURED_ROWS).map((row) => row[index] ?? null)]),
  }));
  if (!hasHeader) {
    return { name, columns: defs, rows: body };
  }
  return {
    name,
    columns: defs,
    rows: [titles, ...body],
    cells: new Map(titles.map((value, index) => [`0,${index}`, { value, style: HEADER }])),
    freezePane: { rows: 1 },
  };
}

function columnOf(kind: SheetColumnKind): ColumnDef {
  const numFmt = NUMBER_FORMATS[kind];
  return numFmt === undefined ? {} : { numFmt };
}

function widthOf(values: readonly SheetCell[]): number {
  const longest = Math.max(
    ...values.map((value) => (value instanceof Date ? 19 : String(value ?? '').length)),
  );
  return Math.min(Math.max(longest + 2, WIDTHS.minimum), WIDTHS.maximum);
}
