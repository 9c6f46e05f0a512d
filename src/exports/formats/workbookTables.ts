import * as l10n from '@vscode/l10n';
import { workbook, type Sheet, type SheetColumn } from '../../reports/export/xlsx';
import { isTooLongForCell, type SheetColumnKind } from '../../reports/export/xlsxCell';
import type { Cell } from '../../store/resultSet';
import type { Row } from '../../store/sqlite/sqlite';
import { ExportError } from '../exportError';
import type { ColumnKind, ExportColumn } from '../tables/columns';
import type { TableCut } from '../exportTypes';
import { sheetValue } from './plainCells';

/** What a workbook may hold. */
export interface WorkbookLimits {
  /** Rows of a sheet below its header. */
  readonly sheetRows: number;
  /** Characters of all texts, with a few for each cell: it is made in memory. */
  readonly size: number;
}

export const WORKBOOK_LIMITS: WorkbookLimits = { sheetRows: 1_048_575, size: 192 * 1024 * 1024 };

/** What a cell takes beside its text. */
const CELL_SIZE = 8;

const SHEET_KINDS: Readonly<Partial<Record<ColumnKind, SheetColumnKind>>> = {
  instant: 'time',
  local: 'time',
  date: 'date',
  amount: 'money',
};

interface BookTable {
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  readonly rows: Cell[][];
  /** Rows that no sheet has room for. */
  leftOut: number;
  /** Texts that no cell has room for. */
  cutTexts: number;
}

/** Tables as sheets of one workbook, with a first sheet that tells what they hold and what there was no room for. */
export class WorkbookTables {
  readonly #limits: WorkbookLimits;
  readonly #tables: BookTable[] = [];
  #size = 0;

  constructor(limits: WorkbookLimits = WORKBOOK_LIMITS) {
    this.#limits = limits;
  }

  /** Begins a sheet. */
  table(name: string, columns: readonly ExportColumn[]): void {
    this.#tables.push({ name, columns, rows: [], leftOut: 0, cutTexts: 0 });
  }

  /** Adds rows to the last sheet. @throws ExportError when a workbook has no room for so much */
  add(rows: readonly Row[]): void {
    const table = this.#tables.at(-1);
    for (const row of table === undefined ? [] : rows) {
      this.#addRow(table as BookTable, row);
    }
  }

  /** What was left out and cut, of those tables alone of which something was. */
  cuts(): TableCut[] {
    return this.#tables
      .filter(({ leftOut, cutTexts }) => leftOut + cutTexts > 0)
      .map(({ name, leftOut, cutTexts }) => ({ table: name, rows: leftOut, texts: cutTexts }));
  }

  /** @param facts lines of the first sheet, such as the time zone */
  bytes(facts: readonly (readonly [string, string])[]): Promise<Uint8Array> {
    return workbook([this.#about(facts), ...this.#tables.map(sheetOf)], 'OpenWebUI Sync');
  }

  #addRow(table: BookTable, row: Row): void {
    if (table.rows.length >= this.#limits.sheetRows) {
      table.leftOut += 1;
      return;
    }
    const cells = table.columns.map(({ kind }, index) => sheetValue(row[index] ?? null, kind));
    for (const cell of cells) {
      this.#size += CELL_SIZE + (typeof cell === 'string' ? cell.length : 0);
      table.cutTexts += typeof cell === 'string' && isTooLongForCell(cell) ? 1 : 0;
    }
    if (this.#size > this.#limits.size) {
      throw new ExportError(
        l10n.t('These tables are too large for an Excel workbook. Choose fewer, or export CSV or Parquet.'),
      );
    }
    table.rows.push(cells);
  }

  #about(facts: readonly (readonly [string, string])[]): Sheet {
    const line = (...cells: readonly Cell[]): readonly Cell[] => cells;
    return {
      name: l10n.t('About'),
      columns: [1, 2, 3, 4].map(() => ({ title: '', kind: 'text' })),
      hasHeader: false,
      rows: [
        ...facts,
        line(),
        line(l10n.t('Table'), l10n.t('Rows'), l10n.t('Rows left out'), l10n.t('Texts cut')),
        ...this.#tables.map(({ name, rows, leftOut, cutTexts }) =>
          line(name, rows.length, leftOut, cutTexts),
        ),
      ],
    };
  }
}

function sheetOf({ name, columns, rows }: BookTable): Sheet {
  return {
    name,
    columns: columns.map((column): SheetColumn => ({
      title: column.name,
      kind: SHEET_KINDS[column.kind] ?? 'text',
    })),
    rows,
    hasHeader: true,
  };
}
