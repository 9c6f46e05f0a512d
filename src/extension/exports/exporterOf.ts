import { join } from 'node:path';
import * as vscode from 'vscode';
import { ReportExporter } from '../../reports/export/exporter';
import { readPeople } from '../../reports/export/people';
import type { ShownServices } from '../warehouses/whereShown';

/**
 * The thread that renders and writes reports. Dispose it.
 * @param isPseudonymised names are replaced in all it writes
 * @param isOwnReport what it writes is somebody's own report
 */
export async function exporterOf(
  { context, reader }: Pick<ShownServices, 'context' | 'reader'>,
  isPseudonymised: boolean,
  isOwnReport = false,
): Promise<ReportExporter> {
  const bundle = (...names: readonly string[]): string => join(context.extensionPath, 'dist', ...names);
  return new ReportExporter(bundle('reportExport.js'), {
    scriptPath: bundle('webview', 'exportRuntime.js'),
    people: isPseudonymised ? await readPeople(reader, vscode.env.language, isOwnReport) : undefined,
  });
}
