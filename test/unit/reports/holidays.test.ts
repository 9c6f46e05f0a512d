import assert from 'node:assert/strict';
import { forecastOf } from '../../../src/reports/changes/forecast';
import { costReport } from '../../../src/reports/cost/costReport';
import { isoOfDay } from '../../../src/reports/days';
import { expandSql } from '../../../src/reports/sqlTemplate';
import { NO_EFFECTS } from '../../../src/reports/analysisEffects';
import { anomaliesOf, FLOORS } from '../../../src/reports/trends/anomalies';
import { usersReport } from '../../../src/reports/users/usersReport';
import { rowsOf } from '../../../src/store/resultSet';
import { changes, LAST_SYNC, MONDAY, sentencesOf, uses, usesInWeek } from './changesMirror';
import { at, TestMirror } from './mirror';
import { report, rows, total, type Asked } from './reading';

const TUESDAY = MONDAY + 1;

describe('A holiday', () => {
  describe('among numbers of days', () => {
    /** Nine weeks of 100 turns a workday, the last Monday first in question. */
    const days = (last: number, others: Readonly<Record<number, number>> = {}) =>
      Array.from({ length: 57 }, (_, index) => ({
        day: MONDAY + index,
        value: index === 56 ? last : (others[index] ?? 100),
      }));

    it('is not unusual where it is quiet', () => {
      assert.equal(anomaliesOf(days(0), FLOORS.turns).length, 1);
      assert.deepEqual(anomaliesOf(days(0), FLOORS.turns, new Set([MONDAY + 56])), []);
    });

    it('is told where it is busy', () => {
      const found = anomaliesOf(days(400), FLOORS.turns, new Set([MONDAY + 56]));
      assert.deepEqual(
        found.map(({ day, direction }) => [day, direction]),
        [[MONDAY + 56, 'up']],
      );
    });

    it('is nothing that other days are measured against', () => {
      // Five quiet Mondays of eight would make the ninth look busy.
      const quiet = [7, 14, 21, 28, 35];
      const values = days(100, Object.fromEntries(quiet.map((index) => [index, 0])));
      assert.deepEqual(
        anomaliesOf(values, FLOORS.turns, new Set(quiet.map((index) => MONDAY + index))),
        [],
        'fewer than four Mondays are left',
      );
      const two = days(60, { 7: 60, 14: 60 });
      assert.deepEqual(
        anomaliesOf(two, FLOORS.turns, new Set([MONDAY + 7, MONDAY + 14])).map(({ usual }) => usual),
        [100],
      );
    });
  });

  describe('in a forecast', () => {
    /** What days cost: 2 on workdays, 1 on Saturdays and Sundays. */
    const costs = (from: number, to: number): Map<number, number> =>
      new Map(
        Array.from({ length: to - from + 1 }, (_, index) => [
          from + index,
          (from + index + 3) % 7 < 5 ? 2 : 1,
        ]),
      );
    const first = at('2026-06-01 00:00') / 86_400;
    const last = at('2026-07-15 00:00') / 86_400;

    it('is expected to cost what a Sunday does', () => {
      const usual = forecastOf(costs(first, last), last, first)?.whole ?? 0;
      const monday = at('2026-07-20 00:00') / 86_400;
      assert.equal(forecastOf(costs(first, last), last, first, new Set([monday]))?.whole, usual - 1);
    });

    it('says nothing about its weekday', () => {
      // Two of four Mondays cost nothing: the median would be 1.
      const mondays = ['2026-06-22', '2026-06-29'].map((date) => at(`${date} 00:00`) / 86_400);
      const spent = costs(first, last);
      for (const day of mondays) {
        spent.set(day, 0);
      }
      const usual = forecastOf(costs(first, last), last, first)?.whole ?? 0;
      assert.equal(forecastOf(spent, last, first)?.whole, usual - 2);
      assert.equal(forecastOf(spent, last, first, new Set(mondays))?.whole, usual);
    });

    it('counts in the report on cost', async () => {
      const mirror = await TestMirror.create();
      try {
        const server = mirror.instance('fasgpt', { lastSync: at('2026-07-16 12:00') });
        mirror.price('gpt-4o', { input: 1, output: 0 });
        const chat = mirror.chat(mirror.user(server, 'Ann'));
        for (let day = first; day <= last; day++) {
          mirror.turn(chat, at(`${isoOfDay(day)} 10:00`), {
            input: (day + 3) % 7 < 5 ? 2e6 : 1e6,
            output: 0,
          });
        }
        const forecast = async (): Promise<number> =>
          Number(
            total(
              await report(mirror, {
                definition: costReport,
                now: at('2026-07-16 13:00'),
                period: { kind: 'preset', preset: 'last30' },
              }),
              'cost_forecast',
            ),
          );
        const usual = await forecast();
        mirror.holiday('2026-07-20', 'Founders’ day');
        assert.equal(await forecast(), usual - 1);
      } finally {
        mirror.dispose();
      }
    });
  });

  describe('in reports', () => {
    let mirror: TestMirror;
    let fasgpt: number;
    let resgpt: number;

    // 30 turns each workday of eight weeks and of the week of the report, but for a quiet Tuesday.
    beforeEach(async () => {
      mirror = await TestMirror.create();
      fasgpt = mirror.instance('fasgpt', { lastSync: LAST_SYNC });
      resgpt = mirror.instance('resgpt', { lastSync: LAST_SYNC });
      const chat = mirror.chat(mirror.user(fasgpt, 'Ann'));
      for (let week = 1; week <= 8; week++) {
        usesInWeek(mirror, chat, week, 30);
      }
      for (const [weekday, turns] of [30, 0, 30, 30, 30].entries()) {
        uses(mirror, chat, MONDAY + weekday, turns);
      }
      uses(mirror, mirror.chat(mirror.user(resgpt, 'Ben')), MONDAY - 56, 1);
    });
    afterEach(() => mirror.dispose());

    const overview = (asked: Asked = {}) =>
      report(mirror, {
        now: LAST_SYNC,
        period: { kind: 'preset', preset: 'last30' },
        scope: { kind: 'all' },
        ...asked,
      });
    const marked = async (asked: Asked = {}): Promise<unknown[]> =>
      rows(await overview(asked), 'use_marks').map(({ day, text }) => [Number(day) - MONDAY, text]);

    it('stands on the time axis by its name, in place of an unusual day', async () => {
      assert.deepEqual(await marked(), [[1, '0 turns, usually 30']]);
      mirror.holiday(isoOfDay(TUESDAY), 'Founders’ day');
      const model = await overview();
      assert.deepEqual(await marked(), [[1, 'Founders’ day']]);
      assert.deepEqual(rows(model, 'unusual_days'), []);
    });

    it('names its instances where the report is about several', async () => {
      mirror.holiday(isoOfDay(TUESDAY), 'Carnival', fasgpt);
      assert.deepEqual(await marked(), [[1, 'fasgpt: Carnival']]);
      assert.deepEqual(await marked({ scope: { kind: 'instance', instanceId: fasgpt } }), [[1, 'Carnival']]);
    });

    it('of another instance explains nothing', async () => {
      mirror.holiday(isoOfDay(TUESDAY), 'Carnival', resgpt);
      const scope = { kind: 'instance', instanceId: fasgpt } as const;
      assert.deepEqual(await marked({ scope }), [[1, '0 turns, usually 30']]);
    });

    it('is no mark of weeks: they have too many', async () => {
      mirror.holiday(isoOfDay(TUESDAY), 'Founders’ day');
      assert.deepEqual(await marked({ unit: 'week' }), []);
    });

    it('stands on the time axis of costs, too', async () => {
      mirror.price('gpt-4o', { input: 1 });
      mirror.holiday(isoOfDay(TUESDAY), 'Founders’ day');
      const model = await overview({ definition: costReport });
      assert.deepEqual(
        rows(model, 'price_marks').map(({ text }) => text),
        ['Founders’ day'],
      );
    });

    it('is said first in "What changed", and is no unusual day there', async () => {
      const before = sentencesOf(await changes(mirror)).map(({ text, details }) =>
        [text, ...details].join(' '),
      );
      assert.ok(
        before.some((text) => text.includes('Jul 28')),
        before.join('\n'),
      );
      mirror.holiday(isoOfDay(TUESDAY), 'Founders’ day');
      mirror.holiday(isoOfDay(TUESDAY - 7), 'Carnival');
      const [first, second, ...others] = sentencesOf(await changes(mirror));
      assert.equal(first?.text, 'Holidays in this period: Founders’ day (Jul 28, 2026).');
      assert.equal(second?.text, 'Holidays in the days before: Carnival (Jul 21, 2026).');
      assert.ok(!others.some(({ details }) => details.some((detail) => detail.includes('Jul 28'))));
    });

    it('takes its week out of what is usual', async () => {
      const scope = { kind: 'instance', instanceId: fasgpt } as const;
      const usual = async (): Promise<string> =>
        sentencesOf(await changes(mirror, { scope }))
          .flatMap(({ details }) => details)
          .filter((detail) => detail.startsWith('Usual'))
          .join();
      assert.match(await usual(), /8 weeks/u);
      mirror.holiday(isoOfDay(TUESDAY - 14), 'Carnival');
      assert.match(await usual(), /7 weeks/u);
      mirror.holiday(isoOfDay(MONDAY - 16), 'A Saturday');
      assert.match(await usual(), /7 weeks/u);
    });

    it('is no workday that people could be active on', async () => {
      const stickiness = async (): Promise<unknown> =>
        total(
          await report(mirror, {
            definition: usersReport,
            now: LAST_SYNC,
            period: { kind: 'days', from: isoOfDay(MONDAY - 21), to: isoOfDay(MONDAY + 6) },
          }),
          'stickiness_workdays',
        );
      // One user, active on 19 of 20 workdays, in each of four weeks.
      assert.equal(await stickiness(), 19 / 5 / 4);
      mirror.holiday(isoOfDay(TUESDAY), 'Founders’ day');
      assert.equal(await stickiness(), 19 / (19 / 4) / 4);
      mirror.holiday(isoOfDay(MONDAY + 5), 'A Saturday');
      assert.equal(await stickiness(), 1);
    });

    it('is 1 in statements that ask {{is_holiday}}, for its instances', async () => {
      mirror.holiday('2026-04-06', 'Easter Monday', fasgpt);
      const sql = expandSql('SELECT {{is_holiday(:day)}} AS is_holiday', {
        access: 'index',
        filter: {},
        effects: { ...NO_EFFECTS, holidays: 1 },
      });
      const ask = async (date: string, instances: readonly number[]): Promise<unknown> =>
        rowsOf(
          await mirror.query(sql, {
            day: at(`${date} 00:00`) / 86_400,
            instances: JSON.stringify(instances),
          }),
        )[0]?.['is_holiday'];
      assert.deepEqual(
        [
          await ask('2026-04-06', [fasgpt, resgpt]),
          await ask('2026-04-06', [resgpt]),
          await ask('2026-04-07', [fasgpt]),
        ],
        [1, 0, 0],
      );
      assert.equal(expandSql('{{is_holiday(t.day)}}'), '0');
    });
  });
});
