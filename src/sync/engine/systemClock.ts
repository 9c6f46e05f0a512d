import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './syncTypes';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
};
