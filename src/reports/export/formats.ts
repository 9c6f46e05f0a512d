import * as l10n from '@vscode/l10n';
import { translated } from '../../language/translated';

/** How a report can be written; `isOfTable`: also one of its tables or charts alone; `of`: that report alone. */
export const EXPORT_FORMATS = [
  {
    id: 'html',
    extension: 'html',
    isOfTable: false,
  },
  {
    id: 'xlsx',
    extension: 'xlsx',
    isOfTable: true,
  },
  {
    id: 'json',
    extension: 'json',
    isOfTable: false,
  },
  {
    id: 'md',
    extension: 'md',
    isOfTable: false,
  },
  {
    id: 'csv',
    extension: 'csv',
    isOfTable: true,
  },
  {
    id: 'svg',
    extension: 'svg',
    isOfTable: true,
  },
  {
    id: 'focus',
    extension: 'csv',
    isOfTable: false,
    of: 'reconciliation',
  },
] as const;

/** Formats that hold one table or chart and never a whole report. */
export const PARTIAL_FORMATS: ReadonlySet<string> = new Set<ExportFormat>(['csv', 'svg']);

export type ExportFormat = (typeof EXPORT_FORMATS)[number]['id'];

/** What formats are called, and what each is for. */
export const FORMAT_WORDS = translated<
  Readonly<Record<ExportFormat, { readonly title: string; readonly detail: string }>>
>(() => ({
  html: {
    title: 'HTML',
    detail: l10n.t('One page with charts and tables: offline, for mail, print and PDF'),
  },
  xlsx: { title: 'Excel', detail: l10n.t('A sheet for each table and chart, with numbers as numbers') },
  json: { title: 'JSON', detail: l10n.t('All data and definitions, for programs') },
  md: { title: 'Markdown', detail: l10n.t('Headline numbers, sentences and short tables, for a mail') },
  csv: { title: l10n.t('CSV of a table'), detail: l10n.t('The values of one table or chart') },
  svg: { title: l10n.t('SVG of a chart'), detail: l10n.t('One chart as a picture that can be scaled') },
  focus: {
    title: l10n.t('FOCUS rows'),
    detail: l10n.t(
      'Every row of the bills with its instance and model as CSV, under the names of FOCUS columns',
    ),
  },
}));

/** The formats that a report can be written in. */
export function formatsOf(reportId: string): readonly ExportFormat[] {
  return EXPORT_FORMATS.filter((format) => !('of' in format) || format.of === reportId).map(({ id }) => id);
}

/** The format of that id. */
export function formatOf(id: ExportFormat): (typeof EXPORT_FORMATS)[number] {
  const found = EXPORT_FORMATS.find((format) => format.id === id);
  if (found === undefined) {
    throw new Error(`There is no export format ${id}`);
  }
  return found;
}
