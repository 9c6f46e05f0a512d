import type { Datasets } from './datasets';
import type { Formatter, Value } from './format';
import { UNKNOWN } from './format';
import { isMetricId, metricOf } from './metrics/metrics';
import type {
  BlockDefinition,
  ChartBlockDefinition,
  ColumnDefinition,
  DeriveContext,
  TableBlockDefinition,
  TextBlockDefinition,
} from './reportDefinition';
import type {
  ChartBlock,
  PendingBlock,
  ReportBlock,
  ReportLink,
  ReportRow,
  TableBlock,
  TableCell,
  TableModel,
  TextBlock,
} from './reportModel';
import type { TableView } from './reportSettings';
import { buildSpec } from './specs/buildSpec';
import { furtherDatasets } from './specs/chartKinds';
import type { SpecContext } from './specs/time';
import { summaryOf } from './summary';
import { kpiBlock } from './tiles';

/** What blocks are made from. */
export interface BlockContext extends Omit<SpecContext, 'dataset' | 'isWide' | 'rowsOf'> {
  readonly datasets: Datasets;
  readonly format: Formatter;
  readonly derive: DeriveContext;
  /** Several instances: their columns and charts are shown. */
  readonly isSeveral: boolean;
  /** Values that notes may name. */
  readonly facts: ReportRow;
  /** Whether the span before is known. */
  readonly hasComparison: boolean;
  /** How tables are wanted, by block. */
  readonly tables: Readonly<Record<string, TableView>>;
}

/** The place of a block whose numbers are still to come. */
export function pendingBlock(block: BlockDefinition): PendingBlock {
  return {
    type: 'pending',
    id: block.id,
    title: block.type === 'kpis' ? '' : block.title,
    isWide: isWide(block),
    of: block.type,
  };
}

export function isWide(block: BlockDefinition): boolean {
  return block.type !== 'chart' || block.isWide === true;
}

/** Reads what a block shows and turns it into what renderers show. @throws Error when a dataset cannot be read */
export async function buildBlock(block: BlockDefinition, context: BlockContext): Promise<ReportBlock> {
  switch (block.type) {
    case 'kpis':
      return kpiBlock(block, (await context.datasets.get(block.dataset)).rows, context);
    case 'chart':
      return chartBlock(block, context);
    case 'table':
      return tableBlock(block, context);
    case 'text':
      return textBlock(block, context);
  }
}

async function chartBlock(
  { id, title, description, dataset: name, chart, isWide: wide = false, columns }: ChartBlockDefinition,
  context: BlockContext,
): Promise<ChartBlock> {
  const { unit, buckets, marks, datasets } = context;
  const { rows } = await datasets.get(name);
  const further = new Map<string, readonly ReportRow[]>();
  for (const other of furtherDatasets(chart)) {
    further.set(other, (await datasets.get(other)).rows);
  }
  const shown = chart.kind === 'bars' ? rows.slice(0, chart.top) : rows;
  return {
    type: 'chart',
    id,
    title,
    description,
    isWide: wide,
    spec: buildSpec(
      chart,
      { dataset: name, isWide: wide, unit, buckets, marks, rowsOf: (other) => further.get(other) ?? [] },
      rows,
    ),
    dataset: name,
    click: chart.click,
    summary: `${title}. ${summaryOf(chart, rows, context.format)}`,
    table: tableOf(columns, shown, context),
  };
}

async function tableBlock(
  { id, title, description, dataset: source, columns, rowsAre }: TableBlockDefinition,
  context: BlockContext,
): Promise<TableBlock> {
  const view = viewOf(context.tables[id] ?? {}, columns);
  const [dataset, { rows, totalRows }] = await context.datasets.view(source, id, view);
  const leftOut = totalRows - rows.length;
  const count = (value: number): string => context.format.number(value, 'integer');
  return {
    type: 'table',
    id,
    title,
    description,
    dataset,
    table: tableOf(columns, rows, context),
    sort: view.sort,
    canBeLonger: leftOut > 0 && view.isLong !== true,
    cutNote: rowsNote(rows.length, totalRows, rowsAre, count),
  };
}

