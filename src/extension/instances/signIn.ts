import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { connectedText, connectionLines } from '../../sync/texts/connectionText';
import type { Core } from '../core';
import { askUntilConnected } from './addInstance';
import { testCredential } from './connection';
import { loginToKeep } from './keepPassword';

/** Asks for a new key or password, tests it, keeps it and syncs with it. @throws CancelledError */
export async function signInAgain(core: Core, instance: Instance): Promise<void> {
  const sequence = {
    title: l10n.t('Sign In to {0}', instance.name),
    totalSteps: 1,
    others: [],
    needsInstance: false,
  };
  const { draft, attempt } = await askUntilConnected(core, sequence, {}, instance.url);
  const login = await loginToKeep(core, sequence, draft, attempt.credential);
  await core.credentials.set(instance, attempt.credential, login);
  void vscode.window.showInformationMessage(connectedText(instance.name, attempt.report));
  if (instance.enabled) {
    // What was refused with the old key is tried at once; the timer would wait for up to a day.
    void vscode.commands.executeCommand('openwebuiSync.sync', instance.id);
  }
}

/** Tries the stored key and tells what it may read, or what is wrong with the next step. */
export async function testConnection(core: Core, instance: Instance): Promise<void> {
  const credential = await core.access.get(instance);
  if (credential === undefined) {
    await offerSignIn(instance, l10n.t('No key is stored for {0}.', instance.name));
    return;
  }
  const report = await testCredential(core.log, instance.url, credential);
  if (report.problem !== undefined) {
    core.log.warn(`${instance.name}: ${report.problem.message}`);
    await offerSignIn(instance, report.problem.message);
    return;
  }
  await tellConnected(instance, [connectedText(instance.name, report), ...connectionLines(report)].join(' '));
}

async function tellConnected(instance: Instance, text: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(text, l10n.t('Sync'));
  if (choice !== undefined) {
    void vscode.commands.executeCommand('openwebuiSync.sync', instance.id);
  }
}

async function offerSignIn({ id }: Instance, text: string): Promise<void> {
  const choice = await vscode.window.showErrorMessage(
    text,
    ...[
      { title: l10n.t('Retry'), command: 'openwebuiSync.testConnection' as const },
      { title: l10n.t('Sign In Again'), command: 'openwebuiSync.signIn' as const },
      { title: l10n.t('Edit Instance'), command: 'openwebuiSync.editInstance' as const },
    ],
  );
  if (choice !== undefined) {
    void vscode.commands.executeCommand(choice.command, id);
  }
}
