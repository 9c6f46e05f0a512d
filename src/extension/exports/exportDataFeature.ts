import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { exportTables } from '../../exports/exportTables';
import type { ExportSummary, TableFormat, TableProgress } from '../../exports/exportTypes';
import { countOf, formatBytes } from '../../sync/words';
import { reportFailure } from '../commands/registry';
import type { CoreFeature } from '../core';
import { chooseOne } from '../quickInput';
import type { Services } from '../services';
import { withCancel } from '../withCancel';
import { askPseudonyms } from './exportQuestions';
import { askFolder } from './exportTarget';

const commandTitle = (): string => l10n.t('Export Data');

/** Export Data...: tables of the mirror as files. */
export const exportDataFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.exportData', () => exportData(core));
  return undefined;
};

/** A folder that holds an export already gets what changed. @throws CancelledError */
async function exportData(services: Services): Promise<void> {
  const format = await askFormat();
  // A copy of the database holds everything as it is.
  const isPseudonymised =
    format !== 'sqlite' &&
    (await askPseudonyms(commandTitle(), l10n.t('No names, e-mail addresses, texts, titles and file names')));
  const output = await askLocalFolder();
  const summary = await withCancel(l10n.t('Exporting data'), (signal, progress) =>
    exportTables({
      workerPath: join(services.context.extensionPath, 'dist', 'tableExport.js'),
      root: services.folder.root,
      output,
      format,
      isPseudonymised,
      isIncremental: true,
      signal,
      onProgress: (told) => progress.report({ message: progressText(told) }),
    }),
  );
  tellResult(services, summary);
}

function askFormat(): Promise<TableFormat> {
  return chooseOne<TableFormat>(commandTitle(), l10n.t('As what?'), [
    {
      label: 'Parquet',
      detail: l10n.t('A folder for each table, by instance and month: for DuckDB, pandas and Spark'),
      value: 'parquet',
    },
    { label: 'CSV', detail: l10n.t('A file for each table'), value: 'csv' },
    { label: 'Excel', detail: l10n.t('A workbook with a sheet for each table'), value: 'xlsx' },
    { label: 'SQLite', detail: l10n.t('A complete copy of the database with all text'), value: 'sqlite' },
  ]);
}

async function askLocalFolder(): Promise<string> {
  const folder = await askFolder(commandTitle());
  if (folder.scheme !== 'file') {
    throw new Error(l10n.t('Choose a folder on a disk of this computer.'));
  }
  return folder.fsPath;
}

function progressText({ table, files, rows }: TableProgress): string {
  return files === undefined
    ? l10n.t('Looking for changes in {0}', table)
    : l10n.t('{0} · file {1} of {2} · {3}', table, files.done + 1, files.total, countOf(rows, 'row'));
}

function tellResult({ log }: Services, summary: ExportSummary): void {
  const { files, removed, bytes, output, cuts, hasMended } = summary;
  const done =
    files + removed === 0
      ? l10n.t('Nothing has changed since the last export to {0}.', output)
      : l10n.t('{0} written to {1} ({2}).', countOf(files, 'file'), output, formatBytes(bytes));
  const [cut] = cuts;
  const open = l10n.t('Reveal Folder');
  log.info(done);
  if (hasMended) {
    log.info(`An earlier export to ${output} was broken off: what it left unfinished is removed.`);
  }
  const shown =
    cut === undefined
      ? vscode.window.showInformationMessage(done, open)
      : vscode.window.showWarningMessage(
          l10n.t(
            '{0} Excel has no room for all of {1}: the sheet About says what was left out. CSV and Parquet hold everything.',
            done,
            cut.table,
          ),
          open,
        );
  void shown
    .then((choice) =>
      choice === open ? vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(output)) : undefined,
    )
    .then(undefined, (error: unknown) => reportFailure(log, 'Open exported data', error));
}
