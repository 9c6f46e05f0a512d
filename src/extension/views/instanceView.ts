import type { Instance } from '../../store/instances/instance';
import type { InstanceStatus, MirrorStatus, RunSummary } from '../../store/runs';
import type { HeadlessView } from '../headless/headlessText';
import type { ShownRun } from './shownRun';

/** Everything that the tree and the status bar show, as plain data. Times are ms since 1970. */
export interface MirrorView {
  readonly instances: readonly Instance[];
  readonly status: MirrorStatus;
  readonly running: readonly ShownRun[];
  /** Next run of the timer by instance id; an absent instance is not on the timer. */
  readonly nextRuns: ReadonlyMap<number, number>;
  /** The schedule that syncs without the editor; absent: none is installed. */
  readonly headless?: HeadlessView | undefined;
  /** Instances whose credential is missing or was rejected, with the sentence that says so. */
  readonly signInProblems: ReadonlyMap<number, string>;
  /** When sign-ins end that are about to and that nobody renews, by instance id. */
  readonly signInEnds: ReadonlyMap<number, number>;
  readonly zone: string;
  readonly now: number;
}

/** The state of one instance, as far as icons and words differ by it. */
export type InstanceState =
  'running' | 'queued' | 'signIn' | 'failed' | 'incomplete' | 'ok' | 'never' | 'paused';

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
  /** When the sign-in ends, if it is about to and nobody renews it. */
  readonly signInEnd: number | undefined;
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
      signInEnd: view.signInEnds.get(instance.id),
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

/** Whether rows are there; zeros before the first ones would say that the server is empty. */
export function hasRows({ lastSyncEpoch, users, chats }: InstanceStatus): boolean {
  return lastSyncEpoch !== undefined || users + chats > 0;
}

/** Deletions that wait for a person. */
export function heldDeletionsOf({ status }: Pick<InstanceView, 'status'>): number {
  return status?.heldDeletions ?? 0;
}
