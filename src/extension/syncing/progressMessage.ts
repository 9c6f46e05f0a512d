import * as l10n from '@vscode/l10n';
import type { ShownRun } from '../views/shownRun';
import { requestsText, shownProgressText } from '../views/shownRun';

/**
 * `chats 120 of 482 · 130 of about 520 requests` for the only instance, whose name stands above the message; for several
 * `fasgpt: chats 120 of 482 · resgpt: users 38 · 1 waiting`. Those that wait are only counted.
 */
export function progressMessage(running: readonly ShownRun[], isOne: boolean): string {
  const active = running.filter(({ phase }) => phase !== 'queued');
  const waiting = running.length - active.length;
  const parts = active.flatMap((progress) =>
    isOne
      ? [shownProgressText(progress), requestsText(progress)]
      : [`${progress.instanceName}: ${shownProgressText(progress)}`],
  );
  return [...parts, waiting === 0 ? undefined : l10n.t('{0} waiting', waiting)]
    .filter((part) => part !== undefined)
    .join(' · ');
}
