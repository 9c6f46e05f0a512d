import assert from 'node:assert/strict';
import { rowsOf } from '../../../../src/store/resultSet';
import { TestMirror, at, type MessageOptions } from '../../reports/mirror';

const DAY = '2026-03-10';

describe('what a generation costs where a cloud billed', () => {
  let mirror: TestMirror;
  let fasgpt: number;
  let chat: number;

  beforeEach(async () => {
    mirror = await TestMirror.create('America/New_York');
    fasgpt = mirror.instance('fasgpt');
    chat = mirror.chat(mirror.user(fasgpt, 'Ann'));
  });
  afterEach(() => mirror.dispose());

  const answer = (options: MessageOptions, time = `${DAY} 12:00`): number =>
    mirror.message(chat, at(time), { role: 'assistant', model: 'm', ...options });

  async function costs(): Promise<unknown[][]> {
    mirror.spread();
    const result = await mirror.query(
      'SELECT currency, cost, cost_source FROM v_cost ORDER BY generation_id',
    );
    return rowsOf(result).map((row) => Object.values(row));
  }
  const shares = async (): Promise<unknown[][]> =>
    rowsOf(
      await mirror.query(
        'SELECT kind, instance_id, model_id, method, reason, cost FROM cost_shares ORDER BY cost_id, part',
      ),
    ).map((row) => Object.values(row));

  it('is its part of the day’s bill by list cost, and the parts sum to the bill', async () => {
    mirror.price('m', { input: 10, output: 20 });
    answer({ input: 100, output: 100 }); // 0.003 by list
    answer({ input: 300, output: 300 }); // 0.009
    mirror.bill(fasgpt, 'm', DAY, 0.8);
    assert.deepEqual(await costs(), [
      ['USD', 0.2, 'billed'],
      ['USD', 0.6, 'billed'],
    ]);
    assert.deepEqual(await shares(), [['allocated', fasgpt, 'm', 'listCost', null, 0.8]]);
  });

  it('keeps the list cost beside it, for comparing the two', async () => {
    mirror.price('m', { input: 10, currency: 'EUR' });
    answer({ input: 100, output: 0 });
    mirror.bill(fasgpt, 'm', DAY, 0.8);
    mirror.spread();
    const [row] = rowsOf(await mirror.query('SELECT currency, billed_cost, list_cost, cost FROM v_cost'));
    assert.deepEqual(row, { currency: 'USD', billed_cost: 0.8, list_cost: 0.001, cost: 0.8 });
  });

  it('goes by tokens where the model has no list price, or costs nothing', async () => {
    answer({ input: 100, output: 0 });
    answer({ input: 100, output: 200 });
    mirror.bill(fasgpt, 'm', DAY, 4);
    const expected = [
      ['USD', 1, 'billed'],
      ['USD', 3, 'billed'],
    ];
    assert.deepEqual(await costs(), expected);
    mirror.price('m', { input: 0, output: 0 });
    assert.deepEqual(await costs(), expected);
  });

  it('goes to those whose tokens are known; of the others it stays unknown', async () => {
    mirror.price('m', { input: 10, output: 10 });
    answer({ input: 100, output: 0 });
    answer({ input: null, output: null });
    mirror.bill(fasgpt, 'm', DAY, 4);
    assert.deepEqual(await costs(), [
      ['USD', 4, 'billed'],
      [null, null, 'unknown'],
    ]);
  });

  it('is even where no tokens are known at all, so that the bill is not lost', async () => {
    answer({});
    answer({});
    mirror.bill(fasgpt, 'm', DAY, 4);
    assert.deepEqual(await costs(), Array(2).fill(['USD', 2, 'billed']));
    assert.deepEqual(await shares(), [['allocated', fasgpt, 'm', 'even', null, 4]]);
  });

  it('covers that UTC day, that model and that instance alone', async () => {
    mirror.price('m', { input: 10 });
    mirror.price('other', { input: 10 });
    const tokens = { input: 100, output: 0 };
    answer(tokens, '2026-03-09 23:59');
    answer(tokens, '2026-03-10 00:00');
    answer(tokens, '2026-03-10 23:59');
    answer(tokens, '2026-03-11 00:00');
    answer({ ...tokens, model: 'other' });
    mirror.bill(fasgpt, 'm', DAY, 8);
    mirror.bill(mirror.instance('resgpt'), 'other', DAY, 100);
    assert.deepEqual(
      (await costs()).map(([, cost, source]) => [cost, source]),
      [
        [0.001, 'list'],
        [4, 'billed'],
        [4, 'billed'],
        [0.001, 'list'],
        [0.001, 'list'],
      ],
    );
  });

  it('adds resources and refunds of use up, and passes removed rows over', async () => {
    answer({ input: 1, output: 1 });
    mirror.bill(fasgpt, 'm', DAY, 8, { resource: 'a' });
    mirror.bill(fasgpt, 'm', DAY, -3, { resource: 'b' });
    mirror.bill(fasgpt, 'm', DAY, 100, { resource: 'c', isDeleted: true });
    mirror.bill(fasgpt, 'm', DAY, -50, { resource: 'd', chargeType: 'Refund' });
    assert.deepEqual(await costs(), [['USD', 5, 'billed']]);
    assert.deepEqual((await shares()).at(-1), ['other', null, null, null, 'otherCharge', -50]);
  });

  it('covers presets of the billed model', async () => {
    mirror.model(fasgpt, 'preset', 'm');
    mirror.price('m', { input: 10 });
    answer({ input: 100, output: 0 });
    answer({ input: 300, output: 0, model: 'preset' });
    mirror.bill(fasgpt, 'm', DAY, 4);
    assert.deepEqual(
      (await costs()).map(([, cost]) => cost),
      [1, 3],
    );
  });

  it('goes by tokens where presets have list prices in several currencies', async () => {
    mirror.model(fasgpt, 'preset', 'm');
    mirror.price('m', { input: 10, currency: 'EUR' });
    mirror.price('preset', { input: 90, currency: 'USD' });
    answer({ input: 100, output: 0 });
    answer({ input: 300, output: 0, model: 'preset' });
    mirror.bill(fasgpt, 'm', DAY, 4, { currency: 'USD' });
    assert.deepEqual(await costs(), [
      ['USD', 1, 'billed'],
      ['USD', 3, 'billed'],
    ]);
  });

  it('is in one currency for a model and day; what is billed in another one stays unallocated', async () => {
    answer({ input: 100, output: 0 });
    mirror.bill(fasgpt, 'm', DAY, 4, { resource: 'a', currency: 'USD' });
    mirror.bill(fasgpt, 'm', DAY, 9, { resource: 'b', currency: 'EUR' });
    mirror.bill(fasgpt, 'm', DAY, 1, { resource: 'c', currency: 'USD' });
    assert.deepEqual(await costs(), [['USD', 5, 'billed']]);
    assert.deepEqual((await shares())[1], ['unallocated', fasgpt, null, null, 'anotherCurrency', 9]);
  });

  it('follows a price that is confirmed later, where it goes by list cost', async () => {
    answer({ input: 100, output: 0 });
    answer({ input: 0, output: 100 });
    mirror.bill(fasgpt, 'm', DAY, 4);
    const amounts = async (): Promise<unknown[]> => (await costs()).map(([, cost]) => cost);
    assert.deepEqual(await amounts(), [2, 2]);
    mirror.price('m', { input: 1, output: 3 });
    assert.deepEqual(await amounts(), [1, 3]);
  });

  it('follows the cost type that the reports use', async () => {
    answer({ input: 100, output: 0 });
    mirror.bill(fasgpt, 'm', DAY, 4);
    mirror.bill(fasgpt, 'm', DAY, 3, { costType: 'amortized' });
    assert.deepEqual(await costs(), [['USD', 4, 'billed']]);
    mirror.run(`UPDATE analysis_settings SET cost_type = 'amortized'`);
    assert.deepEqual(await costs(), [['USD', 3, 'billed']]);
  });

  it('says whether the bill of its month may change', async () => {
    answer({ input: 100, output: 0 });
    mirror.bill(fasgpt, 'm', DAY, 4, { isOpen: true });
    mirror.spread();
    const result = await mirror.query('SELECT billed_is_final FROM v_cost');
    assert.deepEqual(rowsOf(result), [{ billed_is_final: 0 }]);
  });

  it('sums to the bill for any mix of usage', async () => {
    mirror.price('m', { input: 3, cached: 1, output: 7 });
    for (let index = 1; index <= 50; index++) {
      answer({ input: index * 37, cached: index * 11, output: (index * index) % 97 });
    }
    mirror.bill(fasgpt, 'm', DAY, 12.34567891);
    mirror.spread();
    const [row] = rowsOf(await mirror.query('SELECT SUM(cost_e8) AS total FROM generation_costs'));
    assert.equal(row?.['total'], 1_234_567_891);
  });
});
