import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { detailOf, isCancel, sentenceOf } from '../errors';
import type { Log } from '../log';
import type { CommandId } from './commandIds';
import { failureSteps } from './failureSteps';

/**
 * Registers a command behind the error boundary: a failure is logged whole and shown as one sentence with the next step and
 * "Show Log"; a cancel is no failure.
 */
export function registerCommand(
  log: Log,
  id: CommandId,
  handler: (...args: unknown[]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      return await handler(...args);
    } catch (error) {
      reportFailure(log, id, error, () => vscode.commands.executeCommand(id, ...args));
      return undefined;
    }
  });
}

/**
 * Logs a failure and shows its sentence, without waiting for an answer; silent for a cancel.
 * @param retry does once more what failed
 */
export function reportFailure(
  log: Log,
  what: string,
  error: unknown,
  retry?: () => PromiseLike<unknown>,
): void {
  if (isCancel(error)) {
    log.debug(`${what}: cancelled`);
    return;
  }
  log.error(`${what}: ${detailOf(error)}`);
  void offerSteps(log, error, retry);
}

async function offerSteps(
  log: Log,
  error: unknown,
  retry: (() => PromiseLike<unknown>) | undefined,
): Promise<void> {
  const steps = failureSteps(error, retry !== undefined);
  const showLog = l10n.t('Show Log');
  const choice = await vscode.window.showErrorMessage(
    sentenceOf(error),
    ...steps.map(({ label }) => label),
    showLog,
  );
  if (choice === showLog) {
    log.show();
    return;
  }
  const step = steps.find(({ label }) => label === choice);
  try {
    await (step?.run === undefined ? step && retry?.() : vscode.commands.executeCommand(...step.run));
  } catch (stepError) {
    // A command of the editor itself may be missing, as in browsers.
    log.error(`${choice ?? ''}: ${detailOf(stepError)}`);
  }
}
