import type { Instance } from '../store/instances/instance';
import { NEVER_SYNCED, type InstanceStatus, type MirrorStatus, type RunSummary } from '../store/runs';
import { noHardLinksText } from '../sync/texts/diskText';
import { largeText } from '../sync/texts/freeUpText';
import { problemText } from '../sync/texts/problemText';
import { countOf, formatCount, formatDateTime } from '../sync/words';
import { shellWord } from './shellWord';

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
  return instances.map(({ id, name, url, privacy = 'full' }) => {
    const status = known.find(({ instanceId }) => instanceId === id);
    const never = { ...NEVER_SYNCED, instanceId: id };
    return { ...(status ?? never), name, url, privacy };
  });
}

/** When the page is shown, and in which zone. */
export interface ShownAt {
  /** ms since 1970. */
  readonly now: number;
  readonly zone: string;
}

/** What concerns the mirror as a whole. */
type MirrorFacts = Partial<Pick<MirrorStatus, 'sizes' | 'hasNoHardLinks'>>;

/** The status page; its layout is a promise. More lines follow below an instance only when there is something to say. */
export function statusText(instances: readonly ShownStatus[], at: ShownAt, mirror: MirrorFacts = {}): string {
  const blocks = instances.length === 0 ? [noInstances()] : instances.map((status) => block(status, at));
  return [
    RULE,
    TITLE,
    RULE,
    ...[...blocks, ...large(mirror), ...disk(mirror)].flatMap((lines) => ['', ...lines]),
    '',
  ].join('\n');
}

function disk({ hasNoHardLinks }: MirrorFacts): string[][] {
  return hasNoHardLinks === true ? [[`${noHardLinksText()}.`]] : [];
}

function large({ sizes }: MirrorFacts): string[][] {
  const text = largeText(sizes?.imageBytes);
  return text === undefined ? [] : [[`${text}. To make room: free-up`]];
}

function noInstances(): string[] {
  return ['No instances yet. Add one: instances add NAME --url URL --key-env VAR'];
}

function block(status: ShownStatus, at: ShownAt): string[] {
  const { name, lastSync, users, chats, messages, runs } = status;
  return [
    `${name.toUpperCase()}:`,
    `  Last Sync: ${lastSync ?? 'never'}`,
    `  Users: ${formatCount(users)}`,
    `  Chats: ${formatCount(chats)}`,
    `  Messages: ${formatCount(messages)}`,
    ...privacy(status),
    ...unreadable(status, at),
    ...heldBack(status),
    ...waiting(status, at),
    ...problem(runs[0]),
  ];
}

function privacy({ privacy: mode }: ShownStatus): string[] {
  return mode === 'full' ? [] : [`  Privacy: ${mode}`];
}

function unreadable({ problems }: ShownStatus, { zone }: ShownAt): string[] {
  return problems.map((streamProblem) => `  ${problemText(streamProblem, zone)}`);
}

function heldBack({ heldDeletions, name }: ShownStatus): string[] {
  return heldDeletions === 0
    ? []
    : [`  Held Back: ${countOf(heldDeletions, 'deletion')}. To see them: deletions ${shellWord(name)}`];
}

/** Only the timer waits: whoever syncs by hand may do so at any time. */
function waiting({ nextAllowedEpoch }: ShownStatus, { now, zone }: ShownAt): string[] {
  const until = (nextAllowedEpoch ?? 0) * 1000;
  return until <= now ? [] : [`  Timer Waits Until: ${formatDateTime(until, zone)}`];
}

/** One line more when the newest run did not end well. */
function problem(run: RunSummary | undefined): string[] {
  if (run === undefined || run.status === 'ok' || run.status === 'running') {
    return [];
  }
  const error = run.error ?? run.streams.find((stream) => stream.error !== undefined)?.error;
  return [`  Last Run: ${run.status}${error === undefined ? '' : ` - ${error}`}`];
}
