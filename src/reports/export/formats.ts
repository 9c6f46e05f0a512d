/** How a report can be written; `isOfTable`: also one of its tables or charts alone. */
export const EXPORT_FORMATS = [
  {
    id: 'html',
    title: 'HTML',
    detail: 'One page with charts and tables: offline, for mail, print and PDF',
    extension: 'html',
    isOfTable: false,
  },
  {
    id: 'xlsx',
    title: 'Excel',
    detail: 'A sheet for each table and chart, with numbers as numbers',
    extension: 'xlsx',
    isOfTable: true,
  },
  {
    id: 'json',
    title: 'JSON',
    detail: 'All data and definitions, for programs',
    extension: 'json',
    isOfTable: false,
  },
  {
    id: 'md',
    title: 'Markdown',
    detail: 'Headline numbers, sentences and short tables, for a mail',
    extension: 'md',
    isOfTable: false,
  },
  {
    id: 'csv',
    title: 'CSV of a table',
    detail: 'The values of one table or chart',
    extension: 'csv',
    isOfTable: true,
  },
  {
    id: 'svg',
    title: 'SVG of a chart',
    detail: 'One chart as a picture that can be scaled',
    extension: 'svg',
    isOfTable: true,
  },
] as const;

/** Formats that hold one table or chart and never a whole report. */
export const PARTIAL_FORMATS: ReadonlySet<string> = new Set<ExportFormat>(['csv', 'svg']);

export type ExportFormat = (typeof EXPORT_FORMATS)[number]['id'];

/** The format of that id. */
export function formatOf(id: ExportFormat): (typeof EXPORT_FORMATS)[number] {
  const found = EXPORT_FORMATS.find((format) => format.id === id);
  if (found === undefined) {
    throw new Error(`There is no export format ${id}`);
  }
  return found;
}
