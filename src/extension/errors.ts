import * as l10n from '@vscode/l10n';

/** Thrown when the user backs out of a dialog: no failure, and nothing is said. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('Cancelled');
  }
}

/** There is no instance that a command could be about. */
export class NoInstanceError extends Error {
  override readonly name = 'NoInstanceError';
  constructor() {
    super(l10n.t('There is no instance yet. Add one first.'));
  }
}

/** AbortSignal's, VS Code's and our own way of saying "cancelled". */
const CANCEL_NAMES = new Set(['AbortError', 'Canceled', 'CancelledError']);

/** Whether an outcome is a cancel instead of a failure. */
export function isCancel(error: unknown): boolean {
  return error instanceof Error && CANCEL_NAMES.has(error.name);
}

/** The sentence to show for anything thrown. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim() === '' ? l10n.t('Something failed without saying why.') : text.trim();
}

/** Everything the log should keep of a failure: its stack and those of its causes. */
export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\nCaused by: ${detailOf(error.cause)}`;
}
