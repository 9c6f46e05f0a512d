import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextDue } from '../../../../src/sync/schedule/nextDue';
import type { Schedule, ScheduleContext } from '../../../../src/sync/schedule/schedule';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NIGHTLY: Schedule = { kind: 'daily', at: '02:00' };

function context(overrides: Partial<ScheduleContext> & { readonly now: number }): ScheduleContext {
  return { zone: 'UTC', jitterId: 'instance 1', ...overrides };
}

function dailyIn(zone: string, last: string): string {
  const lastCompletedAt = Date.parse(last);
  const due = nextDue(NIGHTLY, context({ zone, now: lastCompletedAt, lastCompletedAt }));
  return new Date(due ?? 0).toISOString();
}

describe('nextDue', () => {
  it('is never while the timer is off', () => {
    assert.equal(nextDue({ kind: 'off' }, context({ now: 0 })), undefined);
  });

  it('is at once when nothing was synced yet', () => {
    for (const schedule of [{ kind: 'hourly' }, { kind: 'everyMinutes', minutes: 30 }, NIGHTLY] as const) {
      assert.equal(nextDue(schedule, context({ now: 5 * DAY })), 5 * DAY);
    }
  });

  describe('of a server that asked to be left alone', () => {
    const waiting = (notBefore: number, schedule: Schedule = { kind: 'everyMinutes', minutes: 30 }) =>
      nextDue(schedule, context({ now: 5 * DAY, notBefore }));

    it('is when the server allows it, not before', () => {
      assert.equal(waiting(5 * DAY + 2 * HOUR), 5 * DAY + 2 * HOUR);
    });

    it('is by the schedule once that time is over', () => {
      assert.equal(waiting(5 * DAY - HOUR), 5 * DAY);
    });

    it('does not trust a time that lies days ahead: the clock was set back', () => {
      assert.equal(waiting(9 * DAY), 5 * DAY);
    });

    it('is never while the timer is off', () => {
      assert.equal(waiting(5 * DAY + HOUR, { kind: 'off' }), undefined);
    });
  });

  it('counts an interval from the end of the last run, within ±10 %, the same for the same instance', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 5, max: 10_080 }), (jitterId, minutes) => {
        const facts = context({ now: 10 * DAY, lastCompletedAt: 10 * DAY, jitterId });
        const wait = (nextDue({ kind: 'everyMinutes', minutes }, facts) ?? 0) - 10 * DAY;
        assert.ok(wait >= minutes * MINUTE * 0.9 - 1 && wait <= minutes * MINUTE * 1.1 + 1);
        assert.equal(nextDue({ kind: 'everyMinutes', minutes }, facts), 10 * DAY + wait);
      }),
    );
  });

  it('spreads instances apart', () => {
    const dueOf = (jitterId: string) =>
      nextDue({ kind: 'hourly' }, context({ now: DAY, lastCompletedAt: DAY, jitterId }));
    assert.notEqual(dueOf('instance 1'), dueOf('instance 2'));
  });

  it('gives one due time in the past after a long sleep', () => {
    const due = nextDue({ kind: 'hourly' }, context({ now: 30 * DAY, lastCompletedAt: DAY }));
    assert.ok(due !== undefined && due < DAY + 2 * HOUR);
  });

  it('waits at most one interval when the clock was set back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (daysAhead) => {
        const now = 100 * DAY;
        const due = nextDue({ kind: 'hourly' }, context({ now, lastCompletedAt: now + daysAhead * DAY }));
        assert.ok(due !== undefined && due <= now + 1.1 * HOUR);
        const daily = nextDue(NIGHTLY, context({ now, lastCompletedAt: now + daysAhead * DAY }));
        assert.ok(daily !== undefined && daily <= now + DAY);
      }),
    );
  });

  describe('daily', () => {
    it('is the next 02:00 of the zone', () => {
      assert.equal(dailyIn('UTC', '2026-01-10T01:59:00Z'), '2026-01-10T02:00:00.000Z');
      assert.equal(dailyIn('UTC', '2026-01-10T02:00:00Z'), '2026-01-11T02:00:00.000Z');
      assert.equal(dailyIn('Asia/Kolkata', '2026-01-10T12:00:00Z'), '2026-01-10T20:30:00.000Z');
    });

    it('runs once on the day on which 02:00 is skipped', () => {
      // New York, 8 March 2026: 01:59:59 EST is followed by 03:00:00 EDT (07:00 UTC).
      assert.equal(dailyIn('America/New_York', '2026-03-07T12:00:00Z'), '2026-03-08T07:00:00.000Z');
      assert.equal(dailyIn('America/New_York', '2026-03-08T07:00:00Z'), '2026-03-09T06:00:00.000Z');
    });

    it('runs once on the day on which 02:00 comes twice', () => {
      // Berlin, 25 October 2026: 02:00 CEST (00:00 UTC) comes again as 02:00 CET (01:00 UTC).
      assert.equal(dailyIn('Europe/Berlin', '2026-10-24T12:00:00Z'), '2026-10-25T00:00:00.000Z');
      assert.equal(dailyIn('Europe/Berlin', '2026-10-25T00:05:00Z'), '2026-10-26T01:00:00.000Z');
    });

    it('fires exactly once per local date over any run of days, in any zone', () => {
      const zones = [
        'UTC',
        'America/New_York',
        'Europe/Berlin',
        'Asia/Kolkata',
        'Pacific/Apia',
        'Australia/Lord_Howe',
      ];
      fc.assert(
        fc.property(
          fc.constantFrom(...zones),
          fc.integer({ min: 0, max: 23 }),
          fc.integer({ min: 0, max: 59 }),
          fc.integer({ min: 19_000, max: 21_000 }),
          (zone, hour, minute, startDay) => {
            const at = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
            const dateOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
            const dates: string[] = [];
            let last = startDay * DAY;
            for (let run = 0; run < 40; run += 1) {
              const due =
                nextDue({ kind: 'daily', at }, context({ zone, now: last, lastCompletedAt: last })) ?? 0;
              assert.ok(due > last);
              dates.push(dateOf.format(due));
              last = due;
            }
            assert.equal(new Set(dates).size, dates.length);
            assert.ok(last - startDay * DAY <= 41 * DAY);
          },
        ),
        { numRuns: 60 },
      );
    });
  });
});
