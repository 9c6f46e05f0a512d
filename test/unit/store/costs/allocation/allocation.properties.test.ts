import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BilledRow, UsedGeneration } from '../../../../../src/store/costs/allocation/allocationTypes';
import { largestRemainder } from '../../../../../src/store/costs/allocation/largestRemainder';
import { ACCOUNT, allocate, billed, used } from './builders';

const METERS = [
  ...['gpt 4o 0806 Inp glbl Tokens', 'gpt 4o 0806 cached Inp glbl Tokens', 'gpt 4o 0806 Outp glbl Tokens'],
  ...[
    'gpt 4o 0513 Input regional Tokens',
    'gpt-4o-mini-0718-Inp-glbl Tokens',
    'gpt 4o Batch Inp glbl Tokens',
  ],
  ...['Provisioned Managed Global Unit', 'Claude Consumption Units', 'by turns', 'by users', 'Basic Unit'],
];
const SHARED = ACCOUNT.replace('/one', '/shared');
const MAPPING = {
  resources: [
    { resource: ACCOUNT, instanceId: 1 },
    { resource: SHARED, instanceId: 1 },
    { resource: SHARED, instanceId: 2 },
  ],
  deployments: [{ resource: '', deployment: 'chat', model: 'gpt-4o', version: '2024-08-06' }],
  meters: [
    { meter: 'by turns', direction: 'fixed', driver: 'turns' },
    { meter: 'by users', direction: 'fixed', driver: 'activeUsers', models: ['gpt-4o'] },
  ],
} as const;

const row: fc.Arbitrary<Omit<BilledRow, 'id'>> = fc
  .record({
    costType: fc.constantFrom('actual', 'amortized'),
    resourceId: fc.constantFrom(ACCOUNT, SHARED, '/subscriptions/other', ''),
    meter: fc.constantFrom(...METERS),
    chargeType: fc.constantFrom('Usage', 'Usage', 'Usage', 'Purchase', 'usage'),
    currency: fc.constantFrom('EUR', 'EUR', 'USD'),
    costE8: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
    quantity: fc.option(fc.double({ min: -10, max: 1e6, noNaN: true }), { nil: undefined }),
    isFresh: fc.constantFrom(false, false, false, true),
    isFinal: fc.boolean(),
    isCounted: fc.constantFrom(true, true, true, false),
    erased: fc.option(
      fc
        .record({
          erasedE8: fc.bigInt({ min: 1n, max: 10n ** 17n }),
          othersE8: fc.bigInt({ min: 0n, max: 10n ** 17n }),
        })
        .map((part) => new Map([[1, part]])),
      { nil: undefined },
    ),
  })
  .map((changes) => billed(changes));

const tokens = fc.option(fc.nat(1_000_000), { nil: undefined });
const generation: fc.Arbitrary<Omit<UsedGeneration, 'id'>> = fc
  .record({
    instanceId: fc.constantFrom(1, 2, 3),
    modelIds: fc.constantFrom<readonly string[]>(
      ...[['gpt-4o'], ['preset', 'gpt-4o'], ['chat'], ['gpt-4o-mini'], ['claude-opus-4'], ['llama3'], []],
    ),
    userId: fc.nat(3),
    turnId: fc.nat(5),
    inputTokens: tokens,
    cachedTokens: tokens,
    outputTokens: tokens,
    listCost: fc.option(
      fc.record({ currency: fc.constant('USD'), amount: fc.double({ min: 0, max: 10, noNaN: true }) }),
      {
        nil: undefined,
      },
    ),
  })
  .map((changes) => used(changes));

const numbered = <T>(items: readonly T[]): (T & { readonly id: number })[] =>
  items.map((item, index) => ({ ...item, id: index + 1 }));

const day = fc.record({
  rows: fc.array(row, { maxLength: 12 }).map(numbered),
  generations: fc.array(generation, { maxLength: 25 }).map(numbered),
  mode: fc.constantFrom('auto', 'allocated', 'attributed'),
});

type Day = typeof day extends fc.Arbitrary<infer D> ? D : never;
const allocated = ({ rows, generations, mode }: Day): ReturnType<typeof allocate> =>
  allocate(rows, generations, { mapping: MAPPING, mode });

