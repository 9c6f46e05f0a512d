import { InvalidArgumentError, Option, type Command } from 'commander';
import { exportTables } from '../../exports/exportTables';
import {
  TABLE_FORMATS,
  type ExportSummary,
  type TableCut,
  type TableFormat,
  type TableProgress,
} from '../../exports/exportTypes';
import { loadInstances } from '../../store/instances/instancesFile';
import { countOf, formatBytes } from '../../sync/words';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { jsonText } from '../jsonText';
import { liveLine } from '../liveLine';
import type { Terminal } from '../terminal';
import { WORKERS } from '../workers';
import { dataOption, type DataOption } from './dataOption';

interface ExportOptions extends DataOption {
  readonly output: string;
  readonly format?: TableFormat;
  readonly tables?: readonly string[];
  readonly instance?: string;
  readonly pseudonyms?: boolean;
  readonly changed?: boolean;
  readonly json?: boolean;
}

/** `export --output DIR [--format F] [--tables A,B] [--instance NAME] [--pseudonyms] [--changed] [--json]` */
export function addExportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('write the tables of the database as Parquet, CSV, Excel or SQLite into a folder')
    .requiredOption('--output <dir>', 'folder to write to')
    .addOption(
      new Option('--format <format>', 'of the files (default: parquet, or what the folder holds)').choices(
        TABLE_FORMATS,
      ),
    )
    .option('--tables <names>', 'these tables and views alone, separated by commas', namesOf)
    .option('--instance <name>', 'rows of this instance alone (default: all)')
    .option(
      '--pseudonyms',
      'without names of people, texts, titles and file names (default: as the folder holds)',
    )
    .option('--no-pseudonyms', 'with them, where the folder holds pseudonyms')
    .option('--changed', 'write only what changed since the last export to this folder')
    .option('--json', 'tell what was written as JSON')
    .addOption(dataOption())
    .action((options: ExportOptions) => runExportCommand(options, terminal));
}

async function runExportCommand(options: ExportOptions, terminal: Terminal): Promise<void> {
  const root = existingDataFolder(options.data, terminal.env);
  const { instances } = await loadInstances(root);
  const progress = progressOf(terminal);
  const summary = await exportTables({
    workerPath: WORKERS.tableExport,
    root,
    output: options.output,
    format: options.format,
    tables: options.tables,
    instance: options.instance === undefined ? undefined : instanceNamed(instances, options.instance).id,
    isPseudonymised: options.pseudonyms,
    isIncremental: options.changed,
    signal: terminal.signal,
    onProgress: progress.show,
  }).finally(progress.clear);
  if (summary.hasMended) {
    terminal.err('An earlier export to this folder was broken off: what it left unfinished is removed.\n');
  }
  for (const cut of summary.cuts) {
    terminal.err(`${cutText(cut)}\n`);
  }
  terminal.out(options.json === true ? jsonText(summary) : `${summaryText(summary)}\n`);
}

/** @throws InvalidArgumentError, which commander words as wrong usage */
function namesOf(typed: string): string[] {
  const names = typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    throw new InvalidArgumentError('Give names of tables, such as users,chats.');
  }
  return names;
}

function summaryText(summary: ExportSummary): string {
  const { files, rows, bytes, unchanged, removed, output, isPseudonymised } = summary;
  if (files + removed === 0) {
    return `Nothing has changed since the last export to ${output}.`;
  }
  const details = [
    // A copy of the database does not count its rows.
    ...(rows > 0 ? [countOf(rows, 'row')] : []),
    formatBytes(bytes),
    ...(isPseudonymised ? ['pseudonyms'] : []),
    ...(unchanged > 0 ? [`${countOf(unchanged, 'file')} unchanged`] : []),
    ...(removed > 0 ? [`${countOf(removed, 'file')} removed`] : []),
  ];
  return `Exported ${countOf(files, 'file')} to ${output} (${details.join(', ')}).`;
}

function cutText({ table, rows, texts }: TableCut): string {
  const parts = [
    ...(rows > 0 ? [`${countOf(rows, 'row')} left out`] : []),
    ...(texts > 0 ? [`${countOf(texts, 'cell')} cut`] : []),
  ];
  return `${table}: ${parts.join(', ')}: a sheet of Excel has no room for more. CSV and Parquet have.`;
}

/** A line that is written over on a terminal, else a line for each table. */
function progressOf(terminal: Terminal): {
  readonly show: (progress: TableProgress) => void;
  readonly clear: () => void;
} {
  const line = liveLine(terminal);
  if (line !== undefined) {
    return { show: (progress) => line.show(progressText(progress)), clear: () => line.clear() };
  }
  let last = '';
  return {
    show: ({ table, files }) => {
      if (files !== undefined && table !== last) {
        last = table;
        terminal.err(`Exporting ${table}\n`);
      }
    },
    clear: () => undefined,
  };
}

function progressText({ table, files, rows }: TableProgress): string {
  return files === undefined
    ? `Looking for changes in ${table}`
    : `${table} · file ${files.done + 1} of ${files.total} · ${countOf(rows, 'row')}`;
}
