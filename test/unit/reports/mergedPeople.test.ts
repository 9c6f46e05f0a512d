import assert from 'node:assert/strict';
import { NO_EFFECTS } from '../../../src/reports/analysisEffects';
import { REPORTS } from '../../../src/reports/catalogue';
import { changesReport } from '../../../src/reports/changes/changesReport';
import { costReport } from '../../../src/reports/cost/costReport';
import { readDashboard } from '../../../src/reports/dashboard/dashboardFigures';
import { dashboardReport } from '../../../src/reports/dashboard/dashboardReport';
import { METRICS } from '../../../src/reports/metrics/metrics';
import { VIEWS, type Metric } from '../../../src/reports/metrics/metric';
import { modelsReport } from '../../../src/reports/models/modelsReport';
import { expandSql } from '../../../src/reports/sqlTemplate';
import { usersReport } from '../../../src/reports/users/usersReport';
import { blocksOf, fullMirror, type Ids } from './fullMirror';
import { at, TestMirror } from './mirror';
import { report, rows, total } from './reading';

/** It is about rows of the mirror: accounts without a name, and so on. */
const ABOUT_ROWS = ['health', 'reconciliation'];

/** Aliases of views and tables with an owner, where a statement calls nothing else the same. */
function ownedAliases(sql: string): Set<string> {
  const bound = [
    ...sql.matchAll(/(?:FROM|JOIN|,)\s+((?:main\.)?\w+|\{\{costs\(.*\)\}\})\s+(?:AS\s+)?([a-z])\b/gu),
  ];
  const others = bound.filter(([, table = '']) => !table.startsWith('main.')).map(([, , alias]) => alias);
  const views = bound.filter(([, table = '']) => OWNED.test(table)).map(([, , alias = '']) => alias);
  return new Set([...views, ...Object.keys(VIEWS)].filter((alias) => !others.includes(alias)));
}

const OWNED = /^main\.(?:v_turns|v_generations|v_cost|v_sources|v_chats|message|chats)$/u;

/** Whether a statement counts or groups owners of what somebody owns by account. */
function countsAccounts(sql: string): boolean {
  const aliases = [...ownedAliases(sql)].join('|');
  const bare = new RegExp(
    String.raw`\b(?:DISTINCT|GROUP BY|PARTITION BY)\b.*(?<!user\()\b(?:${aliases})\.user_id\b`,
    'u',
  );
  return sql.split('\n').some((line) => bare.test(line));
}

