import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isoOfDay } from '../../../src/reports/days';
import { modelsReport } from '../../../src/reports/models/modelsReport';
import { overviewReport } from '../../../src/reports/overview/overviewReport';
import type { ReportDefinition } from '../../../src/reports/reportDefinition';
import type { ReportRow } from '../../../src/reports/reportModel';
import { expandSql } from '../../../src/reports/sqlTemplate';
import { rowsOf } from '../../../src/store/resultSet';
import { anySaid, dateIn, type Said, WEEK_START, WeekMirror } from './catalogueMirror';
import { type Asked, report, rows } from './reading';

/** The zones of trap 1: no half hours, half an hour, and clocks that go forward within the week. */
const ZONES = ['UTC', 'Asia/Kolkata', 'America/New_York'] as const;
const RUNS = 15;

/** The headline numbers alone: what all other blocks show is not read. */
const HEADLINE: ReportDefinition = { ...overviewReport, sections: [], facts: [], notes: [] };

/** The models report's own way to count regenerations, without its other blocks. */
const REPEATS: ReportDefinition = {
  ...modelsReport,
  sections: modelsReport.sections.map((section) => ({
    ...section,
    blocks: section.blocks.filter(({ id }) => id === 'repeatKpis'),
  })),
};

const ADDITIVE = ['turns', 'generations', 'input_tokens', 'output_tokens', 'ratings', 'errors'] as const;

type Totals = Readonly<Record<(typeof ADDITIVE)[number], number>>;

const NONE: Totals = { turns: 0, generations: 0, input_tokens: 0, output_tokens: 0, ratings: 0, errors: 0 };

function added(all: readonly Totals[]): Totals {
  return all.reduce(
    (sum, totals) =>
      Object.fromEntries(ADDITIVE.map((name) => [name, sum[name] + totals[name]])) as unknown as Totals,
    NONE,
  );
}

/** Unknown and absent count nothing in a sum. */
function totalsOf(row: ReportRow | undefined): Totals {
  return Object.fromEntries(ADDITIVE.map((name) => [name, Number(row?.[name] ?? 0)])) as unknown as Totals;
}

/** The same from the messages themselves, in JavaScript. The last sync was days later: what never ended has failed. */
function expected(said: readonly Said[]): Totals {
  const answers = said.filter(({ role }) => role === 'assistant');
  const distinct = answers.filter(({ isCopy }) => !isCopy);
  const sum = (pick: (message: Said) => number | null): number =>
    distinct.reduce((total, message) => total + (pick(message) ?? 0), 0);
  return {
    turns: said.length - answers.length,
    generations: answers.length,
    input_tokens: sum(({ input }) => input),
    output_tokens: sum(({ output }) => output),
    ratings: distinct.filter(({ rating }) => rating !== null).length,
    errors: distinct.filter(({ isError, isDone }) => isError || !isDone).length,
  };
}

