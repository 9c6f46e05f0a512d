import assert from 'node:assert/strict';
import fc from 'fast-check';
import { REPORTS } from '../../src/reports/catalogue';
import { inDialect } from '../../src/reports/sqlTemplate';
import { rowsOf, type ReportReader } from '../../src/store/resultSet';
import { anySaid, busyWeek, WeekMirror } from '../unit/reports/catalogueMirror';
import { allStatements } from '../unit/reports/catalogueStatements';
import { fullMirror } from '../unit/reports/fullMirror';
import { at } from '../unit/reports/mirror';
import { assertSame } from './support/assertSame';
import { assertSameReport } from './support/bothReports';
import { Twin } from './support/twin';

async function valueOf(reader: ReportReader, sql: string): Promise<unknown> {
  return rowsOf(await reader.query(inDialect(reader, sql)))[0]?.['value'];
}

/** All rows of a view, in an order that no database chose. */
async function sortedRows(
  reader: ReportReader,
  view: string,
  columns: readonly string[],
): Promise<unknown[]> {
  const rows = rowsOf(await reader.query(`SELECT ${columns.join(', ')} FROM ${view}`));
  const keyed = rows.map((row) => [JSON.stringify(row), row] as const);
  return keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

async function columnsOf(mirror: ReportReader, view: string): Promise<readonly string[]> {
  const { columns } = await mirror.query(`SELECT * FROM ${view} LIMIT 0`);
  return columns.map(({ name }) => name);
}

async function viewsOf(mirror: ReportReader): Promise<readonly string[]> {
  const names = rowsOf(await mirror.query("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1"));
  return names.map(({ name }) => String(name));
}

describe('A warehouse', function () {
  this.timeout(180_000);

  describe('of a busy week', () => {
    let twin: Twin;
    before(async () => (twin = await Twin.of((await busyWeek()).mirror)));
    after(() => twin.dispose());

    for (const { id, aggregate, from } of allStatements()) {
      it(`counts the metric ${id} as the mirror does`, async () => {
        const sql = `SELECT ${aggregate} AS value FROM ${from}`;
        const own = await valueOf(twin.mirror, sql);
        assert.equal(typeof own, 'number');
        assertSame(await valueOf(twin.warehouse, sql), own);
      });
    }
  });

  describe('of a bit of everything', () => {
    let twin: Twin;
    before(async () => (twin = await Twin.of((await fullMirror()).mirror)));
    after(() => twin.dispose());

    it('has the rows of every view', async () => {
      const views = await viewsOf(twin.mirror);
      assert.ok(views.length > 10);
      for (const view of views) {
        // A warehouse may know more of a row: what it needs for its own bookkeeping.
        const columns = await columnsOf(twin.mirror, view);
        const own = await sortedRows(twin.mirror, view, columns);
        assertSame(await sortedRows(twin.warehouse, view, columns), own);
      }
    });
  });

  it('gives the numbers of a week in which a model answered and nobody asked', async () => {
    const week = await WeekMirror.create('Asia/Kolkata');
    week.write([
      {
        ...{ chat: 3, minute: 8, role: 'assistant', model: 'gpt-4o', input: 7, output: 925, rating: -1 },
        ...{ isError: true, isDone: false, isCopy: true, isDeleted: false, source: 'message' },
      },
    ]);
    const twin = await Twin.of(week.mirror);
    try {
      for (const definition of REPORTS) {
        const period = { kind: 'days', from: '2026-03-06', to: '2026-03-13' } as const;
        await assertSameReport(twin, { definition, period, now: at('2026-03-15 13:00') });
      }
    } finally {
      await twin.dispose();
    }
  });

  for (const zone of ['Asia/Kolkata', 'America/New_York']) {
    it(`gives the numbers of any week in ${zone}`, async () => {
      const week = await WeekMirror.create(zone);
      const twin = await Twin.of(week.mirror);
      const day = fc.integer({ min: 5, max: 14 });
      const asked = fc.record({
        definition: fc.constantFrom(...REPORTS),
        days: fc.tuple(day, day).map((days) => days.toSorted((a, b) => a - b)),
        instance: fc.constantFrom(undefined, ...week.instances),
        models: fc.subarray(['gpt-4o', 'llama3', '']),
        withoutDeleted: fc.boolean(),
      });
      try {
        await fc.assert(
          fc.asyncProperty(
            fc.array(anySaid, { maxLength: 60 }),
            fc.array(asked, { minLength: 3, maxLength: 3 }),
            async (said, requests) => {
              week.write(said);
              await twin.copy('message');
              for (const { definition, days, instance, models, withoutDeleted } of requests) {
                const [from = '', to = ''] = days.map((of) => `2026-03-${String(of).padStart(2, '0')}`);
                await assertSameReport(twin, {
                  definition,
                  period: { kind: 'days', from, to },
                  scope:
                    instance === undefined ? { kind: 'all' } : { kind: 'instance', instanceId: instance },
                  filter: { models, withoutDeleted },
                  now: at('2026-03-15 13:00'),
                });
              }
            },
          ),
          { numRuns: 8, endOnFailure: true },
        );
      } finally {
        await twin.dispose();
      }
    });
  }
});
