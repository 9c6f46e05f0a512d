import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import { addInstance } from './addInstance';
import { chooseInstance } from './chooseInstance';
import { editInstance } from './editInstance';
import { removeInstances } from './removeInstance';
import { instancesFromArguments } from './selection';
import { signInAgain, testConnection } from './signIn';

/** Add, edit, remove, test, sign in again, open in the browser. */
export const instanceFeature: CoreFeature = (core) => {
  const choose = (args: readonly unknown[], title: string) =>
    chooseInstance(args, core.instances.list(), title);
  core.registerCommand('openwebuiSync.addInstance', (url) =>
    addInstance(core, typeof url === 'string' ? url : undefined),
  );
  core.registerCommand('openwebuiSync.editInstance', async (...args) => {
    await editInstance(core, await choose(args, l10n.t('Edit Instance')));
  });
  core.registerCommand('openwebuiSync.removeInstance', async (...args) => {
    const meant = instancesFromArguments(args, core.instances.list());
    await removeInstances(core, meant.length > 1 ? meant : [await choose(args, l10n.t('Remove Instance'))]);
  });
  core.registerCommand('openwebuiSync.testConnection', async (...args) => {
    await testConnection(core, await choose(args, l10n.t('Test Connection')));
  });
  core.registerCommand('openwebuiSync.signIn', async (...args) => {
    await signInAgain(core, await choose(args, l10n.t('Sign In Again')));
  });
  core.registerCommand('openwebuiSync.openInBrowser', async (...args) => {
    const { url } = await choose(args, l10n.t('Open in Browser'));
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  });
  return undefined;
};
