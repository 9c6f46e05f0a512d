import { extname, join, resolve } from 'node:path';
import { emptyText } from '../reports/export/cover';
import { tablesOf } from '../reports/export/exportTables';
import { exportFileName } from '../reports/export/fileName';
import { formatOf, type ExportFormat } from '../reports/export/formats';
import { writeOutput } from '../reports/export/outputFile';
import type { ExportWish } from '../reports/export/renderExport';
import type { ReportModel } from '../reports/reportModel';
import { countOf } from '../sync/words';
import { CliError, EXIT } from './exitCodes';
import { plainText } from './plainText';
import { isFolder, type FormatWords } from './reportFormat';
import type { CliExporter } from './reports';
import type { Terminal } from './terminal';

/** What is written, and where. */
export interface WrittenReport extends FormatWords {
  readonly format: ExportFormat;
  readonly rows?: ExportWish['rows'];
  readonly pseudonyms?: boolean;
}

/** A report or a table of it, ready to be written. */
interface RenderedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What was made of a report: text to print, or files. */
export type RenderedReport =
  { readonly text: string } | { readonly files: readonly RenderedFile[]; readonly folder?: string };

/**
 * Renders a report for standard output, or for the file or folder that was named. A whole report as CSV is a file for each table.
 * @throws CliError when CSV has no folder for them
 */
export async function renderReport(
  model: ReportModel,
  exporter: CliExporter,
  wanted: WrittenReport,
): Promise<RenderedReport> {
  const { format, table, rows, output } = wanted;
  if (format === 'csv' && table === undefined) {
    return renderTables(model, exporter, wanted);
  }
  const bytes = await exporter.render(model, { format, tableId: table, rows });
  if (output === undefined) {
    return { text: Buffer.from(bytes).toString() };
  }
  const path = isFolder(output) ? join(resolve(output), fileName(model, wanted, table)) : resolve(output);
  return { files: [{ path, bytes }] };
}

async function renderTables(
  model: ReportModel,
  exporter: CliExporter,
  wanted: WrittenReport,
): Promise<RenderedReport> {
  if (model.isEmpty) {
    throw new CliError(emptyText(model));
  }
  const ids = tablesOf(model).map(({ id }) => id);
  const { output } = wanted;
  if (output === undefined || (extname(output) !== '' && !isFolder(output))) {
    throw new CliError(
      `CSV holds one table: name it with --table, or give all of them a folder with --output DIR/. Tables: ${ids.join(', ')}.`,
      EXIT.usage,
    );
  }
  const folder = resolve(output);
  const files: RenderedFile[] = [];
  for (const id of ids) {
    const bytes = await exporter.render(model, { format: 'csv', tableId: id });
    files.push({ path: join(folder, fileName(model, wanted, id)), bytes });
  }
  return { files, folder };
}

/**
 * Prints what was rendered, or writes it, and says so. Once it begins it goes through: what is there was told.
 * @returns paths of the files
 */
export async function writeReport(rendered: RenderedReport, terminal: Terminal): Promise<readonly string[]> {
  terminal.signal.throwIfAborted();
  if ('text' in rendered) {
    terminal.out(terminal.columns === undefined ? rendered.text : plainText(rendered.text));
    return [];
  }
  const { files, folder } = rendered;
  for (const { path, bytes } of files) {
    await writeOutput(path, bytes);
  }
  const paths = files.map(({ path }) => path);
  terminal.err(
    folder === undefined
      ? `Written to ${paths.join(', ')}\n`
      : `${countOf(paths.length, 'table')} written to ${folder}\n`,
  );
  return paths;
}

/** The name that the editor would give it. */
function fileName(
  { reportId, scope, subtitle, createdAt, warehouse }: ReportModel,
  { format, pseudonyms }: WrittenReport,
  blockId: string | undefined,
): string {
  const name = {
    reportId,
    source: warehouse?.name,
    instanceName: scope.kind === 'all' ? undefined : subtitle,
    blockId,
    day: createdAt.slice(0, 10),
    isPseudonymised: pseudonyms,
  };
  return exportFileName(name, formatOf(format).extension);
}
