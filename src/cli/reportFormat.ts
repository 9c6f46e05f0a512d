import { existsSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { EXPORT_FORMATS, formatOf, formatsOf, type ExportFormat } from '../reports/export/formats';
import { CliError, EXIT } from './exitCodes';

/** What was typed of how a report is written. */
export interface FormatWords {
  readonly format?: ExportFormat;
  readonly table?: string;
  readonly output?: string;
}

/**
 * What was asked for, else what the file's name says, else Markdown, or CSV for a table.
 * @throws CliError when the report, or what is wanted of it, cannot be written so
 */
export function formatFor(reportId: string, { format, output, table }: FormatWords): ExportFormat {
  const extension = extname(output ?? '')
    .slice(1)
    .toLowerCase();
  const named = EXPORT_FORMATS.find((known) => known.extension === extension)?.id;
  const chosen = format ?? named ?? (table === undefined ? 'md' : 'csv');
  if (!formatsOf(reportId).includes(chosen)) {
    throw new CliError(`The report ${reportId} cannot be written as ${chosen}.`, EXIT.usage);
  }
  if (chosen === 'svg' && table === undefined) {
    throw new CliError('svg holds one chart: name it with --table.', EXIT.usage);
  }
  if (table !== undefined && !formatOf(chosen).isOfTable) {
    throw new CliError('A single table can be written as csv or xlsx, a chart as svg too.', EXIT.usage);
  }
  if (chosen === 'xlsx' && output === undefined) {
    throw new CliError('Say where to write the workbook with --output.', EXIT.usage);
  }
  return chosen;
}

/** Whether a typed path means a folder: it is one, or ends like one. */
export function isFolder(typed: string): boolean {
  return /[/\\]$/u.test(typed) || (existsSync(typed) && statSync(typed).isDirectory());
}
