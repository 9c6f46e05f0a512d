import assert from 'node:assert/strict';
import { expandSql, NO_FILTER } from '../../../../src/reports/sqlTemplate';
import { rowsOf } from '../../../../src/store/resultSet';
import { TestMirror, at } from '../mirror';

const PARAMETERS = { from_day: 0, to_day: 99_999 } as const;

/** Numbers from 0 up to a limit, always the same ones. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}

/** Generations with and without usage, prices, presets, bills and copies, around UTC midnights of several days. */
async function randomMirror(seed: number): Promise<TestMirror> {
  const pick = generator(seed);
  const mirror = await TestMirror.create('America/St_Johns');
  const instances = [mirror.instance('fasgpt'), mirror.instance('resgpt')];
  const models = ['a', 'b', 'c', 'preset', 'free', 'unpriced'];
  for (const instance of instances) {
    mirror.model(instance, 'preset', 'a');
    const chats = [1, 2, 3].map((user) => mirror.chat(mirror.user(instance, `User ${user}`)));
    for (let index = 0; index < 150; index++) {
      const isKnown = pick(4) > 0;
      mirror.message(chats[pick(3)] ?? 0, at('2026-03-08 00:00') + pick(5 * 86_400), {
        role: 'assistant',
        model: pick(20) === 0 ? null : (models[pick(models.length)] ?? null),
        input: isKnown ? pick(10_000) + 500 : null,
        cached: isKnown && pick(2) === 0 ? pick(500) : null,
        output: isKnown && pick(10) > 0 ? pick(2_000) : null,
        isCopy: pick(10) === 0,
        isDeleted: pick(10) === 0,
      });
    }
  }
  mirror.price('a', { from: '2026-03-01', input: 3, cached: 1, output: 9 });
  mirror.price('a', { from: '2026-03-10', input: 4, output: 8, perRequest: 0.01 });
  mirror.price('a', {
    instance: instances[1] ?? 0,
    from: '2026-03-09',
    input: 5,
    output: 7,
    currency: 'EUR',
  });
  mirror.price('b', { from: '2026-03-10', input: 2, output: 2 });
  mirror.price('free', { input: 0, output: 0 });
  for (const [model, day] of [
    ['a', '2026-03-09'],
    ['b', '2026-03-09'],
    ['b', '2026-03-11'],
    ['free', '2026-03-10'],
  ] as const) {
    mirror.bill(instances[0] ?? 0, model, day, 12.5);
    mirror.bill(instances[1] ?? 0, model, day, 1 / 3, { costType: 'amortized' });
  }
  mirror.bill(instances[1] ?? 0, 'a', '2026-03-10', -0.00000007, { driver: 'even', isOpen: true });
  mirror.bill(instances[1] ?? 0, 'c', '2026-03-10', 3, { driver: 'turns', currency: 'EUR', isOpen: true });
  mirror.bill(instances[1] ?? 0, 'unpriced', '2026-03-11', 2, { driver: 'tokens' });
  mirror.spread();
  // As if some were billed in a month of another scope that is open still.
  mirror.run('UPDATE generation_costs SET is_final = generation_id % 2');
  return mirror;
}

/** Every column that can be summed, by instance, model, UTC day and what else is named. */
function sums(table: string, keys: string): string {
  return expandSql(
    `SELECT ${keys}, MAX(c.currency) AS currency, SUM(c.generations) AS generations,
      SUM(c.known_generations) AS known, SUM(c.tokens) AS tokens, COUNT(DISTINCT c.currency) AS currencies,
      ROUND(SUM(c.cost), 9) AS cost, ROUND(SUM(c.billed_cost), 9) AS billed,
      ROUND({{provisional_cost}}, 9) AS provisional, ROUND({{billed_coverage}}, 9) AS billed_part,
      ROUND(SUM(c.cost) FILTER (WHERE c.billed_cost IS NULL), 9) AS list
    FROM ${table} c WHERE TRUE GROUP BY ${keys} ORDER BY ${keys}`,
    NO_FILTER,
  );
}

describe('costs that are summed beforehand', () => {
  for (const seed of [1, 2, 3]) {
    for (const column of ['user_id', 'day', 'chat_id']) {
      it(`equal the same sums over v_cost by ${column} (mirror ${seed})`, async () => {
        const mirror = await randomMirror(seed);
        const instances = JSON.stringify(
          rowsOf(await mirror.query('SELECT id FROM instances')).map(({ id }) => id),
        );
        const keys = `c.instance_id, c.model_id, c.utc_day, c.${column}`;
        const read = async (table: string): Promise<unknown[]> =>
          rowsOf(await mirror.query(sums(table, keys), { ...PARAMETERS, instances }));
        const beforehand = await read(`{{costs(in_period, ${column})}}`);
        const each = await read('main.v_cost');
        assert.ok(each.length > 60);
        assert.deepEqual(beforehand, each);
        mirror.dispose();
      });
    }
  }

  it('leave out what the filter leaves out', async () => {
    const mirror = await randomMirror(1);
    const sql = expandSql(
      'SELECT SUM(c.generations) AS n, COUNT(DISTINCT c.model_id) AS models FROM {{costs(in_period)}} c',
      {
        access: 'index',
        filter: { models: ['a'], withoutDeleted: true },
      },
    );
    const parameters = { from_day: 0, to_day: 99_999, instances: '[1]', models: '["a"]' };
    const [row] = rowsOf(await mirror.query(sql, parameters));
    const [expected] = rowsOf(
      await mirror.query(
        `SELECT COUNT(*) AS n, 1 AS models FROM v_cost WHERE model_id = 'a' AND is_deleted = 0 AND instance_id = 1`,
      ),
    );
    assert.deepEqual(row, expected);
    mirror.dispose();
  });

  it('know their spans', () => {
    assert.throws(() => expandSql('SELECT * FROM {{costs(ever)}} c'), /"ever" is no span of costs/);
  });
});
