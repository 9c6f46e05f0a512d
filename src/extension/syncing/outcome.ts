import * as l10n from '@vscode/l10n';
import type { RunSummary, StreamResult } from '../../store/runs';
import { isSignInFailure } from '../instances/signInFailures';
import { finishedText } from '../views/statusBarModel';
import { countOf, STREAMS_IN_TEXT } from '../../sync/words';

/** What a message about failed runs offers. */
export type FailureAction =
  | 'Retry'
  | 'Sign In Again'
  | 'Edit Instance'
  | 'Review Deletions'
  | 'Free Up Space...'
  | 'Show Run'
  | 'Show Log';

/** A finished run with the name of its instance. */
export interface NamedRun {
  readonly name: string;
  readonly run: RunSummary;
}

/** What to tell about finished runs: one quiet line, one message, or both. */
export interface Outcome {
  /** For the status bar. */
  readonly quiet?: string | undefined;
  readonly message?:
    | {
        readonly severity: 'error' | 'warning';
        /** What a warning is about: of the timer, each kind can be hidden. */
        readonly about: 'failure' | 'syncedInPart' | 'heldBack';
        readonly text: string;
        readonly actions: readonly FailureAction[];
      }
    | undefined;
  /** Instances that "Retry" runs again. */
  readonly unfinished: readonly number[];
}

/** Puts the results of one command or timer run into words; several failures become one message. */
export function outcomeOf(runs: readonly NamedRun[]): Outcome {
  const failed = runs.filter(({ run }) => run.status === 'failed');
  const partial = runs.filter(({ run }) => run.status === 'partial' && lacksSomethingNew(run));
  const done = runs.filter((named) => isDone(named.run) && !partial.includes(named));
  const unfinished = [...failed, ...partial].map(({ run }) => run.instanceId);
  const message = messageOf(failed, partial, runs.length) ?? heldBackMessage(runs);
  return { quiet: quietText(runs, done), message, unfinished };
}

const QUIET_TEXTS: Readonly<Partial<Record<RunSummary['status'], (name: string) => string>>> = {
  cancelled: (name) => l10n.t('{0}: cancelled · what was fetched is kept', name),
  interrupted: (name) => l10n.t('{0}: interrupted · what was fetched is kept', name),
  deferred: (name) => l10n.t('{0}: put off, as the server asked', name),
};

function quietText(runs: readonly NamedRun[], done: readonly NamedRun[]): string | undefined {
  if (done.length > 0) {
    return finishedText(
      done.map(({ run }) => run),
      done.map(({ name }) => name),
    );
  }
  const [stopped] = runs.flatMap(({ name, run }) => QUIET_TEXTS[run.status]?.(name) ?? []);
  return stopped;
}

/** What keeps the mirror from being written is told once, whoever was being synced. By the code of the run's error. */
const STORAGE_ACTIONS: Readonly<Record<string, readonly FailureAction[]>> = {
  mirrorFull: ['Free Up Space...', 'Show Log'],
  diskFull: ['Retry', 'Free Up Space...', 'Show Log'],
  folderUnusable: ['Retry', 'Show Log'],
  diskFailure: ['Retry', 'Show Log'],
};

function messageOf(
  failed: readonly NamedRun[],
  partial: readonly NamedRun[],
  total: number,
): Outcome['message'] {
  const [first, second] = [...failed, ...partial];
  if (first === undefined) {
    return undefined;
  }
  const unstored = [...failed, ...partial].find(({ run }) => (run.errorCode ?? '') in STORAGE_ACTIONS);
  if (unstored !== undefined) {
    const { error = '', errorCode = '' } = unstored.run;
    return { severity: 'error', about: 'failure', text: error, actions: STORAGE_ACTIONS[errorCode] ?? [] };
  }
  const kind =
    failed.length > 0
      ? ({ severity: 'error', about: 'failure' } as const)
      : ({ severity: 'warning', about: 'syncedInPart' } as const);
  if (second === undefined) {
    return { ...kind, text: `${first.name}: ${reasonOf(first.run)}`, actions: actionsFor(first.run) };
  }
  const unfinished = [...failed, ...partial];
  const names = unfinished.map(({ name }) => name).join(', ');
  const text =
    unfinished.length === total
      ? l10n.t('All {0} were not synced completely: {1}.', countOf(total, 'instance'), names)
      : l10n.t(
          '{0} of {1} were not synced completely: {2}.',
          unfinished.length,
          countOf(total, 'instance'),
          names,
        );
  return { ...kind, text, actions: ['Retry', 'Show Log'] };
}