describe('Sums', () => {
  for (const zone of ZONES) {
    describe(`in ${zone}`, () => {
      let week: WeekMirror;
      before(async () => (week = await WeekMirror.create(zone)));
      after(() => week.mirror.dispose());

      const days = Array.from({ length: 9 }, (_, index) =>
        isoOfDay(Math.floor(WEEK_START / 86_400) - 1 + index),
      );
      const [first = '', last = ''] = [days[0], days.at(-1)];

      async function headline(from: string, to: string, asked: Asked = {}): Promise<Totals> {
        const model = await report(week.mirror, {
          definition: HEADLINE,
          period: { kind: 'days', from, to },
          now: WEEK_START + 10 * 86_400,
          ...asked,
        });
        return totalsOf(rows(model, 'totals').find(({ is_current }) => is_current === 1));
      }

      const holds = (check: (said: readonly Said[]) => Promise<void>): Promise<void> =>
        fc.assert(
          fc.asyncProperty(fc.array(anySaid, { minLength: 1, maxLength: 40 }), async (said) => {
            week.write(said);
            await check(said);
          }),
          { numRuns: RUNS },
        );

      it('of a report are those of the messages, and the days of a week add up to it (trap 1)', () =>
        holds(async (said) => {
          assert.deepEqual(await headline(first, last), expected(said));
          const single: Totals[] = [];
          for (const day of days) {
            const ofDay = said.filter(({ minute }) => dateIn(zone, WEEK_START + minute * 60) === day);
            const totals = await headline(day, day);
            assert.deepEqual(totals, expected(ofDay), day);
            single.push(totals);
          }
          assert.deepEqual(added(single), await headline(first, last));
        })).timeout(180_000);

      it('of instances add up to those of all, and so do users', () =>
        holds(async (said) => {
          const ofInstances: Totals[] = [];
          for (const instanceId of week.instances) {
            ofInstances.push(await headline(first, last, { scope: { kind: 'instance', instanceId } }));
          }
          assert.deepEqual(added(ofInstances), expected(said));
          const users = rowsOf(await week.mirror.query('SELECT id FROM users')).map(({ id }) => Number(id));
          const ofUsers: Totals[] = [];
          for (const user of users) {
            ofUsers.push(await headline(first, last, { filter: { users: [user] } }));
          }
          assert.deepEqual(added(ofUsers), expected(said));
        })).timeout(180_000);

      it('of regenerations by the few turns with several answers are those of the metric over all', () =>
        holds(async () => {
          const model = await report(week.mirror, {
            definition: REPEATS,
            period: { kind: 'days', from: first, to: last },
            now: WEEK_START + 10 * 86_400,
          });
          const counted = await week.mirror.query(
            expandSql(
              `SELECT {{first_answers}} AS first_answers, {{regenerations}} AS regenerations,
                 {{regeneration_rate}} AS regeneration_rate
               FROM v_generations g HAVING COUNT(*) > 0`,
            ),
          );
          assert.deepEqual(
            rows(model, 'repeats').map(({ first_answers, regenerations, regeneration_rate }) => ({
              first_answers,
              regenerations,
              regeneration_rate,
            })),
            counted.rowCount === 0 ? [] : rowsOf(counted),
          );
        })).timeout(180_000);

      it('of v_usage_daily are those of the messages, day by day', () =>
        holds(async (said) => {
          const found = rowsOf(
            await week.mirror.query(
              `SELECT date, SUM(turns) AS turns, SUM(generations) AS generations, SUM(input_tokens) AS input_tokens,
                 SUM(output_tokens) AS output_tokens, SUM(errors) AS errors
               FROM v_usage_daily GROUP BY date ORDER BY date`,
            ),
          ).map((row) => ({
            ...row,
            input_tokens: row['input_tokens'] ?? 0,
            output_tokens: row['output_tokens'] ?? 0,
          }));
          const dateOf = ({ minute }: Said): string => dateIn(zone, WEEK_START + minute * 60);
          const dates = [...new Set(said.map(dateOf))].sort();
          assert.deepEqual(
            found,
            dates.map((date) => {
              const sums = expected(said.filter((message) => dateOf(message) === date));
              const { turns, generations, input_tokens, output_tokens, errors } = sums;
              return { date, turns, generations, input_tokens, output_tokens, errors };
            }),
          );
        })).timeout(180_000);

      it('of v_usage_daily by instance, user and model are its distinct generations and their coverage', () =>
        holds(async () => {
          const differing = await week.mirror.query(
            `SELECT day, instance_id, user_id, model_id, SUM(distinct_generations), SUM(generations_with_usage)
             FROM v_usage_daily WHERE generations > 0 GROUP BY 1, 2, 3, 4
             EXCEPT
             SELECT day, instance_id, user_id, model_id, SUM(is_copy = 0),
               SUM(is_copy = 0 AND COALESCE(input_tokens, output_tokens) IS NOT NULL)
             FROM message WHERE role = 'assistant' GROUP BY 1, 2, 3, 4`,
          );
          assert.equal(differing.rowCount, 0);
        })).timeout(180_000);
    });
  }
});
