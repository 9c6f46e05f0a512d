import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandIds';
import type { Core } from '../core';
import type { NoticeAction } from '../help/notices';
import { runPressed } from '../help/runPressed';
import { countOf } from '../../sync/words';
import type { NamedCostRun } from './costController';
import { CostNews } from './costNews';
import { showCostRun } from './showCostRun';

const QUIET_MS = 10_000;

/** Tells how cost runs ended that a person asked for: a line in the status bar, and a message where something is to be done. */
export function presentCostRuns(core: Core, runs: readonly NamedCostRun[], retry: () => void): void {
  logRuns(core, runs);
  const failed = runs.find(({ run }) => run.status !== 'ok' && run.status !== 'cancelled');
  if (failed === undefined) {
    tellWell(runs);
    return;
  }
  const { run, connection } = failed;
  const text = failureText(failed);
  const actions: readonly NoticeAction[] = [
    ...(core.costs.runs.problems().has(connection.id)
      ? [commandAction(l10n.t('Sign In to Azure'), 'openwebuiSync.signInToAzure', connection.id)]
      : [{ label: l10n.t('Retry'), run: retry }]),
    { label: l10n.t('Show Run'), run: () => showCostRun(core, run.scopeId, run.runId) },
  ];
  const show = run.status === 'failed' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  void runPressed(text, actions, show);
}

/** Like {@link presentCostRuns}, but nobody asked: a failure is told once until it is over, and can be hidden. */
export class TimerCostRuns {
  readonly #news = new CostNews();

  constructor(private readonly core: Core) {}

  present(runs: readonly NamedCostRun[]): void {
    const { costs, notices } = this.core;
    logRuns(this.core, runs);
    const problems = costs.runs.problems();
    for (const named of this.#news.of(runs)) {
      const { run, connection } = named;
      const needsSignIn = problems.has(connection.id);
      notices.tell({
        id: needsSignIn ? 'azureSignIn' : 'costsNotRead',
        severity: 'warning',
        text: failureText(named),
        actions: [
          needsSignIn
            ? commandAction(l10n.t('Sign In to Azure'), 'openwebuiSync.signInToAzure', connection.id)
            : { label: l10n.t('Show Run'), run: () => showCostRun(this.core, run.scopeId, run.runId) },
        ],
      });
    }
  }
}

/** A button that runs a command. */
export function commandAction(label: string, command: CommandId, ...args: readonly unknown[]): NoticeAction {
  return { label, run: () => vscode.commands.executeCommand(command, ...args) };
}

function tellWell(runs: readonly NamedCostRun[]): void {
  const [first, ...others] = runs.filter(({ run }) => run.status === 'ok');
  if (first !== undefined) {
    const names = [first, ...others].map(({ connection }) => connection.name).join(', ');
    const months = Math.max(...runs.map(({ run }) => run.months));
    const text = l10n.t('Costs of {0} are read: {1}', names, countOf(months, 'month'));
    vscode.window.setStatusBarMessage(`$(check) ${text}`, QUIET_MS);
  }
}

/** `Costs of Production were not read: …` */
function failureText({ run, connection }: NamedCostRun): string {
  const reason = run.error ?? run.notes[0] ?? '';
  return run.status === 'failed'
    ? l10n.t('Costs of {0} were not read: {1}', connection.name, reason)
    : l10n.t('Costs of {0} were read in part: {1}', connection.name, reason);
}

function logRuns({ log }: Core, runs: readonly NamedCostRun[]): void {
  for (const { run, connection } of runs) {
    log.info(`${connection.name}: cost sync ${run.status}, ${run.months} months, ${run.calls} calls`);
    if (run.error !== undefined) {
      log.warn(`${connection.name}: ${run.error}`);
    }
  }
}
