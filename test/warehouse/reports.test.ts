import { REPORTS } from '../../src/reports/catalogue';
import { costReport } from '../../src/reports/cost/costReport';
import { reconciliationReport } from '../../src/reports/reconciliation/reconciliationReport';
import type { TableView } from '../../src/reports/reportSettings';
import type { ReportDefinition } from '../../src/reports/reportDefinition';
import type { PeriodChoice } from '../../src/reports/period';
import { fullMirror, type Ids } from '../unit/reports/fullMirror';
import { largeMirror } from '../unit/reports/largeMirror';
import type { TestMirror } from '../unit/reports/mirror';
import type { Asked } from '../unit/reports/reading';
import { assertSameReport } from './support/bothReports';
import { Twin } from './support/twin';

const DAYS = (from: string, to: string): PeriodChoice => ({ kind: 'days', from, to });
/** A small part of what is known: messages are found by the index on days. */
const A_WEEK = DAYS('2026-03-02', '2026-03-08');
/** Most of it: the table is read from end to end. */
const A_QUARTER = DAYS('2026-01-05', '2026-03-31');

/** What is asked of every report, by what it tells apart. */
const ASKED: Readonly<Record<string, (ids: Ids) => Asked>> = {
  'of a month': () => ({}),
  'of a week': () => ({ period: A_WEEK }),
  'of all time': () => ({ period: { kind: 'preset', preset: 'all' } }),
  'of a day on which nothing happened': () => ({ period: DAYS('2026-03-29', '2026-03-29') }),
  'of a quarter by weeks, against the year before': () => ({
    period: A_QUARTER,
    unit: 'week',
    comparison: 'yearBefore',
  }),
  'of one instance': ({ instances }) => ({ scope: { kind: 'instance', instanceId: instances[1] } }),
  'of some instances': ({ instances }) => ({ scope: { kind: 'instances', instanceIds: instances } }),
  'of a user': ({ people }) => ({ filter: { users: [people[0]] } }),
  'of a user in a week': ({ people }) => ({ period: A_WEEK, filter: { users: [people[0]] } }),
  'of a group': ({ group }) => ({ filter: { groups: [group] } }),
  'of a role': () => ({ filter: { roles: ['admin'] } }),
  'of a model': () => ({ filter: { models: ['gpt-4o'] } }),
  'of a model and unknown ones in a week': () => ({ period: A_WEEK, filter: { models: ['llama3', ''] } }),
  'without deleted chats': () => ({ filter: { withoutDeleted: true } }),
  'without the sync account': () => ({ filter: { withoutSyncAccount: true } }),
  'of everything that a filter knows': ({ people, group }) => ({
    period: A_QUARTER,
    filter: {
      users: [people[0], people[2]],
      groups: [group],
      roles: ['admin'],
      models: ['gpt-4o', 'llama3'],
      withoutDeleted: true,
      withoutSyncAccount: true,
    },
  }),
};

/** What analysis.json can ask for, and the tables that hold it. */
const EFFECTS: Readonly<Record<string, (mirror: TestMirror, ids: Ids) => void>> = {
  'an account that is left out': (mirror, { people }) => mirror.exclude(people[1]),
  'accounts that are one person': (mirror, { people }) => mirror.merge(people[3], people[4], people[2]),
  holidays: (mirror, { instances }) => {
    mirror.holiday('2026-03-09', 'Spring day');
    mirror.holiday('2026-03-16', 'Founding day', instances[0]);
    mirror.holiday('2026-03-16', 'Founding day', instances[1]);
  },
  'weights of the engagement score': (mirror) => mirror.weight('recency', 3),
};
const EFFECT_TABLES = ['excluded_accounts', 'merged_accounts', 'holidays', 'engagement_weights'];

describe('Reports of a warehouse give the numbers of the mirror', function () {
  this.timeout(180_000);
  let twin: Twin;
  let ids: Ids;
  before(async () => {
    const full = await fullMirror();
    ids = full.ids;
    twin = await Twin.of(full.mirror);
  });
  after(() => twin.dispose());

  for (const definition of REPORTS) {
    describe(`in "${definition.title}"`, () => {
      for (const [name, ask] of Object.entries(ASKED)) {
        it(name, async () => {
          await assertSameReport(twin, { definition, ...ask(ids) });
        });
      }

      for (const isDescending of [false, true]) {
        it(`with long tables sorted ${isDescending ? 'down by their last' : 'up by their first'} columns`, async () => {
          const views = sortedViews(definition, isDescending);
          await assertSameReport(twin, { definition, period: A_QUARTER, tables: views });
        });
      }
    });
  }

  const together = (mirror: TestMirror): void => {
    for (const apply of Object.values(EFFECTS)) {
      apply(mirror, ids);
    }
  };
  for (const [name, apply] of [...Object.entries(EFFECTS), ['all of these', together] as const]) {
    describe(`with ${name}`, () => {
      before(async () => {
        apply(twin.mirror, ids);
        await twin.copy(...EFFECT_TABLES);
      });
      after(async () => {
        for (const table of EFFECT_TABLES) {
          twin.mirror.run(`DELETE FROM ${table}`);
        }
        await twin.copy(...EFFECT_TABLES);
      });

      for (const definition of REPORTS) {
        it(`in "${definition.title}"`, async () => {
          const filter = { users: [ids.people[0], ids.people[4]] };
          await assertSameReport(twin, { definition, period: A_QUARTER });
          await assertSameReport(twin, { definition, period: A_WEEK, filter });
        });
      }
    });
  }
});

describe('Reports of a warehouse with amounts that are larger together than its integers', function () {
  this.timeout(180_000);
  let twin: Twin;
  before(async () => {
    twin = await Twin.of(await largeMirror());
  });
  after(() => twin.dispose());

  for (const definition of [costReport, reconciliationReport]) {
    it(`give the numbers of the mirror in "${definition.title}"`, async () => {
      await assertSameReport(twin, { definition, period: DAYS('2025-04-01', '2026-03-31') });
    });
  }
});

/** Every table of a report, long and sorted by its first or its last column. */
function sortedViews(
  { sections }: ReportDefinition,
  isDescending: boolean,
): Readonly<Record<string, TableView>> {
  const tables = sections.flatMap(({ blocks }) => blocks).filter((block) => block.type === 'table');
  return Object.fromEntries(
    tables.flatMap(({ id, columns }) => {
      const field = columns.at(isDescending ? -1 : 0)?.field;
      return field === undefined ? [] : [[id, { sort: { field, isDescending }, isLong: true }]];
    }),
  );
}