/** Sums by what names them; nothing that adds up to 0. */
function sumsBy<T extends { readonly costE8: bigint }>(
  items: readonly T[],
  nameOf: (item: T) => string,
): object {
  const sums = new Map<string, bigint>();
  for (const item of items) {
    sums.set(nameOf(item), (sums.get(nameOf(item)) ?? 0n) + item.costE8);
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('Spreading any bill over any use', () => {
  const always = (property: (asked: Day) => void): void => {
    fc.assert(fc.property(day, property), { numRuns: 300 });
  };

  it('gives each row shares that add up to it exactly', () => {
    always((asked) => {
      const { shares } = allocated(asked);
      assert.deepEqual(
        sumsBy(shares, ({ costId }) => String(costId)),
        sumsBy(asked.rows, ({ id }) => String(id)),
      );
      assert.deepEqual(new Set(shares.map(({ costId }) => costId)), new Set(asked.rows.map(({ id }) => id)));
      assert.equal(new Set(shares.map(({ costId, part }) => `${costId} ${part}`)).size, shares.length);
    });
  });

  it('gives generations of a model exactly what was allocated to it', () => {
    always((asked) => {
      const { shares, generations } = allocated(asked);
      const rows = new Map(asked.rows.map((item) => [item.id, item]));
      const used = new Map(asked.generations.map((item) => [item.id, item]));
      assert.deepEqual(
        sumsBy(generations, ({ generationId, costType, currency }) => {
          const { instanceId, modelIds } = used.get(generationId) ?? {};
          return [costType, currency, instanceId, modelIds?.[0] ?? ''].join();
        }),
        sumsBy(
          shares.filter(({ kind }) => kind === 'allocated'),
          ({ costId, instanceId, modelId = '' }) => {
            const { costType, currency } = rows.get(costId) ?? {};
            return [costType, currency, instanceId, modelId].join();
          },
        ),
      );
    });
  });

  it('never bills a model of an instance in two currencies, nor a generation twice', () => {
    always((asked) => {
      const { generations } = allocated(asked);
      const used = new Map(asked.generations.map((item) => [item.id, item]));
      const currencies = new Map<string, string>();
      for (const { generationId, costType, currency } of generations) {
        const { instanceId, modelIds } = used.get(generationId) ?? {};
        const name = [costType, instanceId, modelIds?.[0] ?? ''].join();
        assert.equal(currencies.get(name) ?? currency, currency);
        currencies.set(name, currency);
      }
      const names = generations.map(({ generationId, costType }) => `${generationId} ${costType}`);
      assert.equal(new Set(names).size, names.length);
    });
  });

  it('gives nothing to an instance that no billed resource serves, nor to a model that no meter counts', () => {
    always((asked) => {
      const used = new Map(asked.generations.map((item) => [item.id, item]));
      const isTokensOnly = asked.rows.every(({ meter }) => meter.includes('4o'));
      for (const { generationId } of allocated(asked).generations) {
        assert.notEqual(used.get(generationId)?.instanceId, 3);
        assert.ok(!isTokensOnly || used.get(generationId)?.modelIds[0] !== 'llama3');
      }
    });
  });

  it('does not depend on the order of rows and generations', () => {
    always((asked) => {
      const reversed = {
        ...asked,
        rows: asked.rows.toReversed(),
        generations: asked.generations.toReversed(),
      };
      assert.deepEqual(allocated(reversed), allocated(asked));
    });
  });
});

describe('Splitting an amount by weights', () => {
  it('adds up exactly, and differs from the exact part by less than one unit', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 })
      .filter((all) => all.some((weight) => weight > 0n));
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), weights, (amount, all) => {
        const parts = largestRemainder(amount, all);
        const total = all.reduce((sum, weight) => sum + weight, 0n);
        assert.equal(
          parts.reduce((sum, part) => sum + part, 0n),
          amount,
        );
        parts.forEach((part, index) => {
          const off = part * total - amount * (all[index] ?? 0n);
          assert.ok((off < 0n ? -off : off) < total);
        });
      }),
    );
  });

  it('gives the odd unit to the largest remainder, the first of equal ones', () => {
    assert.deepEqual(largestRemainder(10n, [1n, 1n, 1n]), [4n, 3n, 3n]);
    assert.deepEqual(largestRemainder(-10n, [1n, 1n, 1n]), [-4n, -3n, -3n]);
    assert.deepEqual(largestRemainder(5n, [1n, 3n]), [1n, 4n]);
    assert.throws(() => largestRemainder(5n, [0n]));
  });
});
