import { extname, join, resolve } from 'node:path';
import { emptyText } from '../reports/export/cover';
import { tablesOf } from '../reports/export/exportTables';
import { exportFileName } from '../reports/export/fileName';
import { formatOf, type ExportFormat } from '../reports/export/formats';
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

/**
 * Prints a report, or writes it to the file or folder that was named. A whole report as CSV is a file for each table.
 * @throws CliError when CSV has no folder for them
 */
export async function writeReport(
  model: ReportModel,
  exporter: CliExporter,
  terminal: Terminal,
  wanted: WrittenReport,
): Promise<void> {
  const { format, table, rows, output } = wanted;
  if (format === 'csv' && table === undefined) {
    await writeTables(model, exporter, terminal, wanted);
  } else if (output === undefined) {
    const bytes = await exporter.render(model, { format, tableId: table, rows });
    const text = Buffer.from(bytes).toString();
    terminal.out(terminal.columns === undefined ? text : plainText(text));
  } else {
    const path = isFolder(output) ? join(resolve(output), fileName(model, wanted, table)) : resolve(output);
    await exporter.write(path, model, { format, tableId: table, rows });
    terminal.err(`Written to ${path}\n`);
  }
}

async function writeTables(
  model: ReportModel,
  exporter: CliExporter,
  terminal: Terminal,
  wanted: WrittenReport,
): Promise<void> {
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
  for (const id of ids) {
    await exporter.write(join(folder, fileName(model, wanted, id)), model, { format: 'csv', tableId: id });
  }
  terminal.err(`${countOf(ids.length, 'table')} written to ${folder}\n`);
}

/** The name that the editor would give it. */
function fileName(
  { reportId, scope, subtitle, createdAt }: ReportModel,
  { format, pseudonyms }: WrittenReport,
  blockId: string | undefined,
): string {
  const name = {
    reportId,
    instanceName: scope.kind === 'all' ? undefined : subtitle,
    blockId,
    day: createdAt.slice(0, 10),
    isPseudonymised: pseudonyms,
  };
  return exportFileName(name, formatOf(format).extension);
}
