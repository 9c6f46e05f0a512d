import type { NumberFormat, Value } from '../format';
import type { ReportBlock, ReportModel, TableCell, TableColumnModel } from '../reportModel';
import type { SheetColumnKind } from './xlsxCell';

/** A column of a table with its raw values. */
export interface ExportColumn {
  /** Name in datasets, stable. */
  readonly field: string;
  readonly title: string;
  readonly kind: SheetColumnKind;
  /** How reports write the values; undefined: as text. */
  readonly format?: NumberFormat | undefined;
  readonly definition?: string | undefined;
}

/** A table of a report, or the data of a chart, with the values that are shown. */
export interface ExportTable {
  /** Id of its block. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly (readonly Value[])[];
  /** Said when rows are left out. */
  readonly cutNote?: string | undefined;
}

/** Every table of a report and the data of every chart, in its order. */
export function tablesOf({ sections, datasets }: ReportModel): ExportTable[] {
  return sections.flatMap(({ blocks }) => blocks.flatMap((block) => tableOfBlock(block, datasets)));
}

function tableOfBlock(block: ReportBlock, datasets: ReportModel['datasets']): ExportTable[] {
  if (block.type !== 'table' && block.type !== 'chart') {
    return [];
  }
  const { id, title, description, dataset, table } = block;
  // A chart of the first rows has a table of the first rows.
  const shown = (datasets[dataset] ?? []).slice(0, table.rows.length);
  const rows = shown.map((row) => table.columns.map(({ field }) => row[field] ?? null));
  const columns = table.columns.map((column, index) =>
    exportColumn(
      column,
      rows.map((row) => row[index] ?? null),
    ),
  );
  return [
    { id, title, description, columns, rows, cutNote: block.type === 'table' ? block.cutNote : undefined },
  ];
}

const KINDS: Readonly<Record<NumberFormat, SheetColumnKind>> = {
  integer: 'integer',
  compact: 'integer',
  bytes: 'integer',
  money: 'money',
  decimal: 'decimal',
  percent: 'percent',
};

function exportColumn(
  { field, title, format, definition }: TableColumnModel,
  values: readonly Value[],
): ExportColumn {
  return { field, title, format, definition, kind: format === undefined ? textKind(values) : KINDS[format] };
}

const DATE = /^\d{4}-\d\d-\d\d$/u;
const TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/u;

/** Text that is a date or a time in every row is one. */
function textKind(values: readonly Value[]): SheetColumnKind {
  const known = values.filter((value) => value !== null);
  const isEvery = (pattern: RegExp): boolean =>
    known.length > 0 && known.every((value) => typeof value === 'string' && pattern.test(value));
  return isEvery(DATE) ? 'date' : isEvery(TIME) ? 'time' : 'text';
}

/** A cell as it is shown: an exported file has no links into the editor. */
export function shownText(cell: TableCell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
