import * as vscode from 'vscode';
import type { RunSummary } from '../../store/runs';
import { countOf } from '../../sync/words';
import { showRun } from '../views/runDocuments';
import type { Core } from '../core';
import type { FailureAction, NamedRun, Outcome } from './outcome';
import { FailureMemory, outcomeOf } from './outcome';

const QUIET_MS = 10_000;

/** Tells how runs ended: a line in the status bar, and one message when something is to be done. */
export function presentRuns(
  core: Core,
  runs: readonly NamedRun[],
  retry: (ids: readonly number[]) => void,
): void {
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
  if (outcome.message !== undefined) {
    void showMessage(core, outcome, outcome.message, runs, retry);
  }
}

function requestsOf({ requests = 0, expectedRequests }: RunSummary): string {
  const expected = expectedRequests === undefined ? '' : `, about ${expectedRequests} expected`;
  return `${countOf(requests, 'request')}${expected}`;
}

const told = new FailureMemory();

/** Like {@link presentRuns}, but a failure is told once and not again at each run of the timer. */
export function presentTimerRuns(core: Core, runs: readonly NamedRun[]): void {
  presentRuns(core, told.news(runs), (ids) => {
    for (const id of ids) {
      void vscode.commands.executeCommand('openwebuiSync.sync', id);
    }
  });
}

async function showMessage(
  core: Core,
  { unfinished }: Outcome,
  { severity, text, actions }: NonNullable<Outcome['message']>,
  runs: readonly NamedRun[],
  retry: (ids: readonly number[]) => void,
): Promise<void> {
  const show = severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  const choice = await show(text, ...actions);
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
  if (choice !== undefined) {
    await perform[choice]();
  }
}
