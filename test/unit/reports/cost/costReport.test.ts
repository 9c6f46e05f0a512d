import assert from 'node:assert/strict';
import { costReport } from '../../../../src/reports/cost/costReport';
import type { ReportModel } from '../../../../src/reports/reportModel';
import { expandSql, type Access } from '../../../../src/reports/sqlTemplate';
import { TestMirror, at, type MessageOptions } from '../mirror';
import { column, report, rows, table, tile, total, type Asked } from '../reading';

/** So that a token costs 1 and the amounts can be read off the tokens. */
const ONE_A_TOKEN = { input: 1_000_000, output: 1_000_000 } as const;

describe('the cost report', () => {
  let mirror: TestMirror;
  let instance: number;
  let ann: number;
  let chat: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
    ann = mirror.user(instance, 'Ann');
    chat = mirror.chat(ann);
    mirror.price('m', ONE_A_TOKEN);
  });
  afterEach(() => mirror.dispose());

  /** A turn whose answer costs so much. */
  function spend(amount: number, day = '2026-03-10', inChat = chat, options: MessageOptions = {}): void {
    mirror.turn(inChat, at(`${day} 10:00`), { model: 'm', input: amount, output: 0, ...options });
  }
  const cost = (asked: Asked = {}): Promise<ReportModel> =>
    report(mirror, { definition: costReport, ...asked });

  describe('has headline numbers', () => {
    it('of what is known, by source, per turn and per active user', async () => {
      spend(30);
      spend(10, '2026-03-11', mirror.chat(mirror.user(instance, 'Bob')));
      spend(8, '2026-03-12');
      mirror.bill(instance, 'm', '2026-03-12', 5);
      mirror.spread();
      const model = await cost();
      assert.equal(tile(model, 'cost').value, '45.00 USD');
      assert.equal(tile(model, 'cost').note, '5.00 billed (0.00 of it provisional), 40.00 by list price');
      assert.equal(tile(model, 'cost_per_turn').value, '15.00 USD');
      assert.equal(tile(model, 'cost_per_active_user').value, '22.50 USD');
      assert.equal(total(model, 'cost_coverage'), 1);
    });

    it('whose ratios are sum / sum, never a mean of ratios (trap 7)', async () => {
      spend(90, '2026-03-10');
      for (let index = 0; index < 9; index++) {
        spend(0, '2026-03-11');
      }
      assert.equal(total(await cost(), 'cost_per_turn'), 9);
    });

    it('that are compared with the span before', async () => {
      spend(20, '2026-01-05');
      spend(20, '2026-02-10');
      spend(25);
      assert.deepEqual(tile(await cost(), 'cost').change, {
        direction: 'up',
        text: '+25%',
        before: 'from 20.00',
      });
    });

    it('of nothing where nothing is known: no price is not a price of 0 (trap 5)', async () => {
      spend(30, '2026-03-10', chat, { model: 'other' });
      const model = await cost();
      assert.equal(tile(model, 'cost').value, '–');
      assert.equal(total(model, 'cost_coverage'), 0);
      assert.ok(model.notes.some((note) => note.startsWith('No cost is known')));
    });

    it('of 0 where a price says so', async () => {
      mirror.price('local', { input: 0, output: 0 });
      spend(30, '2026-03-10', chat, { model: 'local' });
      assert.equal(tile(await cost(), 'cost').value, '0.00 USD');
    });

    it('that take no characters for tokens (trap 4)', async () => {
      spend(5);
      mirror.turn(chat, at('2026-03-11 10:00'), { model: 'm' });
      mirror.run(`UPDATE message SET content_chars = 40000`);
      const model = await cost();
      assert.equal(total(model, 'cost'), 5);
      assert.equal(total(model, 'unknown_cost_generations'), 1);
    });

    it('with the coverage of generations and of tokens', async () => {
      spend(10);
      spend(30, '2026-03-10', chat, { model: 'other' });
      mirror.turn(chat, at('2026-03-11 10:00'), { model: 'm' });
      const model = await cost();
      assert.equal(total(model, 'cost_coverage'), 1 / 3);
      assert.equal(total(model, 'cost_token_coverage'), 0.25);
      assert.equal(tile(model, 'cost_coverage').note, 'unknown for 2 of 3 generations');
    });

    it('that obey every filter (trap 6)', async () => {
      const bob = mirror.user(instance, 'Bob');
      const other = mirror.user(mirror.instance('resgpt'), 'Eve');
      spend(1);
      spend(10, '2026-03-10', mirror.chat(bob));
      spend(100, '2026-03-10', mirror.chat(other));
      spend(1000, '2026-03-10', chat, { isDeleted: true });
      mirror.price('n', ONE_A_TOKEN);
      spend(10_000, '2026-03-10', chat, { model: 'n' });
      const costOf = async (asked: Asked): Promise<unknown> => total(await cost(asked), 'cost');
      assert.equal(await costOf({}), 11_111);
      assert.equal(await costOf({ filter: { users: [bob] } }), 10);
      assert.equal(await costOf({ filter: { models: ['m'], withoutDeleted: true } }), 111);
      assert.equal(await costOf({ scope: { kind: 'instance', instanceId: instance } }), 11_011);
      assert.equal(
        await costOf({ period: { kind: 'days', from: '2026-03-11', to: '2026-03-31' } }),
        undefined,
      );
    });
  });

  describe('keeps currencies apart', () => {
    beforeEach(() => {
      mirror.price('euro', { ...ONE_A_TOKEN, currency: 'EUR' });
      spend(100, '2026-03-10', chat, { model: 'euro' });
      spend(1);
      spend(2);
    });

    it('in tiles, which are in that of most generations and say so', async () => {
      const model = await cost();
      assert.equal(tile(model, 'cost').value, '3.00 USD');
      assert.ok(model.notes.some((note) => note.includes('Tiles and charts are in USD')));
      assert.equal(total(model, 'cost_coverage'), 1);
    });

    it('in tables, with a row for each', async () => {
      const model = await cost();
      for (const id of ['currencyTable', 'userTable', 'groupTable', 'chatTable']) {
        assert.deepEqual(
          column(model, id, 'Currency').map((currency, index) => [
            currency,
            column(model, id, 'Cost')[index],
          ]),
          [
            ['USD', '3.00'],
            ['EUR', '100.00'],
          ],
          id,
        );
      }
    });

    it('in charts', async () => {
      const model = await cost();
      const step = rows(model, 'steps').find(({ bucket }) => bucket === '2026-03-10');
      assert.equal(step?.['cost'], 3);
      assert.deepEqual(
        rows(model, 'main_models').map(({ model: name, rank }) => [name, rank]),
        [['m', 1]],
      );
    });

    it('in the budget, which is that of the shown one', async () => {
      mirror.budget(50, undefined, 'EUR');
      assert.equal(total(await cost(), 'budget_used'), null);
      mirror.budget(30);
      assert.equal(total(await cost(), 'budget_used'), 0.1);
    });
  });

  describe('lists what is unknown', () => {
    it('with the reason and what to do', async () => {
      mirror.price('late', { ...ONE_A_TOKEN, from: '2026-03-20' });
      spend(5, '2026-03-10', chat, { model: 'late' });
      spend(5, '2026-03-20', chat, { model: 'late' });
      mirror.turn(chat, at('2026-03-11 10:00'), { model: 'm' });
      mirror.turn(chat, at('2026-03-12 10:00'), { model: null, input: 1, output: 1 });
      const { rows: lines } = table(await cost(), 'unpricedTable');
      const fixes = lines.map((cells) =>
        [cells[1], cells.at(-1)].map((cell) => (typeof cell === 'object' ? cell.text : cell)),
      );
      assert.deepEqual(fixes.sort(), [
        ['Unknown model', 'The messages name no model.'],
        ['late', 'No price on these days: run "Confirm Prices...".'],
        ['m', 'No token counts: switch Usage on for this model.'],
      ]);
    });

    it('in a row of its own beside the currencies, not in them', async () => {
      spend(5);
      mirror.turn(chat, at('2026-03-11 10:00'), { model: 'm' });
      spend(7, '2026-03-10', chat, { model: 'other' });
      const model = await cost();
      const cells = ['Currency', 'Cost', 'Generations'].map((title) => column(model, 'currencyTable', title));
      assert.deepEqual(cells, [
        ['USD', 'unknown'],
        ['5.00', '–'],
        ['1', '2'],
      ]);
    });

    it('and estimates it from 30 known generations of the same model and instance, outside of all totals', async () => {
      for (let index = 0; index < 30; index++) {
        spend(index < 15 ? 1 : 3);
      }
      mirror.turn(chat, at('2026-03-11 10:00'), { model: 'm' });
      mirror.turn(chat, at('2026-03-11 11:00'), { model: 'm' });
      const other = mirror.chat(mirror.user(mirror.instance('resgpt'), 'Eve'));
      mirror.turn(other, at('2026-03-11 11:00'), { model: 'm' });
      const model = await cost();
      assert.equal(tile(model, 'estimated_cost').value, '4.00 USD');
      assert.equal(tile(model, 'estimated_cost').note, 'for 2 generations; in no total');
      assert.equal(total(model, 'cost'), 60);
      assert.equal(total(model, 'unknown_cost_generations'), 3);
    });

    it('and estimates nothing from 29', async () => {
      for (let index = 0; index < 29; index++) {
        spend(2);
      }
      mirror.turn(chat, at('2026-03-11 10:00'), { model: 'm' });
      assert.equal(tile(await cost(), 'estimated_cost').value, '–');
    });
  });

  it('shows true zeros of days without a generation, and dashes of days of which no cost is known', async () => {
    spend(5, '2026-03-10');
    spend(5, '2026-03-12', chat, { model: 'other' });
    const steps = rows(await cost(), 'steps').slice(8, 13);
    assert.deepEqual(
      steps.map(({ bucket, cost: amount, unknown_cost_generations: unknown }) => [bucket, amount, unknown]),
      [
        // Before the first message.
        ['2026-03-09', null, null],
        ['2026-03-10', 5, 0],
        ['2026-03-11', 0, 0],
        ['2026-03-12', null, 1],
        ['2026-03-13', 0, 0],
      ],
    );
  });

  it('counts a copied chat once, and deleted chats', async () => {
    spend(5, '2026-03-10', chat, { remoteId: 'a' });
    spend(5, '2026-03-10', mirror.chat(ann), { remoteId: 'a', isCopy: true });
    spend(7, '2026-03-10', mirror.chat(ann, { isDeleted: true }), { isDeleted: true });
    assert.equal(total(await cost(), 'cost'), 12);
  });

  it('tells what a conversation costs, by nearest rank', async () => {
    for (let amount = 1; amount <= 20; amount++) {
      const one = mirror.chat(ann);
      spend(amount - 1, '2026-03-10', one);
      spend(1, '2026-03-11', one);
    }
    const model = await cost();
    const [spread] = rows(model, 'chat_spread');
    assert.deepEqual(spread, {
      currency: 'USD',
      priced_chats: 20,
      mean_cost: 10.5,
      median_cost: 10,
      p90_cost: 18,
      p95_cost: 19,
      most_cost: 20,
    });
    const [first] = rows(model, 'chats');
    assert.equal(first?.['cost'], 20);
    const [cells] = table(model, 'chatTable').rows;
    assert.deepEqual(
      (cells ?? []).flatMap((cell) => (typeof cell === 'object' ? [cell.link.kind] : [])),
      ['chat', 'user', 'instance'],
    );
  });

  it('counts a user in each of his present groups, and everybody else in none', async () => {
    const [a, b] = ['A', 'B'].map((name) =>
      mirror.row('user_groups', { instance_id: instance, remote_id: name, name, row_hash: '' }),
    );
    const member = (group: number | undefined, user: number, isOver = false): void =>
      mirror.put('group_members', {
        group_id: group ?? 0,
        user_id: user,
        instance_id: instance,
        first_seen_at: '2026-03-31 12:30:00',
        first_seen_at_epoch: at('2026-03-31 12:30'),
        is_deleted: Number(isOver),
      });
    const bob = mirror.user(instance, 'Bob');
    const eve = mirror.user(instance, 'Eve');
    member(a, ann);
    member(b, ann);
    member(b, bob);
    member(a, eve, true);
    spend(4);
    spend(2, '2026-03-10', mirror.chat(bob));
    spend(1, '2026-03-10', mirror.chat(eve));
    assert.deepEqual(
      rows(await cost(), 'by_group').map(
        ({ group_name: name, members, cost: amount, cost_per_member: each }) => [name, members, amount, each],
      ),
      [
        ['B', 2, 6, 3],
        ['A', 1, 4, 4],
        ['No group', 1, 1, 1],
      ],
    );
  });

  it('tells two users of one name apart (trap 2)', async () => {
    const twin = mirror.user(instance, 'Ann', { email: 'ann@two.test' });
    spend(4);
    spend(2, '2026-03-10', mirror.chat(twin));
    const users = rows(await cost(), 'by_user');
    assert.deepEqual(
      users.map(({ user_id: id, cost: amount }) => [id, amount]),
      [
        [ann, 4],
        [twin, 2],
      ],
    );
    assert.notEqual(users[0]?.['label'], users[1]?.['label']);
  });

  it('puts instances side by side', async () => {
    const resgpt = mirror.instance('resgpt');
    mirror.price('m', { instance: resgpt, input: 2_000_000, output: 0 });
    spend(4);
    spend(4, '2026-03-10', mirror.chat(mirror.user(resgpt, 'Eve')));
    assert.deepEqual(
      rows(await cost(), 'by_instance').map(({ instance: name, cost: amount }) => [name, amount]),
      [
        ['resgpt', 8],
        ['fasgpt', 4],
      ],
    );
  });

  describe('looks at the month of the last sync', () => {
    /** 2 on workdays and 1 at weekends since 10 February; half of that on the day of the last sync, Friday 20 March. */
    async function month(asked: Asked = {}): Promise<ReportModel> {
      const other = await TestMirror.create();
      mirror.dispose();
      mirror = other;
      mirror.price('m', ONE_A_TOKEN);
      instance = mirror.instance('fasgpt', { lastSync: at('2026-03-20 12:00') });
      chat = mirror.chat(mirror.user(instance, 'Ann'));
      mirror.budget(67);
      for (let day = at('2026-02-10 10:00'); day < at('2026-03-20 00:00'); day += 86_400) {
        const isWeekend = [0, 6].includes(new Date(day * 1000).getUTCDay());
        mirror.turn(chat, day, { model: 'm', input: isWeekend ? 1 : 2, output: 0 });
      }
      mirror.turn(chat, at('2026-03-20 10:00'), { model: 'm', input: 0, output: 1 });
      return cost({ now: at('2026-03-20 12:30'), ...asked });
    }

    it('with what it cost so far, what it will cost and how much of the budget that is', async () => {
      const model = await month();
      // 1 to 19 March: 14 workdays and 5 days of weekends; the day of the sync so far: 1.
      assert.equal(total(model, 'month_to_date_cost'), 34);
      // The 12 open days from the 20th on: 8 workdays and 4 days of weekends.
      assert.equal(total(model, 'cost_forecast'), 33 + 20);
      assert.equal(total(model, 'budget_used'), 34 / 67);
      assert.equal(tile(model, 'budget_used').note, 'of 67.00 USD for the month');
    });

    it('whatever the period', async () => {
      const model = await month({ period: { kind: 'days', from: '2026-02-10', to: '2026-02-12' } });
      assert.equal(total(model, 'cost'), 6);
      assert.equal(total(model, 'month_to_date_cost'), 34);
    });

    it('without a budget where only a part of the cost is shown', async () => {
      assert.equal(total(await month({ filter: { roles: ['user'] } }), 'budget_used'), null);
    });

    it('and draws the budget as a level: its part of a day', async () => {
      const model = await month({ unit: 'day' });
      const [step] = rows(model, 'steps');
      assert.equal(step?.['budget'], (67 * 12) / 365.25);
    });
  });

  describe('reads messages', () => {
    /** Steps of a plan that read messages of the period; those of bills are found by model and day. */
    function steps(id: string, access: Access): string[] {
      const dataset = costReport.datasets[id];
      assert.ok(dataset !== undefined && 'sql' in dataset);
      const bound = { instances: '[]', users: '[]', groups: '[]', roles: '[]', models: '[]', buckets: '[]' };
      return mirror
        .plan(expandSql(dataset.sql, { access, filter: {} }), bound)
        .filter((step) => /^(?:SCAN|SEARCH) m /u.test(step) && !/models_1|model_id=\?/u.test(step));
    }

    function assertAll(id: string, access: Access, part: string): void {
      const found = steps(id, access);
      assert.ok(found.length > 0 && found.every((step) => step.includes(part)), `${id}: ${found.join('; ')}`);
    }

    it('of a long period from an index alone, and of conversations chat by chat', () => {
      for (const id of [
        'spent',
        'estimates',
        'by_bucket',
        'by_model',
        'by_user',
        'by_group',
        'by_instance',
        'unpriced',
      ]) {
        assertAll(id, 'scan', 'COVERING INDEX');
      }
      for (const id of ['chat_spread', 'chats']) {
        assert.deepEqual(steps(id, 'scan'), ['SEARCH m USING INDEX message_by_chat (chat_id=?)'], id);
      }
    });

    it('of a short period by their days', () => {
      for (const id of [
        'spent',
        'by_bucket',
        'by_model',
        'by_user',
        'by_group',
        'chat_spread',
        'chats',
        'unpriced',
      ]) {
        assertAll(id, 'index', 'message_by_day (day>? AND day<?)');
      }
    });
  });
});
