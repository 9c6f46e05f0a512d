import type { ShownRun } from '../views/shownRun';
import { shownProgressText } from '../views/shownRun';

/**
 * `fasgpt: chats 120 of 482 · resgpt: users 38 · 1 waiting`; those that wait are only counted.
 * @param isOne the message stands below the name of the only instance, which needs no second mention
 */
export function progressMessage(running: readonly ShownRun[], isOne: boolean): string {
  const active = running.filter(({ phase }) => phase !== 'queued');
  const waiting = running.length - active.length;
  const parts = active.map((progress) =>
    isOne ? shownProgressText(progress) : `${progress.instanceName}: ${shownProgressText(progress)}`,
  );
  return [...parts, ...(waiting === 0 ? [] : [`${waiting} waiting`])].join(' · ');
}
