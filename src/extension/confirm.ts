import * as vscode from 'vscode';
import { CancelledError } from './errors';

/** A question that nothing goes on before. */
export interface Confirmation {
  readonly question: string;
  /** What a yes leads to. */
  readonly detail: string;
  /** Labels of the ways to say yes. */
  readonly answers: readonly [string, ...string[]];
}

/** Asks in a modal dialog. @returns the label that was pressed @throws CancelledError */
export async function confirm({ question, detail, answers }: Confirmation): Promise<string> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...answers);
  if (answer === undefined) {
    throw new CancelledError();
  }
  return answer;
}
