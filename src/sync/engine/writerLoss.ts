import { DatabaseBrokenError, WorkerGoneError } from '../../store/errors';
import { PublishConflictError } from '../../store/errors';

/** Errors after which nothing more can be written: the run starts over on another writer. */
export function isWriterLost(error: unknown): boolean {
  return (
    error instanceof PublishConflictError ||
    error instanceof DatabaseBrokenError ||
    error instanceof WorkerGoneError
  );
}
