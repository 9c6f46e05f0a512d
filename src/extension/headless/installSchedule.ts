import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { currentCopy } from '../../headless/currentCopy';
import { DamagedFileError } from '../../headless/damagedFile';
import type { Every } from '../../headless/every';
import { headlessFolderAt } from '../../headless/headlessFolder';
import type { Core } from '../core';
import { chooseOne } from '../quickInput';
import { installLine } from './installLine';

/**
 * Types the command that has the system sync into a terminal, and leaves it to a person to run it: keys may be asked for, and
 * what the system is told is shown there first. @throws CancelledError
 */
export async function installSchedule(core: Core): Promise<void> {
  const { context, folder, updateCommandLine } = core;
  const title = l10n.t('Install Schedule');
  const every = await chooseOne<Every>(title, l10n.t('How often are syncs to run without the editor?'), [
    { label: l10n.t('Every hour'), value: { kind: 'hourly' } },
    { label: l10n.t('Every 30 minutes'), value: { kind: 'everyMinutes', minutes: 30 } },
    { label: l10n.t('Every day at {0}', '02:00'), value: { kind: 'daily', at: '02:00' } },
  ]);
  await updateCommandLine();
  const cli = (await hasCopy(folder.root))
    ? headlessFolderAt(folder.root).launcher
    : join(context.extensionPath, 'dist', 'cli.js');
  const terminal = vscode.window.createTerminal({ name: title });
  terminal.show();
  terminal.sendText(installLine({ cli, root: folder.root, every, shell: vscode.env.shell }), false);
  void vscode.window.showInformationMessage(
    l10n.t('Press Enter in the terminal to install the schedule. It needs Node.js {0} or later.', '20.19'),
  );
}

/** Whether the command line is in the data folder. A damaged one is replaced by installing. */
async function hasCopy(root: string): Promise<boolean> {
  try {
    return (await currentCopy(root)) !== undefined;
  } catch (error) {
    if (error instanceof DamagedFileError) {
      return false;
    }
    throw error;
  }
}
