import { localTimeIn } from '../../store/localTime';
import type { Every } from '../../headless/every';
import { nextFire } from './nextFire';

const DAYS = 366;

/**
 * The first day (YYYY-MM-DD) of the next year at which a zone's clock jumps over a daily time; undefined where it never does.
 * @param zone IANA name @param now ms since 1970
 */
export function skippedDay(every: Every, zone: string, now: number): string | undefined {
  if (every.kind !== 'daily') {
    return undefined;
  }
  const localTime = localTimeIn(zone);
  let at = now;
  for (let day = 0; day < DAYS; day += 1) {
    at = nextFire(every, 0, zone, at);
    const { text } = localTime(at / 1000);
    if (!text.slice(11).startsWith(every.at)) {
      return text.slice(0, 10);
    }
  }
  return undefined;
}
