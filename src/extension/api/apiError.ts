import { NoDatabaseError } from '../../store/errors';
import { SqlError } from '../../store/resultSet';
import { SyncBusyError } from '../../sync/engine/coordinatorTypes';
import type { OpenWebUiSyncError } from '../../../api/openwebui-sync';
import { isCancel, sentenceOf } from '../errors';

/** An error as other extensions get it: a sentence and a code, without what caused it. */
export class ApiError extends Error implements OpenWebUiSyncError {
  override readonly name = 'OpenWebUiSyncError';

  constructor(
    readonly code: OpenWebUiSyncError['code'],
    message: string,
  ) {
    super(message);
  }
}

const CODES: readonly (readonly [new (...args: never[]) => Error, OpenWebUiSyncError['code']])[] = [
  [SqlError, 'sql'],
  [NoDatabaseError, 'noData'],
  [SyncBusyError, 'busy'],
];

/** Runs work for another extension; what it throws is told by code. @throws ApiError */
export async function tellingByCode<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError) {
      throw error;
    }
    const code = isCancel(error) ? 'cancelled' : CODES.find(([type]) => error instanceof type)?.[1];
    throw new ApiError(code ?? 'failed', sentenceOf(error));
  }
}
