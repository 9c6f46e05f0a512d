import { cumulative, type SeededRandom } from '../random';

const DAY = 86_400;
const HOUR = 3_600;
/** Share of a working day's chats by weekday, Sunday first. */
const WEEKDAYS = [0.05, 1, 1.1, 1.05, 1, 0.8, 0.08];
/** Share of a day's chats by hour, UTC. */
const HOURS = [0, 0, 0, 0, 0.2, 0.6, 2, 5, 8, 10, 9, 6, 7, 9, 9, 7, 4, 2, 1, 0.6, 0.4, 0.2, 0.1, 0];
/** How much busier the last day is than the first. */
const GROWTH = 0.6;

/**
 * Start times of chats over the days before `now`, oldest first: busy on working days, quiet at night, a little more
 * each week.
 */
export function startTimes(random: SeededRandom, count: number, now: number, days: number): number[] {
  const firstDay = Math.floor(now / DAY) * DAY - days * DAY;
  const weights = Array.from({ length: days }, (_, index) => {
    const weekday = new Date((firstDay + index * DAY) * 1000).getUTCDay();
    return (WEEKDAYS[weekday] ?? 1) * (1 + (GROWTH * index) / days);
  });
  const daySums = cumulative(weights);
  const hourSums = cumulative(HOURS);
  const draw = (): number =>
    firstDay + random.indexIn(daySums) * DAY + random.indexIn(hourSums) * HOUR + random.integer(0, HOUR - 1);
  return Array.from({ length: count }, draw).sort((left, right) => left - right);
}

/** Divides a sum into whole shares by weight; the largest remainders get the rest. */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  const exact = weights.map((weight) => (sum === 0 ? total / weights.length : (total * weight) / sum));
  const shares = exact.map(Math.floor);
  const missing = total - shares.reduce((left, right) => left + right, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index);
  for (const { index } of byRemainder.slice(0, missing)) {
    shares[index] = (shares[index] ?? 0) + 1;
  }
  return shares;
}
