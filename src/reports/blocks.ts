import type { Dataset } from './datasets';
import type { Formatter, Value } from './format';
import { UNKNOWN } from './format';
import { isMetricId, metricOf } from './metrics';
import type {
  BlockDefinition,
  ChartBlockDefinition,
  ColumnDefinition,
  TableBlockDefinition,
} from './reportDefinition';
import type { ChartBlock, ReportBlock, ReportRow, TableBlock, TableModel } from './reportModel';
import { buildSpec } from './specs/buildSpec';
import type { SpecContext } from './specs/time';
import { summaryOf } from './summary';
import { kpiBlock } from './tiles';

/** What blocks are made from. */
export interface BlockContext extends Omit<SpecContext, 'dataset' | 'isWide'> {
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly format: Formatter;
  /** Several instances: their columns and charts are shown. */
  readonly isSeveral: boolean;
  /** Values that notes may name. */
  readonly facts: ReportRow;
  /** Whether the span before is known. */
  readonly hasComparison: boolean;
}

/** Turns a block's definition and its rows into what renderers show. */
export function buildBlock(block: BlockDefinition, context: BlockContext): ReportBlock {
  const dataset = datasetOf(block.dataset, context);
  switch (block.type) {
    case 'kpis':
      return kpiBlock(block, dataset.rows, context);
    case 'chart':
      return chartBlock(block, dataset, context);
    case 'table':
      return tableBlock(block, dataset, context);
  }
}

function datasetOf(id: string, { datasets }: BlockContext): Dataset {
  const dataset = datasets.get(id);
  if (dataset === undefined) {
    throw new Error(`The report has no dataset "${id}"`);
  }
  return dataset;
}

function chartBlock(
  { id, title, description, dataset: name, chart, isWide = false, columns }: ChartBlockDefinition,
  { rows }: Dataset,
  context: BlockContext,
): ChartBlock {
  const spec = buildSpec(
    chart,
    { dataset: name, isWide, unit: context.unit, buckets: context.buckets },
    rows,
  );
  const summary = `${title}. ${summaryOf(chart, rows, context.format)}`;
  const shown = chart.kind === 'bars' ? rows.slice(0, chart.top) : rows;
  return {
    type: 'chart',
    id,
    title,
    description,
    isWide,
    spec,
    dataset: name,
    summary,
    table: tableOf(columns, shown, context),
  };
}

function tableBlock(
  { id, title, description, columns, rowsAre }: TableBlockDefinition,
  { rows, totalRows }: Dataset,
  context: BlockContext,
): TableBlock {
  const leftOut = totalRows - rows.length;
  const count = (value: number): string => context.format.number(value, 'integer');
  return {
    type: 'table',
    id,
    title,
    description,
    table: tableOf(columns, rows, context),
    cutNote:
      leftOut > 0
        ? `The first ${count(rows.length)} of ${count(totalRows)} ${rowsAre}; ${count(leftOut)} more are left out here and count in the totals.`
        : undefined,
  };
}

function tableOf(
  definitions: readonly ColumnDefinition[],
  rows: readonly ReportRow[],
  { format, isSeveral }: BlockContext,
): TableModel {
  const columns = definitions.filter(({ isForSeveral = false }) => isSeveral || !isForSeveral);
  return {
    columns: columns.map(({ field, title, format: numberFormat }) => {
      const metric = isMetricId(field) ? metricOf(field) : undefined;
      return {
        title: title ?? metric?.title ?? field,
        align: numberFormat === undefined ? 'start' : 'end',
        definition: metric?.definition,
      };
    }),
    rows: rows.map((row) =>
      columns.map(({ field, format: numberFormat }) =>
        cellText(row[field] ?? null, (value) => format.number(value, numberFormat ?? 'integer')),
      ),
    ),
  };
}

function cellText(value: Value, number: (value: number) => string): string {
  return typeof value === 'number' ? number(value) : (value ?? UNKNOWN);
}
