import assert from 'node:assert/strict';
import { costReport } from '../../../src/reports/cost/costReport';
import { metricOf, METRICS, type MetricId } from '../../../src/reports/metrics/metrics';
import { overviewReport } from '../../../src/reports/overview/overviewReport';
import type { PeriodChoice } from '../../../src/reports/period';
import type { ReportScope } from '../../../src/reports/reportSettings';
import { keysOf, type MetricKey } from '../../../src/serve/metricSql';
import { readMetric, type MetricValue } from '../../../src/serve/metricValues';
import { fullMirror, type Ids } from '../reports/fullMirror';
import { at, TestMirror } from '../reports/mirror';
import { MARCH, report, rows, total } from '../reports/reading';

interface Asked {
  readonly scope?: ReportScope;
  readonly period?: PeriodChoice;
  readonly now?: number;
}

async function valuesOf(
  mirror: TestMirror,
  id: MetricId,
  key: MetricKey,
  { scope = { kind: 'all' }, period = MARCH, now = at('2026-03-31 13:00') }: Asked = {},
): Promise<readonly MetricValue[]> {
  const { signal } = new AbortController();
  const request = { scope, period, now, zone: mirror.zone, signal };
  return (await readMetric(mirror, { id, key }, request)).values;
}

const byGroup = async (mirror: TestMirror, id: MetricId, asked: Asked = {}) =>
  (await valuesOf(mirror, id, 'group', asked)).map(({ group, value }) => [group?.name ?? null, value]);

