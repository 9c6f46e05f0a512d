import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { setContextKey } from '../contextKeys';
import type { Core, CoreFeature } from '../core';
import { reportFailure } from '../commands/registry';
import { progressMessage } from '../syncing/progressMessage';
import { withCancel } from '../withCancel';

/** Add Demo Data, Remove Demo Data. Nothing asks before: the demo can be made again at any time. */
export const demoFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.addDemo', async () => {
    if (core.sources.demo === undefined) {
      await withCancel(l10n.t('Making demo data'), (signal, progress) =>
        core.demo.add((running) => progress.report({ message: progressMessage(running, false) }), signal),
      );
      offerReport(core);
    }
  });
  core.registerCommand('openwebuiSync.removeDemo', () => core.demo.remove());
  return core.sources.onDidChange(() => setContextKey('hasDemo', core.sources.demo !== undefined));
};

/** Does not wait for the answer: the command has ended. */
function offerReport({ log }: Core): void {
  const open = l10n.t('Open Report');
  void vscode.window
    .showInformationMessage(
      l10n.t('Demo data of a year is there. It is badged "Demo" and counted nowhere else.'),
      open,
    )
    .then((choice) =>
      choice === open
        ? vscode.commands.executeCommand('openwebuiSync.openReport', { demoScope: { kind: 'all' } })
        : undefined,
    )
    .then(undefined, (error: unknown) => reportFailure(log, 'Demo', error));
}
