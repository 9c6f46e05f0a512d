import type { StreamName } from '../../../store/records';
import type { StreamContext } from '../runTypes';

const HOUR = 3_600;

/** Scheduled runs look at streams that rarely change only after so long. */
export const RARE_STREAM_AGE = 6 * HOUR;

/** Whether a person asked for this run, be it at a terminal. */
export function isAskedFor({ request }: StreamContext): boolean {
  return request.trigger === 'manual' || request.trigger === 'cli';
}

/** Whether a stream's last complete walk is so old; also when it lies in the future. */
export function isOlderThan(context: StreamContext, stream: StreamName, seconds: number): boolean {
  return isAgeOf(context, context.states.get(stream).lastCompleteAt, seconds);
}

/** Whether `at` is unknown, in the future, or at least `seconds` ago in server time. */
export function isAgeOf({ serverStart }: StreamContext, at: number | undefined, seconds: number): boolean {
  return at === undefined || at > serverStart || serverStart - at >= seconds;
}

/** Streams that rarely change: in full runs, when a person asks, and every few hours otherwise. */
export function isRareStreamDue(context: StreamContext, stream: StreamName): boolean {
  return (
    context.request.kind === 'full' || isAskedFor(context) || isOlderThan(context, stream, RARE_STREAM_AGE)
  );
}
