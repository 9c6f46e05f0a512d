import * as l10n from '@vscode/l10n';
import { isFailure } from '../openwebui/failures';
import { MirrorFullError, NotPurgedError, StorageError } from '../../store/errors';

/** A code and a sentence, as run records keep them. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** What to record of an error. Only errors whose words are ours are quoted; others might hold anything. */
export function problemOf(error: unknown): Problem {
  if (isFailure(error)) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof MirrorFullError) {
    // Rows of the failed call are not there; all before are, and are published.
    return {
      code: 'mirrorFull',
      message: l10n.t(
        'The database has reached its largest size. What was fetched is kept. Free up space, then sync again.',
      ),
    };
  }
  if (error instanceof StorageError) {
    return { code: error.problem, message: error.message };
  }
  if (error instanceof NotPurgedError) {
    return { code: 'notPurged', message: error.message };
  }
  return {
    code: 'unexpected',
    message: l10n.t('Something unexpected went wrong. See the log and report it.'),
  };
}

/** Name and place of an error for the log, without its message. */
export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return '';
  }
  const place = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return ` (${error.name}${place === undefined ? '' : ` ${place.trim()}`})`;
}
