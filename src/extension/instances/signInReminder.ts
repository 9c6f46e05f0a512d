import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatDateTime } from '../../sync/words';
import { reportFailure } from '../commands/registry';
import type { Core, CoreFeature } from '../core';

const LOOK_INTERVAL_MS = 3_600_000;
const TOLD_KEY = 'signInEndsTold';

/** Tells once, in all windows together, that sign-ins are about to end which nobody renews. */
export const signInReminderFeature: CoreFeature = (core) => {
  const look = (): void => {
    void remind(core).catch((error: unknown) => reportFailure(core.log, 'Sign-ins', error));
  };
  const interval = setInterval(look, LOOK_INTERVAL_MS);
  return vscode.Disposable.from(core.signIns.onDidChange(look), {
    dispose: () => {
      clearInterval(interval);
    },
  });
};

async function remind({ context, instances, signIns, notices }: Core): Promise<void> {
  const told = context.globalState.get<Readonly<Record<string, number>>>(TOLD_KEY, {});
  const news = instances.list().flatMap(({ id, name }) => {
    const end = signIns.endings().get(id);
    return end === undefined || told[id] === end ? [] : [{ id, name, end }];
  });
  const [first] = news;
  if (first === undefined) {
    return;
  }
  await context.globalState.update(TOLD_KEY, {
    ...told,
    ...Object.fromEntries(news.map(({ id, end }) => [id, end])),
  });
  const only = news.length === 1 ? first : undefined;
  notices.tell({
    id: 'signInEnds',
    severity: 'warning',
    text:
      only === undefined
        ? l10n.t('The sign-ins to {0} end soon.', news.map(({ name }) => name).join(', '))
        : l10n.t('The sign-in to {0} ends on {1}.', only.name, momentOf(only.end, instances.zone())),
    actions: [
      {
        label: l10n.t('Sign In Again'),
        run: () => vscode.commands.executeCommand('openwebuiSync.signIn', only?.id),
      },
    ],
  });
}

/** @param end ms since 1970 */
function momentOf(end: number, zone: string): string {
  return formatDateTime(end, zone).slice(0, 16);
}

/** Tells that a kept password does not work any more; called once for each password. */
export function tellRefused(
  { id, name }: { readonly id: number; readonly name: string },
  reason: string,
): void {
  const text = l10n.t(
    '{0}: the sign-in was not renewed and the kept password was forgotten. {1}',
    name,
    reason,
  );
  void vscode.window.showErrorMessage(text, l10n.t('Sign In Again')).then(async (choice) => {
    if (choice !== undefined) {
      await vscode.commands.executeCommand('openwebuiSync.signIn', id);
    }
  });
}