function isDone({ status }: RunSummary): boolean {
  return status === 'ok' || status === 'partial';
}

/** Whether a part is missing that was there before: one that could not be read for long is shown in the tree. */
function lacksSomethingNew({ streams, notes, counts }: RunSummary): boolean {
  const skipped = streams.filter(({ status }) => status === 'skipped').length;
  const known = notes.filter(({ code }) => code === 'streamUnreadable').length;
  const hasFailed = streams.some(({ status }) => status === 'failed' || status === 'cancelled');
  return hasFailed || skipped > known || (skipped === 0 && counts.heldBack === 0);
}

/** Deletions that a person has to look at; told when nothing worse happened. */
function heldBackMessage(runs: readonly NamedRun[]): Outcome['message'] {
  const held = runs.filter(({ run }) => run.counts.heldBack > 0);
  const count = held.reduce((sum, { run }) => sum + run.counts.heldBack, 0);
  return held.length === 0
    ? undefined
    : {
        severity: 'warning',
        about: 'heldBack',
        text: l10n.t(
          '{0}: {1} held back, too many at once.',
          held.map(({ name }) => name).join(', '),
          countOf(count, 'deletion'),
        ),
        actions: ['Review Deletions', 'Show Run'],
      };
}

function reasonOf(run: RunSummary): string {
  const part = missingPart(run);
  if (run.status === 'partial' && part !== undefined) {
    return l10n.t('synced without {0}. {1}', STREAMS_IN_TEXT[part.stream], part.error ?? '').trim();
  }
  return run.error ?? part?.error ?? l10n.t('The sync failed.');
}

/** The first part that failed, else the first that may not be read. */
function missingPart({ streams }: RunSummary): StreamResult | undefined {
  return (
    streams.find(({ status }) => status === 'failed') ?? streams.find(({ status }) => status === 'skipped')
  );
}

function actionsFor(run: RunSummary): readonly FailureAction[] {
  if (run.status === 'partial') {
    return ['Retry', 'Show Run', 'Show Log'];
  }
  const mend: FailureAction = isSignInFailure(run.errorCode) ? 'Sign In Again' : 'Edit Instance';
  return ['Retry', mend, 'Show Log'];
}

/**
 * Remembers what was last told about each instance, so that the timer speaks once per change of state
 * and not at every failed run.
 */
export class FailureMemory {
  readonly #told = new Map<number, string>();

  /** The runs whose failure is news; all others are noted as told. */
  news(runs: readonly NamedRun[]): readonly NamedRun[] {
    return runs.filter(({ run }) => {
      const state = stateOf(run);
      const isNews = this.#told.get(run.instanceId) !== state;
      this.#told.set(run.instanceId, state);
      return isNews || state === '';
    });
  }
}

/** What a message would be about; empty when there would be none. */
function stateOf(run: RunSummary): string {
  if (run.status !== 'failed' && run.status !== 'partial') {
    return '';
  }
  const parts = run.streams.filter(({ status }) => status === 'failed' || status === 'skipped');
  const held = run.counts.heldBack > 0 ? ['heldBack'] : [];
  return [run.status, run.errorCode, ...parts.map(({ stream }) => stream), ...held].join(':');
}
