import type { ResultSet } from '../../store/resultSet';
import type { ReportModel } from '../reportModel';
import { emptyText, type ExportModel } from './cover';
import { tableCsv } from './csvExport';
import { tablesOf, type ExportTable } from './exportTables';
import { focusCsv, focusWithoutNames } from './focus';
import type { ExportFormat } from './formats';
import { renderReportHtml, type HtmlExportOptions } from './htmlExport';
import type { FileContent } from './outputFile';
import type { People } from './people';
import { pseudonymised } from './pseudonyms';
import { reportJson } from './reportJson';
import { reportMarkdown } from './reportMarkdown';
import { reportXlsx, tableXlsx } from './reportXlsx';
import { standaloneSvg } from './standaloneSvg';

/** What of a report is written, and how. */
export interface ExportWish {
  readonly format: ExportFormat;
  /** Block of the one table or chart that is written; CSV and SVG need it, else the whole report. */
  readonly tableId?: string | undefined;
  /** Of `focus`: see {@link readFocusRows}. */
  readonly rows?: ResultSet | undefined;
}

export interface RenderOptions extends HtmlExportOptions {
  /** Whose names are replaced; absent: none. */
  readonly people?: People | undefined;
}

/** Renders a report in a format. @throws Error when the report has no such table, or none at all since it is empty */
export async function renderExport(
  model: ReportModel,
  { format, tableId, rows }: ExportWish,
  { script, people }: RenderOptions = {},
): Promise<FileContent> {
  const shown: ExportModel = people === undefined ? model : pseudonymised(model, people);
  switch (format) {
    case 'html':
      return renderReportHtml(shown, { script });
    case 'xlsx':
      return tableId === undefined ? reportXlsx(shown) : tableXlsx(tableIn(shown, tableId));
    case 'json':
      return reportJson(shown);
    case 'md':
      return reportMarkdown(shown);
    case 'csv':
      return tableCsv(tableIn(shown, tableId));
    case 'svg':
      return standaloneSvg(shown, tableId ?? '');
    case 'focus':
      if (rows === undefined) {
        throw new Error('Rows of bills are read before they are written');
      }
      return focusCsv(people === undefined ? rows : focusWithoutNames(rows, people));
  }
}

function tableIn(model: ReportModel, id: string | undefined): ExportTable {
  if (model.isEmpty) {
    throw new Error(emptyText(model));
  }
  const tables = tablesOf(model);
  const found = tables.find((table) => table.id === id);
  if (found === undefined) {
    const names = tables.map((table) => table.id).join(', ');
    throw new Error(`The report has no table "${id ?? ''}". It has: ${names === '' ? 'none' : names}.`);
  }
  return found;
}
