import type { Instance } from '../../store/instance';
import type { InstanceStatus, MirrorStatus, RunSummary } from '../../store/runs';
import type { NodeIcon, NodeModel } from './nodeModel';
import { runNode, runningNode } from './runNodes';
import type { ShownRun } from './shownRun';
import { shownProgressText } from './shownRun';
import { countOf, escapeMarkdown, formatMoment } from '../../sync/words';

/** Everything that the tree and the status bar show, as plain data. Times are ms since 1970. */
export interface MirrorView {
  readonly instances: readonly Instance[];
  readonly status: MirrorStatus;
  readonly running: readonly ShownRun[];
  /** Next run of the timer by instance id; an absent instance is not on the timer. */
  readonly nextRuns: ReadonlyMap<number, number>;
  /** Instances whose credential is missing or was rejected, with the sentence that says so. */
  readonly signInProblems: ReadonlyMap<number, string>;
  readonly zone: string;
  readonly now: number;
}

/** The state of one instance, as far as icons and words differ by it. */
export type InstanceState =
  'running' | 'queued' | 'signIn' | 'failed' | 'incomplete' | 'ok' | 'never' | 'paused';

const ICONS: Readonly<Record<InstanceState, NodeIcon>> = {
  running: { id: 'sync~spin' },
  queued: { id: 'watch' },
  signIn: { id: 'key', color: 'list.errorForeground' },
  failed: { id: 'error', color: 'list.errorForeground' },
  incomplete: { id: 'warning', color: 'list.warningForeground' },
  ok: { id: 'server' },
  never: { id: 'server', color: 'disabledForeground' },
  paused: { id: 'debug-pause' },
};

/** One instance with all that is known of it. */
export interface InstanceView {
  readonly instance: Instance;
  readonly state: InstanceState;
  readonly status: InstanceStatus | undefined;
  readonly progress: ShownRun | undefined;
  /** Newest run that has ended. */
  readonly lastRun: RunSummary | undefined;
  readonly nextRun: number | undefined;
  readonly signInProblem: string | undefined;
}

/** Brings together what the view knows of each instance, in the order of `instances.json`. */
export function instanceViews(view: MirrorView): readonly InstanceView[] {
  return view.instances.map((instance) => {
    const status = view.status.instances.find(({ instanceId }) => instanceId === instance.id);
    const facts = {
      instance,
      status,
      progress: view.running.find(({ instanceId }) => instanceId === instance.id),
      lastRun: status?.runs.find((run) => run.status !== 'running'),
      nextRun: view.nextRuns.get(instance.id),
      signInProblem: view.signInProblems.get(instance.id),
    };
    return { ...facts, state: stateOf(facts) };
  });
}

function stateOf(facts: Omit<InstanceView, 'state'>): InstanceState {
  if (facts.progress !== undefined) {
    return facts.progress.phase === 'queued' ? 'queued' : 'running';
  }
  if (facts.signInProblem !== undefined) {
    return 'signIn';
  }
  if (!facts.instance.enabled) {
    return 'paused';
  }
  switch (facts.lastRun?.status) {
    case undefined:
      return 'never';
    case 'failed':
      return 'failed';
    case 'ok':
      return 'ok';
    case 'running':
    case 'partial':
    case 'cancelled':
    case 'interrupted':
    case 'deferred':
      return 'incomplete';
  }
}

/** Instances whose last run failed or that cannot sign in: what the badge counts. */
export function failedInstances(view: MirrorView): readonly InstanceView[] {
  return instanceViews(view).filter(({ state }) => state === 'failed' || state === 'signIn');
}

/** The whole tree. */
export function treeOf(view: MirrorView): readonly NodeModel[] {
  return instanceViews(view).map((item) => instanceNode(item, view));
}

function instanceNode(item: InstanceView, { zone, now }: MirrorView): NodeModel {
  const isRunning = item.progress !== undefined;
  return {
    id: `instance:${item.instance.id}`,
    label: item.instance.name,
    description: instanceDescription(item, now, zone),
    tooltip: instanceTooltip(item, now, zone),
    icon: ICONS[item.state],
    contextValue: [
      'type=instance',
      `state=${isRunning ? 'running' : 'idle'}`,
      `auth=${item.signInProblem === undefined ? 'ok' : 'needed'}`,
    ].join(','),
    instanceId: item.instance.id,
    children: [...factNodes(item, now, zone), ...runNodes(item, now, zone)],
  };
}

/** `482 chats · last sync 14:30 · next 15:00`, or what is in the way of it. */
export function instanceDescription(item: InstanceView, now: number, zone: string): string {
  const { status, lastRun } = item;
  const chats = status !== undefined && hasRows(status) ? [countOf(status.chats, 'chat')] : [];
  const moment = (at: number): string => formatMoment(at, now, zone);
  const endOf = (run: RunSummary): string => moment((run.finishedAt ?? run.startedAt) * 1000);
  const lastSync =
    status?.lastSyncEpoch === undefined ? [] : [`last sync ${moment(status.lastSyncEpoch * 1000)}`];
  const next = item.nextRun === undefined ? [] : [`next ${moment(Math.max(item.nextRun, now))}`];
  const parts: Readonly<Record<InstanceState, () => readonly string[]>> = {
    running: () => (item.progress === undefined ? [] : [shownProgressText(item.progress)]),
    queued: () => ['waiting for its turn'],
    signIn: () => [...chats, 'key needed'],
    failed: () => [...chats, `failed ${lastRun === undefined ? '' : endOf(lastRun)}`.trim(), ...next],
    incomplete: () => [...chats, incompleteText(lastRun, endOf), ...next],
    ok: () => [...chats, ...lastSync, ...next],
    never: () => ['not synced yet', ...next],
    paused: () => [...chats, 'paused', ...lastSync],
  };
  return parts[item.state]().join(' · ');
}

