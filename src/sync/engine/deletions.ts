import type { StreamName } from '../../store/records';
import { mapConcurrent } from './concurrency';
import { isMassDeletion } from './deletionBrake';
import type { StreamContext } from './runTypes';

/** Rows of the mirror that a complete list of the server did not show. */
export interface MissingRows {
  readonly stream: Exclude<StreamName, 'messages'>;
  readonly remoteIds: readonly string[];
  /** Rows of the stream that are not marked deleted: what the brake measures against. */
  readonly liveRows: number;
  /** Asks the server for one of them. */
  readonly exists: (remoteId: string) => Promise<boolean>;
  /** Throws when the answers of `exists` cannot be believed. */
  readonly proveAnswers?: (gone: readonly string[]) => Promise<void>;
}

/**
 * Marks rows deleted that the server says twice are gone: absent from its complete list, and not found by id.
 * Too many at once are held back until a person agrees.
 * @returns the ids that were marked
 */
export async function markMissing(context: StreamContext, missing: MissingRows): Promise<readonly string[]> {
  const { stream, remoteIds, liveRows } = missing;
  const { writer, ledger, policy, request, runId } = context;
  if (remoteIds.length === 0) {
    return [];
  }
  if (isMassDeletion(remoteIds.length, liveRows) && request.acceptMassDeletion !== true) {
    ledger.count(stream, { heldBack: remoteIds.length });
    ledger.note(stream, {
      code: 'deletionsHeldBack',
      message: `${remoteIds.length} of ${liveRows} ${stream.replace('_', ' ')} vanished at once. They were kept; review and confirm.`,
    });
    return [];
  }
  const answers = await mapConcurrent(remoteIds, policy.concurrency, missing.exists);
  const gone = remoteIds.filter((_id, index) => answers[index] === false);
  if (gone.length > 0) {
    await missing.proveAnswers?.(gone);
    ledger.count(stream, await writer.markDeleted(runId, stream, gone));
  }
  return gone;
}
