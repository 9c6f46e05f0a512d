import type { StreamName } from '../../store/records';
import type { StreamStatus } from '../../store/runs';
import { isFailure, type FailureCode } from '../openwebui/failures';
import { userPages } from '../openwebui/users';
import { detailOf, problemOf } from './problems';
import type { StreamContext, StreamDefinition } from './runTypes';
import { isWriterLost } from './writerLoss';

/** What a failure makes of a stream; anything else is `failed`. */
const STREAM_STATUS: Partial<Record<FailureCode, StreamStatus>> = {
  unsupported: 'unsupported',
  chatAccessOff: 'skipped',
  forbidden: 'skipped',
  endpointNotAllowed: 'skipped',
};

/**
 * Runs all streams that are due, one after the other; one that fails does not keep the others from running.
 * @returns what stopped the run before its last stream; undefined when nothing did
 * @throws the signal's reason when cancelled, and the errors of a lost writer
 */
export async function runStreams(
  streams: readonly StreamDefinition[],
  context: StreamContext,
  onStart: (stream: StreamName) => void,
): Promise<unknown> {
  for (const stream of streams.filter((candidate) => candidate.isDue(context))) {
    context.ledger.count(stream.streams[0], {});
    if (stream.needsRoster && context.roster === undefined) {
      end(context, stream, 'skipped', {
        code: 'usersMissing',
        message: 'Needs the list of users. Sync again.',
      });
      continue;
    }
    onStart(stream.streams[0]);
    const stopped = await runStream(stream, context);
    if (stopped !== undefined) {
      return stopped;
    }
  }
  return undefined;
}

/** @returns the error when it ends the whole run */
async function runStream(stream: StreamDefinition, context: StreamContext): Promise<unknown> {
  const { log, instance } = context;
  try {
    await stream.sync(context);
    end(context, stream, 'ok');
    return undefined;
  } catch (error) {
    if (isWriterLost(error)) {
      throw error;
    }
    if (context.signal.aborted) {
      end(context, stream, 'cancelled');
      throw error;
    }
    const status = (isFailure(error) && STREAM_STATUS[error.code]) || 'failed';
    const problem = problemOf(error);
    end(context, stream, status, problem);
    log.warn(
      `${instance.name}: ${stream.streams[0]} ${status}: ${problem.message}${isFailure(error) ? '' : detailOf(error)}`,
    );
    return (await endsRun(error, context)) ? error : undefined;
  }
}

/** A refused key is believed only when the list of users, which every administrator may read, is refused too. */
async function endsRun(error: unknown, { client, roster }: StreamContext): Promise<boolean> {
  if (!isFailure(error) || error.reach !== 'run') {
    return false;
  }
  const isAboutKey = error.code === 'keyRejected' || error.code === 'keyExpired';
  if (!isAboutKey || roster === undefined) {
    return true;
  }
  try {
    await userPages(client, 'email').next();
    return false;
  } catch (second) {
    if (isFailure(second)) {
      return true;
    }
    throw second;
  }
}

function end(
  { ledger }: StreamContext,
  stream: StreamDefinition,
  status: StreamStatus,
  problem?: { readonly code: string; readonly message: string },
): void {
  for (const name of stream.streams) {
    ledger.end(name, status, problem);
  }
}
