import assert from 'node:assert/strict';
import {
  chosenPrices,
  isTyped,
  priceItems,
  typedValue,
  wayItems,
} from '../../../src/extension/costs/priceItems';
import { parseBudgetText } from '../../../src/reports/cost/budgetText';
import { proposalsOf, type ModelSeen } from '../../../src/reports/cost/modelsSeen';
import type { StoredPrice } from '../../../src/store/costs/readCosts';

const TODAY = '2026-03-31';

const seen = (modelId: string, changes: Partial<ModelSeen> = {}): ModelSeen => ({
  modelId,
  generations: 12,
  unpriced: 12,
  firstUsed: '2026-01-05',
  isLocal: false,
  ...changes,
});

const OWN: StoredPrice = {
  modelId: 'own',
  validFrom: '2026-02-01',
  currency: 'EUR',
  inputPerMillion: 1,
  outputPerMillion: 2,
  perRequest: 0.5,
  source: 'admin',
  confirmedAt: '2026-02-01 10:00:00',
};

const [gpt, own, llama] = proposalsOf(
  [seen('gpt-4o'), seen('own', { unpriced: 0 }), seen('llama3:8b', { unpriced: 1, isLocal: true })],
  [OWN],
);
assert.ok(gpt && own && llama);

describe('confirming prices', () => {
  it('shows each model with its price or the proposal, and marks what only needs a yes', () => {
    assert.deepEqual(
      priceItems([gpt, own, llama]).map(({ label, description, detail, picked }) => ({
        label,
        description,
        detail,
        picked,
      })),
      [
        {
          label: 'gpt-4o',
          description: 'proposed: 2.5 / 1.25 / 10 USD per million tokens',
          detail: '12 generations without a price',
          picked: true,
        },
        {
          label: 'own',
          description: '1 / 2 EUR per million tokens, and 0.5 EUR per request since 2026-02-01',
          detail: '12 generations',
          picked: false,
        },
        {
          label: 'llama3:8b',
          description: 'no price',
          detail: '1 generation without a price · runs on Ollama',
          picked: false,
        },
      ],
    );
  });

  it('offers the proposals only where there are some, and says what they are', () => {
    assert.deepEqual(
      wayItems([own, llama]).map(({ value }) => value),
      ['typed', 'free'],
    );
    const [proposed] = wayItems([gpt, llama]);
    assert.ok(proposed);
    assert.equal(proposed.description, '1 model');
    assert.match(
      proposed.detail,
      /public list price of \d{4}-\d\d-\d\d, a starting point.*asked for 1 other price/,
    );
  });

  it('asks for a price where it is to be typed or the list has none, beginning with what is known', () => {
    assert.deepEqual(
      [gpt, llama].map((proposal) => [
        isTyped(proposal, 'starter'),
        isTyped(proposal, 'typed'),
        isTyped(proposal, 'free'),
      ]),
      [
        [false, true, false],
        [true, true, false],
      ],
    );
    assert.deepEqual([gpt, own, llama].map(typedValue), ['2.5 / 1.25 / 10 USD', '1 / 2 EUR', '']);
  });

  it('makes prices of proposals and of what was typed, from the first use or from today', () => {
    const typed = new Map([['own', '3 / 4 EUR']]);
    assert.deepEqual(chosenPrices([gpt, own], 'starter', typed, 'usual', TODAY), [
      {
        modelId: 'gpt-4o',
        validFrom: '2026-01-05',
        currency: 'USD',
        inputPerMillion: 2.5,
        cachedPerMillion: 1.25,
        outputPerMillion: 10,
        source: 'starter',
      },
      {
        modelId: 'own',
        validFrom: TODAY,
        currency: 'EUR',
        inputPerMillion: 3,
        outputPerMillion: 4,
        source: 'admin',
      },
    ]);
  });

  it('fills days without a price from the first use on, where there is a price for later ones', () => {
    const [gap] = proposalsOf([seen('own', { unpriced: 3 })], [OWN]);
    assert.ok(gap);
    const starts = (['usual', 'today'] as const).map(
      (start) => chosenPrices([gap], 'free', new Map(), start, TODAY)[0]?.validFrom,
    );
    assert.deepEqual(starts, ['2026-01-05', TODAY]);
  });

  it('makes a model free only by a price of 0', () => {
    const [price] = chosenPrices([llama], 'free', new Map(), { date: '2026-03-01' }, TODAY);
    assert.deepEqual(price, {
      modelId: 'llama3:8b',
      validFrom: '2026-03-01',
      currency: 'USD',
      inputPerMillion: 0,
      cachedPerMillion: 0,
      outputPerMillion: 0,
      perRequest: 0,
      source: 'admin',
    });
  });
});

describe('a typed budget', () => {
  it('is an amount and a currency; nothing is none', () => {
    assert.deepEqual(parseBudgetText('500 eur'), { monthlyAmount: 500, currency: 'EUR' });
    assert.deepEqual(parseBudgetText('99.5'), { monthlyAmount: 99.5, currency: 'USD' });
    assert.equal(parseBudgetText('  '), undefined);
    assert.throws(() => parseBudgetText('much'), /The budget must be a number|no currency code/);
    assert.throws(() => parseBudgetText('0 USD'), /A budget must be above 0/);
  });
});
