import { InvalidArgumentError } from 'commander';
import { dayOfIso } from '../reports/days';
import { ReportExporter } from '../reports/export/exporter';
import { readPeople } from '../reports/export/people';
import type { ReportReader } from '../store/resultSet';
import { WORKERS } from './workers';

/** Numbers and dates are the same whoever runs the command. */
export const CLI_LOCALE = 'en';

/** Exports with a thread that ends afterwards. @param isPseudonymised names are replaced in all it writes */
export async function withExporter<T>(
  reader: ReportReader,
  isPseudonymised: boolean,
  use: (exporter: ReportExporter) => Promise<T>,
): Promise<T> {
  const exporter = new ReportExporter(WORKERS.reportExport, {
    scriptPath: WORKERS.exportRuntime,
    people: isPseudonymised ? await readPeople(reader, CLI_LOCALE) : undefined,
  });
  try {
    return await use(exporter);
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
