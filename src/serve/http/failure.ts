import { NewerDatabaseError, NoDatabaseError, TextFileError, WorkerGoneError } from '../../store/errors';
import { NoReportDataError } from '../../reports/sources';
import { ProblemError } from './problem';

/** What a client is told of an error: the product's own sentences where they name no place of this machine. */
export function problemOf(error: unknown, isTooLate: boolean): ProblemError {
  if (isTooLate) {
    return new ProblemError('took_too_long', { detail: 'Ask for fewer days, or aggregate before joining.' });
  }
  if (error instanceof ProblemError) {
    return error;
  }
  if (error instanceof NoDatabaseError || error instanceof NoReportDataError) {
    return new ProblemError('no_data', { detail: 'Run a sync first.' });
  }
  if (error instanceof NewerDatabaseError) {
    return new ProblemError('unavailable', { detail: error.message });
  }
  if (error instanceof TextFileError) {
    return new ProblemError('unavailable', {
      detail: 'A file with older messages cannot be read. Run: openwebui-sync check',
    });
  }
  if (error instanceof WorkerGoneError) {
    return new ProblemError('unavailable', { detail: 'Try again.' }, { 'Retry-After': '2' });
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return new ProblemError('unavailable', { detail: 'The server ends, or nobody waits for the answer.' });
  }
  return new ProblemError('internal', { detail: 'The terminal of the server says what.' });
}
