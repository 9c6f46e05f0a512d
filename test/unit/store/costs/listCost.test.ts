import assert from 'node:assert/strict';
import { rowsOf } from '../../../../src/store/resultSet';
import { TestMirror, at, type MessageOptions } from '../../reports/mirror';

const NOON = at('2026-03-10 12:00');
/** 700 uncached, 300 cached, 200 output tokens. */
const USAGE = { input: 1000, cached: 300, output: 200 } as const;

describe('what a generation costs by list price', () => {
  let mirror: TestMirror;
  let fasgpt: number;
  let chat: number;

  beforeEach(async () => {
    mirror = await TestMirror.create('Asia/Kolkata');
    fasgpt = mirror.instance('fasgpt');
    chat = mirror.chat(mirror.user(fasgpt, 'Ann'));
  });
  afterEach(() => mirror.dispose());

  const answer = (options: MessageOptions, epoch = NOON, inChat = chat): number =>
    mirror.message(inChat, epoch, { role: 'assistant', model: 'm', ...USAGE, ...options });

  async function costs(): Promise<unknown[][]> {
    const result = await mirror.query(
      'SELECT generation_id, currency, cost, cost_source FROM v_cost ORDER BY generation_id',
    );
    return rowsOf(result).map((row) => Object.values(row).slice(1));
  }

  async function cost(): Promise<unknown> {
    return (await costs()).map(([, value]) => value)[0];
  }

  it('is uncached input, cached input, output and the request at their prices', async () => {
    mirror.price('m', { input: 10, cached: 1, output: 20, perRequest: 0.5 });
    answer({});
    // (700 x 10 + 300 x 1 + 200 x 20) / 1,000,000 + 0.5
    assert.deepEqual(await costs(), [['USD', 0.5113, 'list']]);
  });

  it('takes cached input for any other where it has no price of its own, and none where it is not told', async () => {
    mirror.price('m', { input: 10, cached: null, output: 20 });
    mirror.price('n', { input: 10, cached: 1, output: 20 });
    answer({});
    answer({ model: 'n', cached: null });
    assert.deepEqual(await costs(), [
      ['USD', 0.014, 'list'],
      ['USD', 0.014, 'list'],
    ]);
  });

  it('is unknown without a price, without usage and without a model, never 0 (trap 5)', async () => {
    mirror.price('m', { input: 10, output: 20 });
    answer({ model: 'nameless' });
    answer({ model: null });
    answer({ input: null, cached: null, output: null });
    answer({ input: null, cached: null });
    answer({ output: null });
    assert.deepEqual(await costs(), Array(5).fill([null, null, 'unknown']));
  });

  it('is 0 where a price says so, tokens known or not', async () => {
    mirror.price('m', { input: 0, output: 0 });
    answer({});
    answer({ input: null, output: null });
    assert.deepEqual(await costs(), Array(2).fill(['USD', 0, 'list']));
  });

  it('leaves copies and turns out, not deleted messages', async () => {
    mirror.price('m', { input: 10, output: 0 });
    answer({ isDeleted: true });
    answer({ isCopy: true });
    mirror.message(chat, NOON);
    assert.deepEqual(await costs(), [['USD', 0.01, 'list']]);
  });

  describe('finds the price', () => {
    it('of the UTC day, whatever the mirror’s zone: the newest that is not after it', async () => {
      mirror.price('m', { from: '2026-03-01', input: 1 });
      mirror.price('m', { from: '2026-03-11', input: 2 });
      answer({}, at('2026-02-28 23:59'));
      answer({}, at('2026-03-01 00:00'));
      // In Kolkata it is 11 March already.
      answer({}, at('2026-03-10 23:59'));
      answer({}, at('2026-03-11 00:00'));
      assert.deepEqual(
        (await costs()).map(([, value]) => value),
        [null, 0.001, 0.001, 0.002],
      );
    });

    it('of the instance before the general one, also where that is newer', async () => {
      mirror.price('m', { instance: fasgpt, from: '2026-01-01', input: 5 });
      mirror.price('m', { from: '2026-02-01', input: 7 });
      const other = mirror.chat(mirror.user(mirror.instance('resgpt'), 'Eve'));
      answer({});
      answer({}, NOON, other);
      assert.deepEqual(
        (await costs()).map(([, value]) => value),
        [0.005, 0.007],
      );
    });

    it('the general one on days before the instance has its own', async () => {
      mirror.price('m', { instance: fasgpt, from: '2026-03-20', input: 5 });
      mirror.price('m', { from: '2026-01-01', input: 7 });
      answer({});
      answer({}, at('2026-03-20 12:00'));
      assert.deepEqual(
        (await costs()).map(([, value]) => value),
        [0.007, 0.005],
      );
    });

    it('never of another instance, and never a removed one', async () => {
      mirror.price('m', { instance: mirror.instance('resgpt'), input: 5 });
      mirror.price('m', { input: 7, isDeleted: true });
      answer({});
      assert.equal(await cost(), null);
    });

    it('of the base model, and of its base, where a preset has none of its own', async () => {
      mirror.model(fasgpt, 'preset', 'middle');
      mirror.model(fasgpt, 'middle', 'm');
      mirror.price('m', { input: 3 });
      answer({ model: 'preset' });
      assert.equal(await cost(), 0.003);
    });

    it('of the preset before its base model’s, from the day it begins', async () => {
      mirror.model(fasgpt, 'preset', 'm');
      mirror.price('m', { instance: fasgpt, from: '2026-01-01', input: 3 });
      mirror.price('preset', { from: '2026-03-10', input: 4 });
      answer({ model: 'preset' }, at('2026-03-09 12:00'));
      answer({ model: 'preset' }, at('2026-03-10 12:00'));
      assert.deepEqual(
        (await costs()).map(([, value]) => value),
        [0.003, 0.004],
      );
    });

    it('of no base model that another instance has under the same name', async () => {
      mirror.model(mirror.instance('resgpt'), 'preset', 'm');
      mirror.price('m', { input: 3 });
      answer({ model: 'preset' });
      assert.equal(await cost(), null);
    });

    it('once, where models are made of each other or of themselves', async () => {
      mirror.model(fasgpt, 'a', 'b');
      mirror.model(fasgpt, 'b', 'a');
      mirror.model(fasgpt, 'm', 'm');
      mirror.price('a', { input: 1 });
      mirror.price('b', { input: 2 });
      mirror.price('m', { input: 3 });
      answer({ model: 'a' });
      answer({ model: 'b' });
      answer({});
      assert.deepEqual(
        (await costs()).map(([, value]) => value),
        [0.001, 0.002, 0.003],
      );
    });

    it('in the currency of that day', async () => {
      mirror.price('m', { from: '2026-03-01', input: 1, currency: 'EUR' });
      mirror.price('m', { from: '2026-03-11', input: 2, currency: 'USD' });
      answer({});
      answer({}, at('2026-03-11 12:00'));
      assert.deepEqual(await costs(), [
        ['EUR', 0.001, 'list'],
        ['USD', 0.002, 'list'],
      ]);
    });
  });
});
