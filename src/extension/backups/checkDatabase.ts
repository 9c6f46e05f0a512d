import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CheckReport } from '../../store/check/checkTypes';
import { checkResult, checkText, hasLosses, refetchText } from '../../sync/texts/checkText';
import type { Core } from '../core';
import { reportFailure } from '../commands/registry';
import { changeWithWriter, endRunningSyncs } from '../mirrorChanges';

const fetchAgainAction = (): string => l10n.t('Fetch Again');
const restoreAction = (): string => l10n.t('Restore a Backup...');

/** Looks at every file of the mirror and tells what it found, in a document and one sentence. */
export async function checkDatabase(core: Core): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: l10n.t('Checking the database') };
  const report = await vscode.window.withProgress(options, () => core.reader.check());
  await core.texts.open({ title: l10n.t('Check of the database.txt'), text: checkText(report) });
  // The command has ended; the answer starts another one.
  tell(core, report).catch((error: unknown) => reportFailure(core.log, 'Check Database', error));
}

async function tell(core: Core, report: CheckReport): Promise<void> {
  const text = `${checkResult(report)}.`;
  if (report.findings.every(({ severity }) => severity === 'ok')) {
    await vscode.window.showInformationMessage(text);
    return;
  }
  const choice = await vscode.window.showWarningMessage(text, ...actionsFor(report));
  if (choice === fetchAgainAction()) {
    await fetchAgain(core);
  } else if (choice === restoreAction()) {
    await vscode.commands.executeCommand('openwebuiSync.restoreBackup');
  }
}

/** What helps: texts come from the servers, the rest from backups. */
function actionsFor(report: CheckReport): string[] {
  const isNewestBroken = report.findings.some(
    ({ file, severity, what }) => severity === 'damage' && file === report.file && what !== 'texts',
  );
  return [...(hasLosses(report) ? [fetchAgainAction()] : []), ...(isNewestBroken ? [restoreAction()] : [])];
}

async function fetchAgain(core: Core): Promise<void> {
  await endRunningSyncs(core);
  const result = await changeWithWriter(core, l10n.t('Noting what is to be fetched again'), (writer) =>
    writer.refetchTexts(),
  );
  await core.mirror.reload();
  const choice = await vscode.window.showInformationMessage(refetchText(result), l10n.t('Reconcile'));
  if (choice !== undefined) {
    // Chats of people who were not active lately are looked at by a complete walk alone.
    await vscode.commands.executeCommand(
      'openwebuiSync.reconcile',
      core.instances.list().map(({ id }) => id),
    );
  }
}
