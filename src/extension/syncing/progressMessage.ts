import type { ShownRun } from '../views/shownRun';
import { shownProgressText } from '../views/shownRun';

/** `fasgpt: chats 120 of 482`; several runs side by side, those that wait only counted. */
export function progressMessage(running: readonly ShownRun[]): string {
  const active = running.filter(({ phase }) => phase !== 'queued');
  const waiting = running.length - active.length;
  const parts = active.map((progress) => `${progress.instanceName}: ${shownProgressText(progress)}`);
  return [...parts, ...(waiting === 0 ? [] : [`${waiting} waiting`])].join(' · ');
}
