import * as l10n from '@vscode/l10n';
import { MirrorFullError } from '../../store/errors';
import type { StreamName } from '../../store/records';
import type { RunNote, StreamStatus } from '../../store/runs';
import { isFailure } from '../openwebui/failures';
import { userPages } from '../openwebui/users';
import { STREAM_WORDS } from '../words';
import { detailOf, problemOf } from './problems';
import { forgetRefusal, noteRefusal, refusedStatus, standingRefusal, type Refusal } from './refusals';
import type { StreamContext, StreamDefinition } from './runTypes';
import { settleServer } from './serverCheck';
import { isWriterLost } from './writerLoss';

const usersMissing = (): Refusal => ({
  status: 'skipped',
  problem: { code: 'usersMissing', message: l10n.t('Needs the list of users. Sync again.') },
});

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
  const due = new Set(streams.filter((stream) => stream.isDue(context)));
  for (const stream of streams) {
    // A stream that comes early may find out that all others are due.
    if (!due.has(stream) && context.walk !== 'complete') {
      continue;
    }
    const [name] = stream.streams;
    context.ledger.count(name, {});
    const reason = reasonToSkip(stream, context);
    if (reason !== undefined) {
      end(context, stream, reason.status, reason.problem);
      continue;
    }
    onStart(name);
    const stopped = await runStream(stream, context);
    if (stopped !== undefined) {
      return stopped;
    }
  }
  await settleServer(context);
  return undefined;
}

function reasonToSkip(stream: StreamDefinition, context: StreamContext): Refusal | undefined {
  return stream.needsRoster && context.roster === undefined
    ? usersMissing()
    : standingRefusal(context, stream.streams[0]);
}

/** @returns the error when it ends the whole run */
async function runStream(stream: StreamDefinition, context: StreamContext): Promise<unknown> {
  const { log, instance, client, ledger } = context;
  const requestsBefore = client.statistics.requests;
  const unusableBefore = client.unusableRows;
  try {
    await stream.sync(context);
    end(context, stream, 'ok');
    await forgetRefusal(context, stream.streams[0]);
    return undefined;
  } catch (error) {
    if (isWriterLost(error)) {
      throw error;
    }
    if (context.signal.aborted) {
      end(context, stream, 'cancelled');
      throw error;
    }
    const problem = problemOf(error);
    const refused = refusedStatus(problem.code);
    const status = refused ?? 'failed';
    end(context, stream, status, problem);
    if (refused !== undefined) {
      await noteRefusal(context, stream.streams[0], problem.code);
    }
    log.warn(
      `${instance.name}: ${stream.streams[0]} ${status}: ${problem.message}${isFailure(error) ? '' : detailOf(error)}`,
    );
    return (await endsRun(error, context)) ? error : undefined;
  } finally {
    ledger.addRequests(stream.streams[0], client.statistics.requests - requestsBefore);
    if (client.unusableRows > unusableBefore) {
      context.note(unusableNote(stream.streams[0]));
    }
  }
}

/** Without a number: pages may be read more than once. */
function unusableNote(stream: StreamName): RunNote {
  return {
    code: 'rowsUnusable',
    message: l10n.t(
      '{0}: the server listed rows without a usable id. They were left out, and nothing was deleted for it; report it.',
      STREAM_WORDS[stream],
    ),
  };
}

/**
 * A mirror that is full stays so. A refused key is believed only when the list of users, which every administrator
 * may read, is refused too.
 */
async function endsRun(error: unknown, { client, roster }: StreamContext): Promise<boolean> {
  if (error instanceof MirrorFullError) {
    return true;
  }
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
