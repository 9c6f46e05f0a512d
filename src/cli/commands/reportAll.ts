import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { REPORTS } from '../../reports/catalogue';
import { exportAll, type ExportProgress } from '../../reports/export/exportAll';
import { countOf } from '../../sync/words';
import { existingDataFolder } from '../dataFolder';
import { CliError } from '../exitCodes';
import { jsonText } from '../jsonText';
import { liveLine, type LiveLine } from '../liveLine';
import { noteExport } from '../noteExport';
import { CLI_LOCALE, withExporter } from '../reports';
import { sourceOption, withReportSource, type SourceOption } from '../reportSource';
import type { Terminal } from '../terminal';
import { dataOption } from './dataOption';

interface ReportAllOptions extends SourceOption {
  readonly output: string;
  readonly pseudonyms?: boolean;
  readonly json?: boolean;
}

/** `report all --output DIR [--pseudonyms] [--source NAME] [--json]` */
export function addReportAllCommand(report: Command, terminal: Terminal): void {
  report
    .command('all')
    .description('write every report, of all instances and of each, as HTML into a folder of the day')
    .requiredOption('--output <dir>', 'folder to write to')
    .option('--pseudonyms', 'without names of people, titles and file names')
    .option('--json', 'tell what was written as JSON')
    .addOption(sourceOption())
    .addOption(dataOption())
    .action(async (options: ReportAllOptions) => {
      const { output, pseudonyms = false } = options;
      const { signal } = terminal;
      const line = liveLine(terminal);
      const { result, of } = await withReportSource(options, terminal, async ({ prepare, ...source }) => {
        await prepare();
        const written = await withExporter(
          source.reader,
          { isPseudonymised: pseudonyms, signal },
          (exporter) =>
            exportAll({
              ...source,
              exporter,
              reports: REPORTS,
              folder: resolve(output),
              locale: CLI_LOCALE,
              now: Math.floor(Date.now() / 1000),
              isPseudonymised: pseudonyms,
              signal,
              onProgress: (progress) => showProgress(progress, line),
            }),
        );
        return { result: written, of: source.instances.map(({ id }) => id) };
      });
      const entry = { path: dirname(result.index), format: 'html', kind: 'report' } as const;
      const root = existingDataFolder(options.data, terminal.env);
      await noteExport(root, { ...entry, isPseudonymised: pseudonyms }, terminal, of);
      for (const failure of result.failures) {
        terminal.err(`${failure}\n`);
      }
      terminal.out(
        options.json === true
          ? jsonText(result)
          : `${countOf(result.fileCount, 'report')} written: ${result.index}\n`,
      );
      if (result.failures.length > 0) {
        throw new CliError(`${countOf(result.failures.length, 'part')} could not be read or written.`);
      }
    });
}

/** For somebody who watches; a log needs no lines of it. */
function showProgress({ done, total, what }: ExportProgress, line: LiveLine | undefined): void {
  line?.show(`${done + 1} of ${total} · ${what}`);
  if (done === total - 1) {
    line?.clear();
  }
}