describe('Merged accounts', () => {
  describe('of one instance', () => {
    let all: TestMirror;
    let only: TestMirror;
    let ids: Ids;
    before(async () => {
      ({ mirror: all, ids } = await fullMirror());
      ({ mirror: only } = await fullMirror());
      const [, , , first, second] = ids.people;
      for (const table of ['message', 'chats']) {
        only.run(`UPDATE ${table} SET user_id = ? WHERE user_id = ?`, [first, second]);
      }
      only.run('DELETE FROM users WHERE id = ?', [second]);
    });
    after(() => {
      all.dispose();
      only.dispose();
    });

    for (const definition of REPORTS.filter(({ id }) => !ABOUT_ROWS.includes(id))) {
      it(`are one account in every number of "${definition.title}"`, async () => {
        const [, , , first, second] = ids.people;
        all.merge(first, second);
        try {
          assert.deepEqual(await blocksOf(all, definition, {}), await blocksOf(only, definition, {}));
        } finally {
          all.run('DELETE FROM merged_accounts');
        }
      });
    }
  });

  describe('of several instances', () => {
    let mirror: TestMirror;
    let fasgpt: number;
    let resgpt: number;
    let ann: number;
    let other: number;

    // Ann writes on both instances, on the 2nd on both; Ben on the second one.
    beforeEach(async () => {
      mirror = await TestMirror.create();
      fasgpt = mirror.instance('fasgpt');
      resgpt = mirror.instance('resgpt');
      ann = mirror.user(fasgpt, 'Ann');
      other = mirror.user(resgpt, 'ann.b');
      const ben = mirror.user(resgpt, 'Ben');
      mirror.price('gpt-4o', { input: 1, output: 0 });
      const answer = { input: 1_000_000, output: 0 };
      mirror.turn(mirror.chat(ann), at('2026-03-02 10:00'), answer);
      const chat = mirror.chat(other);
      mirror.turn(chat, at('2026-03-02 10:05'), answer);
      mirror.turn(chat, at('2026-03-05 10:00'), answer);
      mirror.turn(mirror.chat(ben), at('2026-03-09 10:00'), answer);
      mirror.merge(ann, other);
    });
    afterEach(() => mirror.dispose());

    it('are one user of all, and one of each', async () => {
      const model = await report(mirror);
      assert.equal(total(model, 'active_users'), 2);
      assert.deepEqual(
        rows(model, 'by_instance').map(({ instance, active_users }) => [instance, active_users]),
        [
          ['resgpt', 2],
          ['fasgpt', 1],
        ],
      );
    });

    it('are one row under the name of the first, with the days of both', async () => {
      assert.deepEqual(
        rows(await report(mirror), 'by_user').map(
          ({ user, user_id, turns, active_days, chats, last_turn_at }) => ({
            user,
            isAnn: user_id === ann,
            turns,
            active_days,
            chats,
            last_turn_at,
          }),
        ),
        [
          {
            user: 'Ann',
            isAnn: true,
            turns: 3,
            active_days: 2,
            chats: 2,
            last_turn_at: '2026-03-05 10:00:00',
          },
          {
            user: 'Ben',
            isAnn: false,
            turns: 1,
            active_days: 1,
            chats: 1,
            last_turn_at: '2026-03-09 10:00:00',
          },
        ],
      );
    });

    it('are said in the words of the filters', async () => {
      assert.deepEqual((await report(mirror)).filters, [
        {
          kind: 'mergedAccounts',
          title: 'Merged accounts',
          words: '1 counted with another account of the same person',
        },
      ]);
    });

    it('are all taken by a filter on one of them', async () => {
      for (const users of [[ann], [other]]) {
        const model = await report(mirror, { filter: { users } });
        assert.deepEqual([total(model, 'turns'), total(model, 'active_users')], [3, 1]);
      }
      const scope = { kind: 'instance', instanceId: resgpt } as const;
      assert.equal(total(await report(mirror, { filter: { users: [ann] }, scope }), 'turns'), 2);
    });

    it('have their row also where the report is about the instance of the second', async () => {
      const scope = { kind: 'instance', instanceId: resgpt } as const;
      for (const [definition, dataset] of [
        [undefined, 'by_user'],
        [usersReport, 'user_models'],
        [costReport, 'by_user'],
      ] as const) {
        const model = await report(mirror, { ...(definition === undefined ? {} : { definition }), scope });
        assert.deepEqual(
          rows(model, dataset).map(({ user }) => user),
          ['Ann', 'Ben'],
          dataset,
        );
      }
    });

    it('wrote for the first time once, and are as active as their days together', async () => {
      const model = await report(mirror, { definition: usersReport });
      assert.deepEqual([total(model, 'new_users'), total(model, 'mau')], [2, 2]);
      assert.equal(total(model, 'registered_accounts'), 2);
      const habits = rows(
        await report(mirror, {
          definition: usersReport,
          period: { kind: 'days', from: '2026-03-01', to: '2026-03-14' },
        }),
        'active_days',
      ).filter(({ users }) => users !== 0);
      assert.deepEqual(
        habits.map(({ days, users }) => [days, users]),
        [
          [1, 1],
          [2, 1],
        ],
      );
    });

    it('are one user of a model', async () => {
      const model = await report(mirror, { definition: modelsReport });
      assert.equal(total(model, 'answered_users'), 2);
      assert.deepEqual(
        rows(model, 'users_by_model').map(({ answered_users, user_share }) => [answered_users, user_share]),
        [[2, 1]],
      );
    });

    it('pay together', async () => {
      assert.deepEqual(
        rows(await report(mirror, { definition: costReport }), 'by_user').map(({ user, cost, turns }) => [
          user,
          cost,
          turns,
        ]),
        [
          ['Ann', 3, 3],
          ['Ben', 1, 1],
        ],
      );
    });

    it('are one of the users that "What changed" tells of all instances, and one of each', async () => {
      const model = await report(mirror, { definition: changesReport, comparison: 'previous' });
      const current = rows(model, 'totals').filter(({ is_current }) => is_current === 1);
      assert.deepEqual(
        current.map(({ instance_id, active_users }) => [instance_id, active_users]),
        [
          [null, 2],
          [fasgpt, 1],
          [resgpt, 2],
        ],
      );
      assert.deepEqual(
        rows(model, 'models').map(({ instance_id, users }) => [instance_id, users]),
        [
          [null, 2],
          [fasgpt, 1],
          [resgpt, 2],
        ],
      );
    });

    it('are one of the users of the day on the dashboard', async () => {
      for (const user of [ann, other]) {
        mirror.turn(mirror.chat(user), at('2026-03-31 10:00'));
      }
      const figures = await readDashboard(mirror, { now: at('2026-03-31 13:00'), zone: 'UTC', locale: 'en' });
      const usersOf = (tiles: typeof figures.totals): unknown =>
        tiles.find(({ id }) => id === 'active_users')?.value;
      assert.equal(usersOf(figures.totals), '1');
      assert.deepEqual(
        [fasgpt, resgpt].map((id) => usersOf(figures.byInstance.get(id)?.tiles ?? [])),
        ['1', '1'],
      );
    });

    it('count as one also where the first is not in the mirror', async () => {
      const third = mirror.user(fasgpt, 'A. B.');
      mirror.turn(mirror.chat(third), at('2026-03-06 10:00'));
      mirror.run("UPDATE merged_accounts SET person_remote_id = 'never-seen'");
      mirror.run(
        `INSERT INTO merged_accounts
         SELECT u.instance_id, u.remote_id, m.person_instance_id, m.person_remote_id, '', 0, 0
         FROM users u, merged_accounts m WHERE u.id = ?`,
        [third],
      );
      assert.deepEqual(
        rows(await report(mirror), 'by_user').map(({ user, turns }) => [user, turns]),
        [
          ['ann.b', 3],
          ['Ann', 1],
          ['Ben', 1],
        ],
      );
    });

    it('are two again once they are not merged any more', async () => {
      mirror.run('UPDATE merged_accounts SET is_deleted = 1');
      assert.equal(total(await report(mirror), 'active_users'), 3);
    });
  });

  describe('in statements', () => {
    const statements = [...REPORTS, dashboardReport].flatMap(({ id, datasets }) =>
      Object.entries(datasets).flatMap(([name, dataset]) =>
        'sql' in dataset ? [[`${id}/${name}`, dataset.sql] as const] : [],
      ),
    );
    const metrics = Object.entries<Metric>(METRICS).map(([id, { sql = '' }]) => [id, sql] as const);

    it('are counted and grouped by nothing but {{user}}', () => {
      assert.ok(countsAccounts('SELECT COUNT(DISTINCT g.user_id) FROM main.v_generations g'));
      assert.ok(countsAccounts('SELECT 1 FROM main.chats h\nGROUP BY h.folder_id, h.user_id'));
      const found = [...statements, ...metrics]
        .filter(([, sql]) => countsAccounts(sql))
        .map(([name]) => name);
      // The accounts of an instance, which are few, become people after they are found.
      assert.deepEqual(found, ['overview/by_instance']);
    });

    it('cost nothing where there are none', () => {
      const context = { access: 'index', filter: {} } as const;
      for (const [name, sql] of statements) {
        assert.equal(expandSql(sql, { ...context, effects: NO_EFFECTS }), expandSql(sql, context), name);
        assert.ok(!/merged_accounts|excluded_accounts/u.test(expandSql(sql, context)), name);
      }
    });

    it('are found by a key of a table that a statement makes once', async () => {
      const mirror = await TestMirror.create();
      try {
        const sql = expandSql('SELECT {{active_users}} FROM main.v_turns t', {
          access: 'scan',
          filter: {},
          effects: { ...NO_EFFECTS, mergedAccounts: 1 },
        });
        const steps = mirror.plan(sql, {});
        assert.ok(steps.includes('MATERIALIZE same'), steps.join('\n'));
        assert.ok(
          steps.some((step) => /^SEARCH same USING AUTOMATIC COVERING INDEX/u.test(step)),
          steps.join('\n'),
        );
      } finally {
        mirror.dispose();
      }
    });
  });
});
