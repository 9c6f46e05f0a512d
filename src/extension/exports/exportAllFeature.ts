import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { REPORTS } from '../../reports/catalogue';
import { exportAll, type ExportAllResult, type ExportProgress } from '../../reports/export/exportAll';
import { changesAnything, type RunSummary } from '../../store/runs';
import { countOf } from '../../sync/words';
import { reportFailure } from '../commands/registry';
import type { Core, CoreFeature } from '../core';
import { detailOf } from '../errors';
import { readSettings } from '../readSettings';
import { parseExportAfterSync } from '../settings';
import { withCancel } from '../withCancel';
import { exporterOf } from './exporterOf';
import { ExportQueue } from './exportQueue';
import { noteExport } from './noteExport';
import { askPseudonyms } from './exportQuestions';
import { askFolder, localExportFolder } from './exportTarget';

const commandTitle = (): string => l10n.t('Export All Reports');

/** Export All Reports, by hand and after syncs. */
export const exportAllFeature: CoreFeature = (core) => {
  const queue = new ExportQueue();
  const end = new AbortController();
  core.registerCommand('openwebuiSync.exportAllReports', () => exportByHand(core, queue));
  const afterSync = core.syncs.onDidFinish((runs) => {
    if (parseExportAfterSync(readSettings()) && runs.some(({ run }) => hasChanged(run))) {
      void queue.runOnce(() => exportQuietly(core, end.signal));
    }
  });
  return vscode.Disposable.from(afterSync, { dispose: () => end.abort() });
};

function hasChanged({ counts }: RunSummary): boolean {
  return changesAnything(counts);
}

async function exportByHand(core: Core, queue: ExportQueue): Promise<void> {
  const isPseudonymised = await askPseudonyms(commandTitle());
  const folder = localExportFolder() ?? (await askFolder(commandTitle())).fsPath;
  const result = await withCancel(l10n.t('Exporting all reports'), (signal, progress) =>
    queue.run(() =>
      exportInto(core, folder, isPseudonymised, signal, ({ done, total, what }) =>
        progress.report({ message: l10n.t('{0} of {1} · {2}', done + 1, total, what) }),
      ),
    ),
  );
  tellResult(core, result);
}

/** Says nothing but in the log and the status bar. */
async function exportQuietly(core: Core, signal: AbortSignal): Promise<void> {
  const folder = localExportFolder();
  if (folder === undefined) {
    core.log.warn(
      'Reports were not exported after the sync: set an absolute export folder, or open a folder.',
    );
    return;
  }
  const work = exportInto(core, folder, false, signal);
  vscode.window.setStatusBarMessage(
    `$(sync~spin) ${l10n.t('Exporting reports')}`,
    work.catch(() => undefined),
  );
  try {
    const { fileCount, index, failures } = await work;
    core.log.info(`${fileCount} reports exported after the sync: ${index}`);
    logFailures(core, failures);
    vscode.window.setStatusBarMessage(l10n.t('$(check) {0} exported', countOf(fileCount, 'report')), 5000);
  } catch (error) {
    if (!signal.aborted) {
      core.log.error(`Failed to export reports after the sync: ${detailOf(error)}`);
    }
  }
}

async function exportInto(
  core: Core,
  folder: string,
  isPseudonymised: boolean,
  signal: AbortSignal,
  onProgress?: (progress: ExportProgress) => void,
): Promise<ExportAllResult> {
  const exporter = await exporterOf(core, isPseudonymised);
  try {
    const result = await exportAll({
      reader: core.reader,
      exporter,
      reports: REPORTS,
      instances: core.instances.list(),
      folder,
      zone: core.instances.zone(),
      locale: vscode.env.language,
      now: Math.floor(Date.now() / 1000),
      isPseudonymised,
      signal,
      onProgress,
    });
    const path = dirname(result.index);
    await noteExport(core, { path, format: 'html', kind: 'report', isPseudonymised });
    return result;
  } finally {
    await exporter.dispose();
  }
}

function tellResult({ log }: Core, { fileCount, index, failures }: ExportAllResult): void {
  log.info(`${fileCount} reports written: ${index}`);
  logFailures({ log }, failures);
  const place = vscode.workspace.asRelativePath(join(index, '..'));
  const done = l10n.t('{0} written to {1}.', countOf(fileCount, 'report'), place);
  const [first] = failures;
  const open = l10n.t('Open');
  const showLog = l10n.t('Show Log');
  const shown =
    first === undefined
      ? vscode.window.showInformationMessage(done, open)
      : vscode.window.showWarningMessage(
          l10n.t('{0} {1} could not be read or written: {2}', done, countOf(failures.length, 'part'), first),
          open,
          showLog,
        );
  void shown
    .then(async (choice) => {
      if (choice === open) {
        await vscode.env.openExternal(vscode.Uri.file(index));
      } else if (choice === showLog) {
        log.show();
      }
    })
    .then(undefined, (error: unknown) => reportFailure(log, 'Open reports', error));
}

function logFailures({ log }: Pick<Core, 'log'>, failures: readonly string[]): void {
  for (const failure of failures) {
    log.error(`Export: ${failure}`);
  }
}