/** What is said below a table that does not show all there could be. */
function rowsNote(
  shown: number,
  total: number,
  rowsAre: string,
  count: (value: number) => string,
): string | undefined {
  if (total === 0) {
    return `No ${rowsAre} here.`;
  }
  const leftOut = total - shown;
  return leftOut > 0
    ? `The first ${count(shown)} of ${count(total)} ${rowsAre}; ${count(leftOut)} more are left out here and count in the totals.`
    : undefined;
}

/** A wish from outside may name a column that the table does not have (any more). */
function viewOf(view: TableView, columns: readonly ColumnDefinition[]): TableView {
  const isKnown = columns.length === 0 || columns.some(({ field }) => field === view.sort?.field);
  return { ...view, sort: isKnown ? view.sort : undefined };
}

async function textBlock(
  { id, title, description, datasets, write }: TextBlockDefinition,
  context: BlockContext,
): Promise<TextBlock> {
  const rows: (readonly ReportRow[])[] = [];
  for (const name of datasets) {
    rows.push((await context.datasets.get(name)).rows);
  }
  return { type: 'text', id, title, description, sentences: write(rows, context.derive) };
}

function tableOf(
  definitions: readonly ColumnDefinition[],
  rows: readonly ReportRow[],
  { format, isSeveral }: BlockContext,
): TableModel {
  const columns = (definitions.length === 0 ? columnsIn(rows) : definitions).filter(
    ({ isForSeveral = false }) => isSeveral || !isForSeveral,
  );
  return {
    columns: columns.map(({ field, title, format: numberFormat, holds, definition }) => {
      const metric = isMetricId(field) ? metricOf(field) : undefined;
      return {
        field,
        title: title ?? metric?.title ?? field,
        align: numberFormat === undefined ? 'start' : 'end',
        format: numberFormat,
        definition: definition ?? metric?.definition,
        holds,
      };
    }),
    rows: rows.map((row) => columns.map((column) => cellOf(column, row, format))),
  };
}

/** All columns of rows that nobody described: numbers as such, everything else as text. */
function columnsIn(rows: readonly ReportRow[]): ColumnDefinition[] {
  return Object.keys(rows[0] ?? {}).map((field) => {
    const values = rows.map((row) => row[field] ?? null).filter((value) => value !== null);
    const isNumber = values.length > 0 && values.every((value) => typeof value === 'number');
    return isNumber
      ? { field, format: values.every(Number.isInteger) ? ('integer' as const) : ('decimal' as const) }
      : { field };
  });
}

function cellOf(
  { field, format: numberFormat, link: leadsTo }: ColumnDefinition,
  row: ReportRow,
  format: Formatter,
): TableCell {
  const value = row[field] ?? null;
  const text =
    typeof value === 'number' ? format.number(value, numberFormat ?? 'integer') : (value ?? UNKNOWN);
  const target = leadsTo === undefined ? undefined : linkOf(leadsTo.kind, row[leadsTo.key] ?? null);
  if (target === undefined) {
    return text;
  }
  const linked: Exclude<TableCell, string> = { text, link: target };
  return linked;
}

/** A link to what an id names; undefined without an id. */
function linkOf(kind: ReportLink['kind'], key: Value): ReportLink | undefined {
  if (key === null) {
    return undefined;
  }
  switch (kind) {
    case 'user':
      return { kind, userId: Number(key) };
    case 'group':
      return { kind, groupId: Number(key) };
    case 'instance':
      return { kind, instanceId: Number(key) };
    case 'chat':
      return { kind, chatId: Number(key) };
    case 'model':
      return { kind, modelId: String(key) };
    case 'costLine':
      return { kind, line: String(key) };
    case 'report':
      return { kind, reportId: String(key) };
  }
}
