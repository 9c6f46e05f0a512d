import type { Instance } from '../store/instance';
import { NEVER_SYNCED, type InstanceStatus, type RunSummary } from '../store/runs';
import { formatCount } from '../sync/words';

const WIDTH = 70;
const RULE = '='.repeat(WIDTH);
const TITLE = `${' '.repeat(28)}SYNC STATUS`;

/** What `status` shows of one instance: its numbers, zero before the first sync. */
export type ShownStatus = InstanceStatus;

/** The configured instances in their order with what the database holds of each. */
export function shownStatus(
  instances: readonly Instance[],
  known: readonly InstanceStatus[],
): readonly ShownStatus[] {
  return instances.map(({ id, name, url }) => {
    const status = known.find(({ instanceId }) => instanceId === id);
    const never = { ...NEVER_SYNCED, instanceId: id };
    return { ...(status ?? never), name, url };
  });
}

/** The status page; its layout is a promise. */
export function statusText(instances: readonly ShownStatus[]): string {
  const blocks = instances.length === 0 ? [noInstances()] : instances.map(block);
  return [RULE, TITLE, RULE, ...blocks.flatMap((lines) => ['', ...lines]), ''].join('\n');
}

function noInstances(): string[] {
  return ['No instances yet. Add one: instances add NAME --url URL --key-env VAR'];
}

function block({ name, lastSync, users, chats, messages, runs }: ShownStatus): string[] {
  return [
    `${name.toUpperCase()}:`,
    `  Last Sync: ${lastSync ?? 'never'}`,
    `  Users: ${formatCount(users)}`,
    `  Chats: ${formatCount(chats)}`,
    `  Messages: ${formatCount(messages)}`,
    ...problem(runs[0]),
  ];
}

/** One line more when the newest run did not end well. */
function problem(run: RunSummary | undefined): string[] {
  if (run === undefined || run.status === 'ok' || run.status === 'running') {
    return [];
  }
  const error = run.error ?? run.streams.find((stream) => stream.error !== undefined)?.error;
  return [`  Last Run: ${run.status}${error === undefined ? '' : ` - ${error}`}`];
}
