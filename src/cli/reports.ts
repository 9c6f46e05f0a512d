import { InvalidArgumentError } from 'commander';
import { dayOfIso } from '../reports/days';
import { ReportExporter } from '../reports/export/exporter';
import { writeOutput } from '../reports/export/outputFile';
import { readPeople } from '../reports/export/people';
import type { ReportReader } from '../store/resultSet';
import { abortable } from '../sync/abortable';
import { WORKERS } from './workers';

/** Numbers and dates are the same whoever runs the command. */
export const CLI_LOCALE = 'en';

/** Renders and writes reports until the command is cancelled. */
export type CliExporter = Pick<ReportExporter, 'render' | 'write' | 'writeIndex'>;

/** How reports are exported. */
export interface ExportingOptions {
  /** Names are replaced in all that is written. */
  readonly isPseudonymised: boolean;
  /** Ends rendering at once; files are whole or not there. */
  readonly signal: AbortSignal;
}

/** Exports with a thread that ends afterwards. */
export async function withExporter<T>(
  reader: ReportReader,
  { isPseudonymised, signal }: ExportingOptions,
  use: (exporter: CliExporter) => Promise<T>,
): Promise<T> {
  const exporter = new ReportExporter(WORKERS.reportExport, {
    scriptPath: WORKERS.exportRuntime,
    people: isPseudonymised ? await readPeople(reader, CLI_LOCALE) : undefined,
  });
  const render: CliExporter['render'] = (model, wish) =>
    abortable(() => exporter.render(model, wish), signal);
  try {
    return await use({
      render,
      // Here, so that ending the thread leaves no part of a file.
      write: async (path, model, wish) => writeOutput(path, await render(model, wish)),
      writeIndex: (path, index) => exporter.writeIndex(path, index),
    });
  } finally {
    await exporter.dispose();
  }
}

/** Reads an option that is a day. @throws InvalidArgumentError, which commander words as wrong usage */
export function isoDay(typed: string): string {
  if (dayOfIso(typed) === undefined) {
    throw new InvalidArgumentError('Give a day as YYYY-MM-DD.');
  }
  return typed;
}
