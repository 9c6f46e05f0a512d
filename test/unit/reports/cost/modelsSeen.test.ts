import assert from 'node:assert/strict';
import { proposalsOf, readModelsSeen, usualStart } from '../../../../src/reports/cost/modelsSeen';
import { readBudgets, readPrices } from '../../../../src/store/costs/readCosts';
import { TestMirror, at } from '../mirror';

describe('the models that a price is asked for', () => {
  let mirror: TestMirror;
  let fasgpt: number;
  let resgpt: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    fasgpt = mirror.instance('fasgpt');
    resgpt = mirror.instance('resgpt');
  });
  afterEach(() => mirror.dispose());

  function answers(instance: number, model: string | null, days: readonly string[]): void {
    const chat = mirror.chat(mirror.user(instance, 'Ann'));
    days.forEach((day) =>
      mirror.message(chat, at(`${day} 10:00`), { role: 'assistant', model, input: 10, output: 10 }),
    );
  }

  it('are those that answered on any instance, presets as what they are made of', async () => {
    mirror.model(fasgpt, 'helper', 'gpt-4o');
    mirror.model(fasgpt, 'never-used');
    answers(fasgpt, 'helper', ['2026-03-02']);
    answers(resgpt, 'gpt-4o', ['2026-03-05', '2026-03-06']);
    answers(fasgpt, null, ['2026-03-01']);
    assert.deepEqual(await readModelsSeen(mirror), [
      { modelId: 'gpt-4o', generations: 3, unpriced: 3, firstUsed: '2026-03-02', isLocal: false },
    ]);
  });

  it('come with most generations on days without a price first', async () => {
    answers(fasgpt, 'a', ['2026-03-01', '2026-03-02', '2026-03-03']);
    answers(fasgpt, 'b', ['2026-03-01', '2026-03-02']);
    mirror.price('a', { from: '2026-03-02' });
    const seen = await readModelsSeen(mirror);
    assert.deepEqual(
      seen.map(({ modelId, generations, unpriced }) => [modelId, generations, unpriced]),
      [
        ['b', 2, 2],
        ['a', 3, 1],
      ],
    );
  });

  it('have a starter price, the general price in force, and the day from which a new one counts', async () => {
    answers(fasgpt, 'gpt-4o', ['2026-03-01']);
    answers(fasgpt, 'own-model', ['2026-03-02']);
    mirror.price('own-model', { from: '2026-03-01', input: 1 });
    mirror.price('own-model', { from: '2026-03-20', input: 2 });
    mirror.price('own-model', { instance: fasgpt, from: '2026-03-25', input: 3 });
    const proposals = proposalsOf(await readModelsSeen(mirror), await readPrices(mirror));
    assert.deepEqual(
      proposals.map((proposal) => ({
        model: proposal.model.modelId,
        starter: proposal.starter?.input,
        current: proposal.current?.inputPerMillion,
        from: usualStart(proposal, '2026-03-31'),
      })),
      [
        { model: 'gpt-4o', starter: 2.5, current: undefined, from: '2026-03-01' },
        { model: 'own-model', starter: undefined, current: 2, from: '2026-03-31' },
      ],
    );
  });

  it('are read with prices and budgets that were not removed', async () => {
    mirror.price('m', { instance: fasgpt, input: 1, cached: 0.5 });
    mirror.price('m', { from: '2026-01-01', isDeleted: true });
    mirror.budget(100);
    mirror.budget(20, fasgpt, 'EUR');
    assert.deepEqual(
      (await readPrices(mirror)).map(({ modelId, instance, cachedPerMillion }) => [
        modelId,
        instance,
        cachedPerMillion,
      ]),
      [['m', 'fasgpt', 0.5]],
    );
    assert.deepEqual(await readBudgets(mirror), [
      { instanceId: undefined, instance: undefined, currency: 'USD', monthlyAmount: 100 },
      { instanceId: fasgpt, instance: 'fasgpt', currency: 'EUR', monthlyAmount: 20 },
    ]);
  });
});
