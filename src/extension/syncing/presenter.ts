import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../../store/runs';
import type { NoticeAction } from '../help/notices';
import { runPressed } from '../help/runPressed';
import { showRun } from '../views/runDocuments';
import type { Core } from '../core';
import type { FailureAction, NamedRun, Outcome } from './outcome';
import { FailureMemory, outcomeOf } from './outcome';

const QUIET_MS = 10_000;

/** Tells how runs ended that a person asked for: a line in the status bar, and one message when something is to be done. */
export function presentRuns(
  core: Core,
  runs: readonly NamedRun[],
  retry: (ids: readonly number[]) => void,
): void {
  const outcome = told(core, runs);
  if (outcome.message !== undefined) {
    void showMessage(outcome.message, actionsOf(core, outcome, runs, retry));
  }
}

/** The quiet part of it, and the log. */
function told(core: Core, runs: readonly NamedRun[]): Outcome {
  const outcome = outcomeOf(runs);
  if (outcome.quiet !== undefined) {
    vscode.window.setStatusBarMessage(`$(check) ${outcome.quiet}`, QUIET_MS);
  }
  for (const { name, run } of runs) {
    core.log.info(`${name}: ${run.kind} sync ${run.status}, ${requestsOf(run)}`);
    if (run.error !== undefined) {
      core.log.warn(`${name}: ${run.error}`);
    }
  }
  return outcome;
}

function requestsOf({ requests = 0, expectedRequests }: RunSummary): string {
  const expected = expectedRequests === undefined ? '' : `, about ${expectedRequests} expected`;
  return `${requests} requests${expected}`;
}

const memory = new FailureMemory();

/**
 * Like {@link presentRuns}, but nobody asked: a failure is told once and not again at each run of the timer, and what is no
 * failure can be hidden.
 */
export function presentTimerRuns(core: Core, runs: readonly NamedRun[]): void {
  const news = memory.news(runs);
  const outcome = told(core, news);
  const { message } = outcome;
  if (message === undefined) {
    return;
  }
  const actions = actionsOf(core, outcome, news, (ids) => {
    for (const id of ids) {
      void vscode.commands.executeCommand('openwebuiSync.sync', id);
    }
  });
  if (message.about === 'failure') {
    void showMessage(message, actions);
  } else {
    core.notices.tell({ id: message.about, severity: 'warning', text: message.text, actions });
  }
}

type Message = NonNullable<Outcome['message']>;

async function showMessage({ severity, text }: Message, actions: readonly NoticeAction[]): Promise<void> {
  const show = severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  await runPressed(text, actions, show);
}

const LABELS: Readonly<Record<FailureAction, () => string>> = {
  Retry: () => l10n.t('Retry'),
  'Sign In Again': () => l10n.t('Sign In Again'),
  'Edit Instance': () => l10n.t('Edit Instance'),
  'Review Deletions': () => l10n.t('Review Deletions'),
  'Free Up Space...': () => l10n.t('Free Up Space...'),
  'Show Run': () => l10n.t('Show Run'),
  'Show Log': () => l10n.t('Show Log'),
};

/** The buttons of an outcome's message, and what each does. */
function actionsOf(
  core: Core,
  { unfinished, message }: Outcome,
  runs: readonly NamedRun[],
  retry: (ids: readonly number[]) => void,
): readonly NoticeAction[] {
  const instanceId = unfinished[0] ?? runs.find(({ run }) => run.counts.heldBack > 0)?.run.instanceId;
  const shownRun = runs.find(({ run }) => run.instanceId === instanceId)?.run;
  const perform: Readonly<Record<FailureAction, () => unknown>> = {
    Retry: () => retry(unfinished),
    'Sign In Again': () => vscode.commands.executeCommand('openwebuiSync.signIn', { instanceId }),
    'Edit Instance': () => vscode.commands.executeCommand('openwebuiSync.editInstance', { instanceId }),
    'Review Deletions': () => vscode.commands.executeCommand('openwebuiSync.reviewDeletions', { instanceId }),
    'Free Up Space...': () => vscode.commands.executeCommand('openwebuiSync.freeUpSpace'),
    'Show Run': () => (shownRun === undefined ? undefined : showRun(core.model, shownRun.runId)),
    'Show Log': () => core.log.show(),
  };
  return (message?.actions ?? []).map((action) => ({ label: LABELS[action](), run: perform[action] }));
}
