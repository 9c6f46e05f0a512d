import { localTimeIn } from '../../store/localTime';
import type { Schedule, ScheduleContext } from './schedule';

const MINUTE_MS = 60_000;
const DAY_S = 86_400;
const JITTER = 0.1;

/**
 * When the next sync is due, ms since 1970: a past time means at once, undefined never. However long ago the last run
 * was, there is one due time and so one catch-up.
 * @throws RangeError when the zone is unknown.
 */
export function nextDue(schedule: Schedule, context: ScheduleContext): number | undefined {
  const due = dueBySchedule(schedule, context);
  const { now, notBefore } = context;
  // So far ahead is no wait that a server asked for, but a clock that was set back.
  const isWaiting = notBefore !== undefined && notBefore - now <= DAY_S * 1000;
  return due === undefined || !isWaiting ? due : Math.max(due, notBefore);
}

function dueBySchedule(schedule: Schedule, context: ScheduleContext): number | undefined {
  switch (schedule.kind) {
    case 'off':
      return undefined;
    case 'everyMinutes':
      return dueAfter(schedule.minutes * MINUTE_MS, context);
    case 'hourly':
      return dueAfter(60 * MINUTE_MS, context);
    case 'daily':
      return dueDaily(schedule.at, context);
  }
}

function dueAfter(intervalMs: number, { now, lastCompletedAt, jitterId }: ScheduleContext): number {
  if (lastCompletedAt === undefined) {
    return now;
  }
  const wait = Math.round(intervalMs * (1 + JITTER * spread(jitterId)));
  // A clock that was ahead during the last run must not postpone the next one for long.
  return Math.min(lastCompletedAt, now) + wait;
}

function dueDaily(at: string, { now, lastCompletedAt, zone }: ScheduleContext): number {
  if (lastCompletedAt === undefined) {
    return now;
  }
  const last = Math.min(lastCompletedAt, now) / 1000;
  const today = localTimeIn(zone)(last).day;
  const due = instantOf(today, at, zone);
  return (last < due ? due : instantOf(today + 1, at, zone)) * 1000;
}

/**
 * The first instant (seconds) at which a zone's clock shows `HH:MM` on a local day. Where the clock jumps over that
 * time, the instant that lies as long after the jump as the time lies in the gap.
 */
function instantOf(day: number, at: string, zone: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const wall = day * DAY_S + hours * 3600 + minutes * 60;
  const offsetAt = offsetIn(zone);
  // No clock change is two days away from another: the day before and the day after show both offsets.
  const candidates = [wall - offsetAt(wall - DAY_S), wall - offsetAt(wall + DAY_S)];
  const shown = candidates.filter((instant) => instant + offsetAt(instant) === wall);
  return shown.length > 0 ? Math.min(...shown) : Math.max(...candidates);
}

function offsetIn(zone: string): (epoch: number) => number {
  const localTime = localTimeIn(zone);
  return (epoch) => Date.parse(`${localTime(epoch).text.replace(' ', 'T')}Z`) / 1000 - epoch;
}

/** Between -1 and 1, the same for the same id: neighbours do not all ask at the same second. */
function spread(id: string): number {
  let hash = 0x811c9dc5;
  for (const char of id) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return (hash / 0xffffffff) * 2 - 1;
}
