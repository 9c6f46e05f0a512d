import type { StreamName } from '../../store/records';
import type { StreamStatus } from '../../store/runs';
import { FAILURES, type FailureCode } from '../openwebui/failures';
import { STREAMS_IN_TEXT } from '../words';
import { isByTimer } from './health';
import type { Problem } from './problems';
import type { StreamContext } from './runTypes';
import { secondsOf } from './syncTypes';

/** Nearly a day, so that a daily run tries each time although it does not start to the second. */
const TRY_AGAIN_AFTER = 22 * 3_600;

/** What says that a server does not let a stream be read: its rows stay, the other streams go on. */
const REFUSALS: Partial<Record<FailureCode, StreamStatus>> = {
  unsupported: 'unsupported',
  chatAccessOff: 'skipped',
  forbidden: 'skipped',
  endpointNotAllowed: 'skipped',
};

/** A refusal that is remembered, as the run's record tells it. */
export interface Refusal {
  readonly status: StreamStatus;
  readonly problem: Problem;
}

/** How a stream ends that a server refuses with this code; undefined: the code is no refusal. */
export function refusedStatus(code: string): StreamStatus | undefined {
  return isKnownCode(code) ? REFUSALS[code] : undefined;
}

/**
 * What was found out less than a day ago and need not be tried again by the timer. What a version lacks is tried again
 * with the next version; everything when a person asks, and in a full run.
 */
export function standingRefusal(context: StreamContext, stream: StreamName): Refusal | undefined {
  const { request, states, serverVersion, versionBefore, client } = context;
  const known = states.get(stream).problem;
  const status = known && refusedStatus(known.code);
  if (known === undefined || status === undefined || !isByTimer(request.trigger) || request.kind === 'full') {
    return undefined;
  }
  const age = now(context) - known.triedAt;
  const isOutdated = known.code === 'unsupported' && versionBefore !== serverVersion;
  if (age < 0 || age >= TRY_AGAIN_AFTER || isOutdated) {
    return undefined;
  }
  const { message } = client.failure(known.code as FailureCode, { path: STREAMS_IN_TEXT[stream] });
  return { status, problem: { code: known.code, message } };
}

/** Remembers that a stream was refused; since when stays known however often it is tried. */
export async function noteRefusal(context: StreamContext, stream: StreamName, code: string): Promise<void> {
  const { states } = context;
  const triedAt = now(context);
  const since = states.get(stream).problem?.since ?? triedAt;
  await states.change(stream, { problem: { code, since, triedAt } });
}

/** The stream can be read again. */
export async function forgetRefusal({ states }: StreamContext, stream: StreamName): Promise<void> {
  if (states.get(stream).problem !== undefined) {
    await states.change(stream, { problem: undefined });
  }
}

function now({ clock }: StreamContext): number {
  return secondsOf(clock);
}

function isKnownCode(code: string): code is FailureCode {
  return Object.hasOwn(FAILURES, code);
}
