import * as vscode from 'vscode';
import { detailOf, isCancel, sentenceOf } from '../errors';
import type { Log } from '../log';
import type { CommandId } from './commandIds';

/**
 * Registers a command behind the error boundary: a failure is logged whole and shown as one sentence with "Show Log";
 * a cancel is no failure.
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
      reportFailure(log, id, error);
      return undefined;
    }
  });
}

/** Logs a failure and shows its sentence, without waiting for an answer; silent for a cancel. */
export function reportFailure(log: Log, what: string, error: unknown): void {
  if (isCancel(error)) {
    log.debug(`${what}: cancelled`);
    return;
  }
  log.error(`${what}: ${detailOf(error)}`);
  void vscode.window.showErrorMessage(sentenceOf(error), 'Show Log').then((choice) => {
    if (choice === 'Show Log') {
      log.show();
    }
  });
}
