import { isByTimer } from '../health';
import { standingRefusal } from '../refusals';
import type { StreamContext } from '../runTypes';

const HOUR = 3_600;

/** Streams that rarely change. */
const RARE_STREAMS = ['groups', 'feedback', 'models', 'files', 'knowledge_bases'] as const;
export type RareStream = (typeof RARE_STREAMS)[number];

/** Scheduled runs look at streams that rarely change only after so long. */
export const RARE_STREAM_AGE = 6 * HOUR;
/** However many others wait. */
const LATEST_AGE = 24 * HOUR;
/** Streams whose turn it is in one scheduled run, the oldest first: a run stays small though all come of age at once. */
const RARE_STREAMS_A_RUN = 2;

/** Whether a person asked for this run, be it at a terminal. */
export function isAskedFor({ request }: StreamContext): boolean {
  return !isByTimer(request.trigger);
}

/** Whether `at` is unknown, in the future, or at least `seconds` ago in server time. */
export function isAgeOf({ serverStart }: StreamContext, at: number | undefined, seconds: number): boolean {
  return at === undefined || at > serverStart || serverStart - at >= seconds;
}

/** Streams that rarely change: in runs over everybody, when a person asks, and every few hours otherwise. */
export function isRareStreamDue(context: StreamContext, stream: RareStream): boolean {
  return (
    context.walk === 'complete' ||
    isAskedFor(context) ||
    // Costs nothing, but must be told.
    standingRefusal(context, stream) !== undefined ||
    isAgeOf(context, lastRead(context, stream), LATEST_AGE) ||
    inTurn(context).includes(stream)
  );
}

function inTurn(context: StreamContext): readonly RareStream[] {
  return RARE_STREAMS.filter((stream) => isAgeOf(context, lastRead(context, stream), RARE_STREAM_AGE))
    .filter((stream) => standingRefusal(context, stream) === undefined)
    .sort((left, right) => (lastRead(context, left) ?? 0) - (lastRead(context, right) ?? 0))
    .slice(0, RARE_STREAMS_A_RUN);
}

function lastRead({ states }: StreamContext, stream: RareStream): number | undefined {
  return states.get(stream).lastCompleteAt;
}
