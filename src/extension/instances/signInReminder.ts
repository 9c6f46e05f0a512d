import * as vscode from 'vscode';
import { formatDateTime } from '../../sync/words';
import type { Core, CoreFeature } from '../core';

const LOOK_INTERVAL_MS = 3_600_000;
const TOLD_KEY = 'signInEndsTold';

/** Tells once, in all windows together, that a sign-in is about to end which nobody renews. */
export const signInReminderFeature: CoreFeature = (core) => {
  const look = (): void => {
    for (const [id, end] of core.signIns.endings()) {
      void remind(core, id, end);
    }
  };
  const interval = setInterval(look, LOOK_INTERVAL_MS);
  return vscode.Disposable.from(core.signIns.onDidChange(look), {
    dispose: () => {
      clearInterval(interval);
    },
  });
};

/** @param end ms since 1970 */
async function remind({ context, instances }: Core, id: number, end: number): Promise<void> {
  const told = context.globalState.get<Readonly<Record<string, number>>>(TOLD_KEY, {});
  const instance = instances.list().find((candidate) => candidate.id === id);
  if (instance === undefined || told[id] === end) {
    return;
  }
  await context.globalState.update(TOLD_KEY, { ...told, [id]: end });
  const choice = await vscode.window.showWarningMessage(
    `The sign-in to ${instance.name} ends on ${formatDateTime(end, instances.zone()).slice(0, 16)}.`,
    'Sign In Again',
  );
  if (choice !== undefined) {
    await vscode.commands.executeCommand('openwebuiSync.signIn', id);
  }
}

/** Tells that a kept password does not work any more; called once for each password. */
export function tellRefused(
  { id, name }: { readonly id: number; readonly name: string },
  reason: string,
): void {
  const text = `${name}: the sign-in was not renewed and the kept password was forgotten. ${reason}`;
  void vscode.window.showErrorMessage(text, 'Sign In Again').then(async (choice) => {
    if (choice !== undefined) {
      await vscode.commands.executeCommand('openwebuiSync.signIn', id);
    }
  });
}
