import assert from 'node:assert/strict';
import { REPORTS } from '../../../src/reports/catalogue';
import { costReport } from '../../../src/reports/cost/costReport';
import { readDashboard } from '../../../src/reports/dashboard/dashboardFigures';
import { knowledgeReport } from '../../../src/reports/knowledge/knowledgeReport';
import { blocksOf, fullMirror, keepPeople, type Ids } from './fullMirror';
import { at, TestMirror } from './mirror';
import { report, rows, total } from './reading';

/** What excluded accounts cost was paid: of them the report on cost says more below. */
const ABOUT_MONEY = ['cost', 'reconciliation'];

describe('An excluded account', () => {
  describe('in reports about use and people', () => {
    let all: TestMirror;
    let only: TestMirror;
    let ids: Ids;
    before(async () => {
      ({ mirror: all, ids } = await fullMirror());
      ({ mirror: only } = await fullMirror());
      // Cost keeps what the account cost: it has no part in this.
      for (const mirror of [all, only]) {
        mirror.run('DELETE FROM prices');
        mirror.run('DELETE FROM generation_costs');
      }
      keepPeople(only, 'id <> ?', [ids.people[1]]);
    });
    after(() => {
      all.dispose();
      only.dispose();
    });

    for (const definition of REPORTS.filter(({ id }) => !ABOUT_MONEY.includes(id))) {
      it(`leaves the numbers of "${definition.title}" as if it had never been`, async () => {
        const counted = await blocksOf(all, definition, {});
        all.exclude(ids.people[1]);
        try {
          const without = await blocksOf(all, definition, {});
          assert.deepEqual(without, await blocksOf(only, definition, {}));
          assert.notDeepEqual(without, counted, 'it leaves nothing out');
        } finally {
          all.run('DELETE FROM excluded_accounts');
        }
      });
    }
  });

  describe('beside one who counts', () => {
    let mirror: TestMirror;
    let ann: number;
    let robot: number;
    let server: number;

    // Ann asks three times for 1 USD each, the robot once for 10 USD.
    beforeEach(async () => {
      mirror = await TestMirror.create();
      server = mirror.instance('fasgpt');
      ann = mirror.user(server, 'Ann');
      robot = mirror.user(server, 'Robot');
      mirror.model(server, 'gpt-4o');
      mirror.price('gpt-4o', { input: 1, output: 0 });
      const own = mirror.chat(ann);
      for (const day of ['02', '03', '04']) {
        mirror.turn(own, at(`2026-03-${day} 10:00`), { input: 1_000_000, output: 0 });
      }
      mirror.turn(mirror.chat(robot), at('2026-03-03 10:00'), { input: 10_000_000, output: 0 });
      mirror.exclude(robot);
    });
    afterEach(() => mirror.dispose());

    const cost = () => report(mirror, { definition: costReport });

    it('is told in the words of the filters', async () => {
      assert.deepEqual((await report(mirror)).filters, [
        { kind: 'excludedAccounts', title: 'Excluded accounts', words: '1 left out' },
      ]);
    });

    it('is not told where the report is about another instance', async () => {
      const other = mirror.instance('resgpt');
      mirror.turn(mirror.chat(mirror.user(other, 'Ben')), at('2026-03-03 10:00'));
      const model = await report(mirror, { scope: { kind: 'instance', instanceId: other } });
      assert.deepEqual(model.filters, []);
      assert.equal(total(model, 'active_users'), 1);
    });

    it('counts again once it is not excluded any more', async () => {
      mirror.run('UPDATE excluded_accounts SET is_deleted = 1');
      const model = await report(mirror);
      assert.equal(total(model, 'turns'), 4);
      assert.deepEqual(model.filters, []);
    });

    it('stays away where a filter asks for it', async () => {
      assert.equal(total(await report(mirror, { filter: { users: [robot] } }), 'turns'), undefined);
    });

    it('is not in the numbers of the dashboard', async () => {
      const { totals } = await readDashboard(mirror, {
        now: at('2026-03-31 13:00'),
        zone: 'UTC',
        locale: 'en',
      });
      assert.equal(totals.find(({ id }) => id === 'turns')?.value, '0');
      mirror.turn(mirror.chat(robot), at('2026-03-31 10:00'));
      mirror.turn(mirror.chat(ann), at('2026-03-31 10:00'));
      const later = await readDashboard(mirror, { now: at('2026-03-31 13:00'), zone: 'UTC', locale: 'en' });
      assert.deepEqual(
        later.totals.map(({ id, value }) => [id, value]),
        [
          ['turns', '1'],
          ['active_users', '1'],
          ['generations', '1'],
          ['errors', '0'],
        ],
      );
    });

    it('keeps files that nobody is known to own', async () => {
      mirror.file(server, 'of nobody', {});
      mirror.file(server, 'of the robot', { owner: robot });
      mirror.file(server, 'of Ann', { owner: ann });
      const model = await report(mirror, { definition: knowledgeReport });
      assert.deepEqual(
        rows(model, 'files').map(({ file }) => file),
        ['of nobody', 'of Ann'],
      );
    });

    it('leaves the cost whole, and what turns and users are divided by without it', async () => {
      const model = await cost();
      const {
        cost: spent,
        excluded_cost,
        turns,
        active_users,
        cost_per_turn,
        cost_per_active_user,
      } = rows(model, 'totals').find(({ is_current }) => is_current === 1) ?? {};
      assert.deepEqual(
        { spent, excluded_cost, turns, active_users, cost_per_turn, cost_per_active_user },
        {
          spent: 13,
          excluded_cost: 10,
          turns: 3,
          active_users: 1,
          cost_per_turn: 1,
          cost_per_active_user: 3,
        },
      );
      assert.ok(
        model.notes.some((note) => note.startsWith('Excluded accounts cost 10')),
        model.notes.join('\n'),
      );
    });

    it('divides the cost of each instance without it', async () => {
      mirror.turn(mirror.chat(mirror.user(mirror.instance('resgpt'), 'Ben')), at('2026-03-03 10:00'));
      const [first] = rows(await cost(), 'by_instance');
      assert.deepEqual(
        [first?.['cost'], first?.['cost_per_turn'], first?.['cost_per_active_user']],
        [13, 1, 3],
      );
    });

    it('is a line of its own among users and groups, which add up to the whole', async () => {
      const model = await cost();
      assert.deepEqual(
        rows(model, 'by_user').map(({ user, user_id, cost: spent, turns }) => [user, user_id, spent, turns]),
        [
          ['Excluded accounts', null, 10, null],
          ['Ann', ann, 3, 3],
        ],
      );
      assert.deepEqual(
        rows(model, 'by_group').map(({ group_name, members, cost: spent }) => [group_name, members, spent]),
        [
          ['Excluded accounts', null, 10],
          ['No group', 1, 3],
        ],
      );
    });

    it('has no conversation among the most expensive ones', async () => {
      assert.deepEqual(
        rows(await cost(), 'chats').map(({ user, cost: spent }) => [user, spent]),
        [['Ann', 3]],
      );
    });
  });
});