describe('The values of a metric', () => {
  describe('by group', () => {
    let mirror: TestMirror;
    let instance: number;
    let people: { readonly ann: number; readonly bob: number; readonly eve: number };
    let groups: { readonly law: number; readonly board: number };

    // Ann asks four times, Bob twice, Eve once, 1 USD each.
    beforeEach(async () => {
      mirror = await TestMirror.create();
      instance = mirror.instance('fasgpt');
      mirror.model(instance, 'gpt-4o');
      mirror.price('gpt-4o', { input: 1, output: 0 });
      people = {
        ann: mirror.user(instance, 'Ann'),
        bob: mirror.user(instance, 'Bob'),
        eve: mirror.user(instance, 'Eve'),
      };
      ask(people.ann, 4);
      ask(people.bob, 2);
      ask(people.eve, 1);
      groups = { law: group('Law'), board: group('Board') };
      join(groups.law, people.ann, people.bob);
      join(groups.board, people.ann);
    });
    afterEach(() => mirror.dispose());

    function ask(user: number, times: number): void {
      const chat = mirror.chat(user);
      for (let day = 1; day <= times; day++) {
        mirror.turn(chat, at(`2026-03-0${day} 10:00`), { input: 1_000_000, output: 0 });
      }
    }

    function group(name: string | null, of = instance, isDeleted = false): number {
      return mirror.row('user_groups', {
        instance_id: of,
        remote_id: `group-${name}`,
        name,
        row_hash: '',
        is_deleted: Number(isDeleted),
      });
    }

    function join(id: number, ...members: readonly number[]): void {
      for (const user of members) {
        mirror.put('group_members', {
          group_id: id,
          user_id: user,
          instance_id: instance,
          first_seen_at: '2026-03-31 12:30:00',
          first_seen_at_epoch: at('2026-03-31 12:30'),
        });
      }
    }

    it('are those of its present members: of somebody in two in both, of somebody in none apart', async () => {
      assert.deepEqual(await valuesOf(mirror, 'turns', 'group'), [
        {
          step: null,
          isPartial: false,
          currency: null,
          value: 6,
          group: { id: groups.law, name: 'Law', instance: 'fasgpt' },
        },
        {
          step: null,
          isPartial: false,
          currency: null,
          value: 4,
          group: { id: groups.board, name: 'Board', instance: 'fasgpt' },
        },
        {
          step: null,
          isPartial: false,
          currency: null,
          value: 1,
          group: { id: null, name: 'No group', instance: 'fasgpt' },
        },
      ]);
      assert.deepEqual(await byGroup(mirror, 'active_users'), [
        ['Law', 2],
        ['Board', 1],
        ['No group', 1],
      ]);
      assert.deepEqual(await byGroup(mirror, 'cost'), [
        ['Law', 6],
        ['Board', 4],
        ['No group', 1],
      ]);
    });

    it('leave out memberships that ended and groups that were deleted', async () => {
      mirror.run('UPDATE group_members SET is_deleted = 1 WHERE user_id = ? AND group_id = ?', [
        people.bob,
        groups.law,
      ]);
      mirror.run('UPDATE user_groups SET is_deleted = 1 WHERE id = ?', [groups.board]);
      for (const id of ['turns', 'generations', 'messages', 'cost'] as const) {
        const each = id === 'messages' ? 2 : 1;
        assert.deepEqual(
          await byGroup(mirror, id),
          [
            ['Law', 4 * each],
            ['No group', 3 * each],
          ],
          id,
        );
      }
    });

    it('tell groups of one name apart by id and instance, and name one without a name by its id', async () => {
      const other = mirror.instance('resgpt');
      const zoe = mirror.user(other, 'Zoe');
      const twin = group('Law', other);
      const nameless = group(null);
      mirror.turn(mirror.chat(zoe), at('2026-03-05 10:00'));
      join(twin, zoe);
      join(nameless, people.eve);
      const values = await valuesOf(mirror, 'turns', 'group');
      assert.deepEqual(
        values.map(({ group: one, value }) => [one?.id, one?.name, one?.instance, value]),
        [
          [groups.law, 'Law', 'fasgpt', 6],
          [groups.board, 'Board', 'fasgpt', 4],
          [twin, 'Law', 'resgpt', 1],
          [nameless, 'group-null', 'fasgpt', 1],
        ],
      );
    });

    it('say of a removed instance that it is, as the reports do', async () => {
      mirror.run('UPDATE instances SET is_deleted = 1');
      for (const key of ['user', 'group'] as const) {
        const values = await valuesOf(mirror, 'turns', key);
        const names = values.map(({ user, group: one }) => (user ?? one)?.instance);
        assert.deepEqual(new Set(names), new Set(['fasgpt (removed)']), key);
      }
    });

    it('leave excluded accounts out of all but costs, where they are of no group', async () => {
      mirror.exclude(people.ann);
      assert.deepEqual(await byGroup(mirror, 'turns'), [
        ['Law', 2],
        ['No group', 1],
      ]);
      assert.deepEqual(await byGroup(mirror, 'cost'), [
        [null, 4],
        ['Law', 2],
        ['No group', 1],
      ]);
    });

    it('count each account of a merged person in its own groups, and the person once in each', async () => {
      mirror.merge(people.ann, people.bob, people.eve);
      assert.deepEqual(await byGroup(mirror, 'turns'), [
        ['Law', 6],
        ['Board', 4],
        ['No group', 1],
      ]);
      assert.deepEqual(await byGroup(mirror, 'active_users'), [
        ['Law', 1],
        ['Board', 1],
        ['No group', 1],
      ]);
    });

    it('count weekly and monthly users in their own windows', async () => {
      const asked: Asked = { period: { kind: 'days', from: '2026-03-09', to: '2026-03-09' } };
      // The seven days begin with the third: Bob and Eve had asked before.
      assert.deepEqual(await byGroup(mirror, 'wau', asked), [
        ['Law', 1],
        ['Board', 1],
      ]);
      assert.deepEqual(await byGroup(mirror, 'mau', asked), [
        ['Law', 2],
        ['Board', 1],
        ['No group', 1],
      ]);
    });

    it('tell amounts of several currencies apart', async () => {
      mirror.price('llama3', { currency: 'EUR', input: 10 });
      mirror.turn(mirror.chat(people.eve), at('2026-03-05 10:00'), {
        model: 'llama3',
        input: 1_000_000,
        output: 0,
      });
      const values = await valuesOf(mirror, 'cost', 'group');
      assert.deepEqual(
        values.map(({ group: one, currency, value }) => [one?.name, currency, value]),
        [
          ['No group', 'EUR', 10],
          ['Law', 'USD', 6],
          ['Board', 'USD', 4],
          ['No group', 'USD', 1],
        ],
      );
    });
  });

  describe('beside the reports', () => {
    let mirror: TestMirror;
    let ids: Ids;
    before(async () => {
      ({ mirror, ids } = await fullMirror());
    });
    after(() => mirror.dispose());

    const changes: readonly (readonly [name: string, change: () => void])[] = [
      ['as they are', () => undefined],
      ['with an excluded account', () => mirror.exclude(ids.people[1])],
      ['with a merged person', () => mirror.merge(ids.people[0], ids.people[2], ids.people[3])],
    ];
    for (const [name, change] of changes) {
      it(`cost as much by user, by group and by model, ${name}`, async () => {
        change();
        const model = await report(mirror, { definition: costReport });
        for (const [key, dataset, column] of [
          ['user', 'by_user', 'user'],
          ['group', 'by_group', 'group_name'],
          ['model', 'by_model', 'model_id'],
        ] as const) {
          const values = await valuesOf(mirror, 'cost', key);
          const told = values.map(({ user, group, model: one, currency, value }) => [
            user?.name ?? group?.name ?? one ?? 'Excluded accounts',
            currency,
            value?.toFixed(6),
          ]);
          const reported = rows(model, dataset)
            .filter(({ currency }) => currency !== null)
            .map((row) => [row[column], row['currency'], Number(row['cost']).toFixed(6)]);
          assert.ok(told.length > 1, key);
          assert.deepEqual(told.sort(), reported.sort(), key);
        }
      });
    }

    it('are the totals of the overview, wherever both have a number', async () => {
      const model = await report(mirror, { definition: overviewReport });
      const compared: string[] = [];
      for (const id of Object.keys(METRICS) as MetricId[]) {
        const shown = total(model, id);
        if (typeof shown === 'number' && keysOf(metricOf(id)).length > 0) {
          const [value] = await valuesOf(mirror, id, 'all');
          assert.equal(value?.value, shown, id);
          compared.push(id);
        }
      }
      assert.ok(compared.length >= 8, compared.join());
    });
  });

  describe('by day, where clocks change', () => {
    for (const [zone, changes] of [
      ['Europe/Berlin', '2026-03-29'],
      ['America/New_York', '2026-03-08'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Africa/Casablanca', '2026-03-22'],
      ['Asia/Kolkata', '2026-03-29'],
      ['Pacific/Apia', '2026-04-05'],
    ] as const) {
      it(`are those of local days: ${zone}`, async () => {
        const mirror = await TestMirror.create(zone);
        try {
          const noon = at(`${changes} 12:00`);
          const chat = mirror.chat(
            mirror.user(mirror.instance('fasgpt', { lastSync: noon + 5 * 86_400 }), 'Ann'),
          );
          const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
          const counted = new Map<string, number>();
          for (let epoch = noon - 3 * 86_400; epoch < noon + 3 * 86_400; epoch += 1800) {
            mirror.turn(chat, epoch);
            const day = local.format(epoch * 1000);
            counted.set(day, (counted.get(day) ?? 0) + 1);
          }
          const [from = '', to = ''] = [[...counted.keys()].at(0), [...counted.keys()].at(-1)];
          const asked: Asked = { period: { kind: 'days', from, to }, now: noon + 5 * 86_400 };
          const days = await valuesOf(mirror, 'turns', 'day', asked);
          assert.deepEqual(
            days.map(({ step, value }) => [step, value]),
            [...counted],
          );
          const [whole] = await valuesOf(mirror, 'turns', 'all', asked);
          assert.equal(whole?.value, 6 * 48);
        } finally {
          mirror.dispose();
        }
      });
    }
  });
});
