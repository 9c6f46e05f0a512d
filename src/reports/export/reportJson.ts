import { isMetricId, metricOf } from '../metrics/metrics';
import type { ReportBlock, ReportModel, ReportRow, TableColumnModel } from '../reportModel';
import type { ExportModel } from './cover';

/** Raised with every change that a program which reads such files would misread. */
export const REPORT_JSON_VERSION = 1;

/**
 * A report's data for programs: what it covers, its tiles and sentences, its tables as lists of columns, every dataset with
 * typed values (docs/report-json.md tells the shape).
 */
export function reportJson(model: ExportModel): string {
  const { period, sections } = model;
  const blocks = model.isEmpty ? [] : sections.flatMap((section) => section.blocks);
  const document = {
    format: 'openwebui-sync-report',
    version: REPORT_JSON_VERSION,
    report: { id: model.reportId, title: model.title },
    scope: { kind: model.scope.kind, title: model.subtitle },
    instances: model.sources,
    period,
    filters: model.filters,
    zone: model.zone,
    warehouse: model.warehouse,
    freshness: model.freshness,
    knownDays: model.knownDays,
    generation: model.generation,
    writtenAt: model.createdAt,
    isPseudonymised: model.isPseudonymised === true,
    isEmpty: model.isEmpty,
    tiles: blocks.flatMap((block) => (block.type === 'kpis' ? block.tiles : [])),
    sentences: blocks.flatMap((block) => (block.type === 'text' ? block.sentences : [])),
    tables: blocks.flatMap(tableEntry),
    datasets: Object.fromEntries(
      Object.entries(model.datasets).map(([name, rows]) => [name, datasetEntry(name, rows, model)]),
    ),
    notes: model.notes,
    definitions: model.definitions,
    queries: model.queries.map(({ id, title, sql }) => ({ id, title, sql })),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

/** What a table or chart shows: columns of a dataset, in their order. */
function tableEntry(block: ReportBlock): object[] {
  if (block.type !== 'table' && block.type !== 'chart') {
    return [];
  }
  const { type, id, title, description, dataset, table } = block;
  return [
    {
      id,
      type,
      title,
      description,
      dataset,
      fields: table.columns.map(({ field }) => field),
      rowCount: table.rows.length,
      ...(block.type === 'chart' ? { summary: block.summary } : { cutNote: block.cutNote }),
    },
  ];
}

function datasetEntry(name: string, rows: readonly ReportRow[], model: ReportModel): object {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = new Map(columnsOf(name, model).map((column) => [column.field, column]));
  return { columns: fields.map((field) => columnEntry(field, shown.get(field))), rows };
}

function columnsOf(dataset: string, { sections }: ReportModel): TableColumnModel[] {
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) =>
      (block.type === 'table' || block.type === 'chart') && block.dataset === dataset
        ? block.table.columns
        : [],
    ),
  );
}

function columnEntry(field: string, column: TableColumnModel | undefined): object {
  const metric = isMetricId(field) ? metricOf(field) : undefined;
  return {
    field,
    title: column?.title ?? metric?.title,
    /** `percent` is a fraction of 1. */
    unit: column?.format ?? metric?.format,
    definition: column?.definition ?? metric?.definition,
  };
}