const INCOMPLETE_WORDS = {
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  partial: 'synced in part',
  deferred: 'put off',
} as const;

function incompleteText(run: RunSummary | undefined, endOf: (run: RunSummary) => string): string {
  if (run === undefined || !(run.status in INCOMPLETE_WORDS)) {
    return '';
  }
  return `${INCOMPLETE_WORDS[run.status as keyof typeof INCOMPLETE_WORDS]} ${endOf(run)}`;
}

/** The instance in a few lines of Markdown, for tooltips. */
export function instanceTooltip(item: InstanceView, now: number, zone: string): string {
  const { instance, status, lastRun } = item;
  const version = status?.version === undefined ? '' : ` · Open WebUI ${escapeMarkdown(status.version)}`;
  const lines = [`**${escapeMarkdown(instance.name)}**`, `${escapeMarkdown(instance.url)}${version}`];
  if (item.progress !== undefined) {
    lines.push(escapeMarkdown(shownProgressText(item.progress)));
  }
  if (status?.lastSyncEpoch !== undefined) {
    const counts = [
      countOf(status.users, 'user'),
      countOf(status.chats, 'chat'),
      countOf(status.messages, 'message'),
    ];
    lines.push(counts.join(', '), `Last sync ${formatMoment(status.lastSyncEpoch * 1000, now, zone)}`);
  }
  if (item.nextRun !== undefined) {
    lines.push(`Next sync ${formatMoment(Math.max(item.nextRun, now), now, zone)}`);
  }
  const error = item.signInProblem ?? (item.state === 'ok' ? undefined : lastRun?.error);
  if (error !== undefined) {
    lines.push(escapeMarkdown(error));
  }
  return lines.join('\n\n');
}

/** What became of the data of a run that broke off. */
const KEPT_NOTES: Partial<Record<RunSummary['status'], string>> = {
  cancelled: 'Cancelled: what was fetched is kept',
  interrupted: 'Interrupted: what was fetched is kept',
};

function factNodes(item: InstanceView, now: number, zone: string): readonly NodeModel[] {
  const { instance, status, nextRun } = item;
  const fact = (key: string, label: string, icon: NodeIcon, description?: string): NodeModel => ({
    id: `instance:${instance.id}/${key}`,
    label,
    description,
    icon,
    contextValue: `type=fact,fact=${key}`,
    instanceId: instance.id,
    children: [],
  });
  const nodes: NodeModel[] = [];
  const error = errorOf(item);
  if (error !== undefined) {
    nodes.push({ ...fact('error', error, ICONS.failed), tooltip: escapeMarkdown(error) });
  }
  const note = item.progress === undefined ? KEPT_NOTES[item.lastRun?.status ?? 'ok'] : undefined;
  if (note !== undefined) {
    nodes.push(fact('note', note, { id: 'info' }));
  }
  if (status !== undefined && hasRows(status)) {
    nodes.push(
      fact('users', countOf(status.users, 'user'), { id: 'account' }),
      fact('chats', countOf(status.chats, 'chat'), { id: 'comment-discussion' }),
      fact('messages', countOf(status.messages, 'message'), { id: 'comment' }),
    );
  }
  if (status?.lastSyncEpoch !== undefined) {
    nodes.push(
      fact('lastSync', 'Last sync', { id: 'history' }, formatMoment(status.lastSyncEpoch * 1000, now, zone)),
    );
  }
  const next = nextRun === undefined ? 'on demand' : formatMoment(Math.max(nextRun, now), now, zone);
  nodes.push(fact('nextSync', 'Next sync', { id: 'watch' }, next));
  return nodes;
}

/** Zeros before the first rows would say that the server is empty. */
function hasRows({ lastSyncEpoch, users, chats }: InstanceStatus): boolean {
  return lastSyncEpoch !== undefined || users + chats > 0;
}

function errorOf(item: InstanceView): string | undefined {
  if (item.progress !== undefined) {
    return undefined;
  }
  return item.signInProblem ?? (item.state === 'failed' ? item.lastRun?.error : undefined);
}

function runNodes(item: InstanceView, now: number, zone: string): readonly NodeModel[] {
  const { instance, progress } = item;
  const ended = (item.status?.runs ?? []).filter((run) => run.runId !== progress?.runId);
  const nodes = ended.map((run) => runNode(run, instance.id, now, zone));
  return progress === undefined || progress.phase === 'queued' ? nodes : [runningNode(progress), ...nodes];
}
