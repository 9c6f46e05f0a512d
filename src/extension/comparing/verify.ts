import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { formatCount, STREAMS_IN_TEXT } from '../../sync/words';
import type { VerifyProgress } from '../../sync/verify/verifyContext';
import { resultText, verifyText } from '../../sync/verify/verifyText';
import type { VerifyReport } from '../../sync/verify/verifyTypes';
import type { Core } from '../core';
import { withCancel } from '../withCancel';

/**
 * Compares the mirror of an instance with its server and tells what differs, in a document and one sentence.
 * @throws OpenWebUiError when the server cannot be asked; AbortError when cancelled
 */
export async function verify(core: Core, instance: Instance): Promise<void> {
  if (!core.mirror.status.instances.some(({ instanceId }) => instanceId === instance.id)) {
    throw new Error(l10n.t('Nothing of {0} was synced yet. Sync it first.', instance.name));
  }
  const report = await withCancel(l10n.t('Verifying {0}', instance.name), (signal, progress) =>
    core.verify(instance, {
      signal,
      onProgress: (step) => progress.report({ message: progressText(step) }),
    }),
  );
  await core.texts.open({
    title: l10n.t('Verification of {0}.txt', instance.name),
    text: `${verifyText(report).join('\n')}\n`,
  });
  // The command has ended; the answer starts another one.
  void tell(report);
}

/** `chats 3 of 15` */
function progressText({ stream, done, total }: VerifyProgress): string {
  const name = STREAMS_IN_TEXT[stream];
  return total === undefined
    ? `${name} ${formatCount(done)}`
    : l10n.t('{0} {1} of {2}', name, formatCount(done), formatCount(total));
}

async function tell(report: VerifyReport): Promise<void> {
  const { instanceId, instanceName, differenceCount } = report;
  const text = `${instanceName}: ${resultText(report)}.`;
  if (differenceCount === 0) {
    await vscode.window.showInformationMessage(text);
    return;
  }
  const choice = await vscode.window.showWarningMessage(text, l10n.t('Full Sync'));
  if (choice !== undefined) {
    await vscode.commands.executeCommand('openwebuiSync.fullSync', instanceId);
  }
}
