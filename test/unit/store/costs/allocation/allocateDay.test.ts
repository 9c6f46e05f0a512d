import assert from 'node:assert/strict';
import { ACCOUNT, allocate, billed, costsIn, sharesIn, used } from './builders';

const OUTPUT = 'gpt 4o 0806 Outp glbl Tokens';
const CACHED = 'gpt 4o 0806 cached Inp glbl Tokens';

describe('A bill of a day', () => {
  describe('for tokens of a model', () => {
    it('goes to its generations by their tokens of the direction', () => {
      const day = allocate(
        [billed({ costE8: 300n }), billed({ id: 2, meter: OUTPUT, costE8: 60n })],
        [
          used({ id: 1, inputTokens: 100, outputTokens: 40 }),
          used({ id: 2, inputTokens: 200, outputTokens: 20 }),
        ],
      );
      assert.deepEqual(sharesIn(day), [
        ['allocated', 'tokens', 1, 300],
        ['allocated', 'tokens', 1, 60],
      ]);
      assert.deepEqual(costsIn(day), { 1: 140, 2: 220 });
    });

    it('counts cached input apart where it has a meter', () => {
      const generations = [
        used({ id: 1, inputTokens: 100, cachedTokens: 80 }),
        used({ id: 2, inputTokens: 100, cachedTokens: 0 }),
      ];
      const apart = allocate(
        [billed({ costE8: 1_200n }), billed({ id: 2, meter: CACHED, costE8: 40n })],
        generations,
      );
      assert.deepEqual(costsIn(apart), { 1: 240, 2: 1_000 });
      assert.deepEqual(costsIn(allocate([billed({ costE8: 1_200n })], generations)), { 1: 600, 2: 600 });
    });

    it('counts cached input as any other where nobody knows how much of it there was', () => {
      const day = allocate(
        [billed({ costE8: 100n }), billed({ id: 2, meter: CACHED, costE8: 40n })],
        [used({ id: 1 }), used({ id: 2 })],
      );
      assert.deepEqual(costsIn(day), { 1: 70, 2: 70 });
    });

    it('goes to its generations also where its quantity is no number of tokens', () => {
      for (const quantity of [1e306, -1e306, 0, -5]) {
        assert.deepEqual(costsIn(allocate([billed({ costE8: 300n, quantity })], [used()])), { 1: 300 });
      }
    });

    it('goes to presets of the model, and to nobody who used another one', () => {
      const day = allocate(
        [billed({ costE8: 300n })],
        [
          used({ id: 1 }),
          used({ id: 2, modelIds: ['helper', 'gpt-4o'], inputTokens: 200 }),
          used({ id: 3, modelIds: ['gpt-4o-mini'] }),
          used({ id: 4, modelIds: ['gpt-4o-2024-05-13'] }),
          used({ id: 5, instanceId: 2 }),
          used({ id: 6, modelIds: [] }),
        ],
      );
      assert.deepEqual(costsIn(day), { 1: 100, 2: 200 });
    });

    it('goes to a deployment by what is said of its name, on its own resource', () => {
      const other = ACCOUNT.replace('/one', '/two');
      const mapping = {
        resources: [
          { resource: ACCOUNT, instanceId: 1 },
          { resource: other, instanceId: 1 },
        ],
        deployments: [
          { resource: ACCOUNT, deployment: 'chat', model: 'gpt-4o', version: '2024-08-06' },
          { resource: other, deployment: 'chat-two', model: 'gpt-4o' },
        ],
      };
      const day = allocate(
        [billed({ costE8: 100n }), billed({ id: 2, resourceId: other, costE8: 7n })],
        [used({ id: 1, modelIds: ['chat'] }), used({ id: 2, modelIds: ['azure.chat-two'] })],
        { mapping },
      );
      assert.deepEqual(costsIn(day), { 1: 100, 2: 7 });
    });

    it('of a shared resource goes to its instances by their tokens', () => {
      const mapping = { resources: [1, 2].map((instanceId) => ({ resource: ACCOUNT, instanceId })) };
      const day = allocate(
        [billed({ costE8: 1_000n })],
        [used({ id: 1, inputTokens: 300 }), used({ id: 2, instanceId: 2, inputTokens: 100 })],
        { mapping },
      );
      assert.deepEqual(sharesIn(day), [
        ['allocated', 'tokens', 1, 750],
        ['allocated', 'tokens', 2, 250],
      ]);
    });

    it('is even where no tokens are known, and named so', () => {
      const unknown = { inputTokens: undefined, outputTokens: undefined };
      const day = allocate([billed()], [used({ id: 1, ...unknown }), used({ id: 2, ...unknown })]);
      assert.deepEqual(sharesIn(day), [['allocated', 'even', 1, 1_000]]);
      assert.deepEqual(costsIn(day), { 1: 500, 2: 500 });
    });

    it('spreads what is given back as what is billed', () => {
      const day = allocate([billed({ costE8: -5n })], [used({ id: 1 }), used({ id: 2 })]);
      assert.deepEqual(costsIn(day), { 1: -3, 2: -2 });
    });

    it('makes known use of no cost billed, too', () => {
      const day = allocate([billed({ meter: OUTPUT })], [used({ id: 1 }), used({ id: 2, outputTokens: 0 })]);
      assert.deepEqual(costsIn(day), { 1: 1_000, 2: 0 });
    });
  });

  describe('of which not all is known use', () => {
    /** 1,000 of 2,000 billed tokens. */
    const half = [billed({ quantity: 2, costE8: 900n })];
    const own = [used({ inputTokens: 1_000 })];

    it('stays unallocated for the rest, below nine tenths', () => {
      assert.deepEqual(sharesIn(allocate(half, own)), [
        ['allocated', 'tokens', 1, 450],
        ['unallocated', 'otherUse', 1, 450],
      ]);
      assert.equal(allocate(half, own).shares[0]?.coverage, 0.5);
      const most = [billed({ quantity: 1.1, costE8: 900n })];
      assert.deepEqual(sharesIn(allocate(most, own)), [['allocated', 'tokens', 1, 900]]);
    });

    it('is spread as a person chose', () => {
      assert.equal(sharesIn(allocate(half, own, { mode: 'allocated' })).length, 1);
      const most = [billed({ quantity: 1.1, costE8: 1_100n })];
      assert.deepEqual(sharesIn(allocate(most, own, { mode: 'attributed' })), [
        ['allocated', 'tokens', 1, 1_000],
        ['unallocated', 'otherUse', 1, 100],
      ]);
    });

    it('is measured over all meters of the same tokens', () => {
      const day = allocate(
        [
          billed({ quantity: 1, costE8: 100n }),
          billed({ id: 2, meter: 'gpt 4o 0806 Inp Data Zone Tokens', quantity: 3, costE8: 400n }),
        ],
        own,
      );
      assert.deepEqual(
        day.shares.map(({ coverage }) => coverage),
        [0.25, 0.25, 0.25, 0.25],
      );
      assert.equal(costsIn(day)[1], 125);
    });

    it('is all allocated where the unit is not known, or cannot be right', () => {
      const nameless = [billed({ meter: 'gpt 4o 0806 Inp glbl', quantity: 2 })];
      assert.deepEqual(sharesIn(allocate(nameless, own)), [['allocated', 'tokens', 1, 1_000]]);
      assert.equal(allocate(nameless, own).shares[0]?.coverage, undefined);
      const wrong = allocate([billed({ quantity: 0.001 })], own);
      assert.equal(wrong.shares[0]?.coverage, undefined);
    });

    it('goes by the unit that the bill names before that of the meter', () => {
      const day = allocate([billed({ quantity: 0.002, unit: '1M' })], own);
      assert.equal(day.shares[0]?.coverage, 0.5);
    });
  });

  describe('that counts no tokens of a model', () => {
    const meter = 'Provisioned Managed Global Unit';
    const said = (
      driver: 'tokens' | 'turns' | 'activeUsers' | 'even' | 'listCost',
      models?: readonly string[],
    ) => ({
      mapping: { meters: [{ meter, direction: 'fixed' as const, driver, models }] },
    });

    it('goes by all tokens of the day, unless somebody said otherwise', () => {
      const use = [
        used({ id: 1, userId: 1, turnId: 7, inputTokens: 100, outputTokens: 100 }),
        used({ id: 2, userId: 1, turnId: 7, inputTokens: 100, outputTokens: 0 }),
        used({ id: 3, userId: 2, turnId: 8, inputTokens: 100, outputTokens: 0, modelIds: ['o3'] }),
      ];
      const row = [billed({ meter, costE8: 400n })];
      assert.deepEqual(costsIn(allocate(row, use)), { 1: 200, 2: 100, 3: 100 });
      assert.deepEqual(costsIn(allocate(row, use, said('turns'))), { 1: 100, 2: 100, 3: 200 });
      assert.deepEqual(costsIn(allocate(row, use, said('activeUsers'))), { 1: 100, 2: 100, 3: 200 });
      assert.deepEqual(costsIn(allocate(row, use, said('even'))), { 1: 134, 2: 133, 3: 133 });
      assert.deepEqual(costsIn(allocate(row, use, said('tokens', ['o3']))), { 3: 400 });
    });

    it('goes to the resource’s own deployments where they are known', () => {
      const mapping = { deployments: [{ resource: ACCOUNT, deployment: 'gpt-4o', model: 'gpt-4o' }] };
      const day = allocate([billed({ meter })], [used({ id: 1 }), used({ id: 2, modelIds: ['llama3'] })], {
        mapping,
      });
      assert.deepEqual(costsIn(day), { 1: 1_000 });
    });

    it('of Claude goes by list cost, and by tokens where that is not known', () => {
      const row = [billed({ meter: 'Claude Consumption Units', costE8: 400n })];
      const claude = { modelIds: ['anthropic.claude-sonnet-4'] };
      const listed = [1, 3].map((amount) =>
        used({ id: amount, ...claude, listCost: { currency: 'USD', amount: amount / 100 } }),
      );
      const day = allocate(row, [...listed, used({ id: 9 })]);
      assert.deepEqual(sharesIn(day), [['allocated', 'listCost', 1, 400]]);
      assert.deepEqual(costsIn(day), { 1: 100, 3: 300 });
      const unlisted = allocate(row, [...listed, used({ id: 9, ...claude })]);
      assert.equal(unlisted.shares[0]?.method, 'tokens');
    });

    it('is idle without any use', () => {
      assert.deepEqual(sharesIn(allocate([billed({ meter })], [])), [['unallocated', 'idle', 1, 1_000]]);
    });
  });

  it('is left with a reason where it cannot be spread', () => {
    const cases = [
      [{ chargeType: 'Refund' }, 'other', 'otherCharge', undefined],
      [{ resourceId: '/subscriptions/s/resourcegroups/x/vm' }, 'unmapped', 'unmappedResource', undefined],
      [{ resourceId: '' }, 'unmapped', 'unmappedResource', undefined],
      [{ resourceId: '/subscriptions/none/vm' }, 'unmapped', 'servesNone', undefined],
      [{ isCounted: false }, 'unallocated', 'otherScope', 1],
      [{ isCounted: false, chargeType: 'Purchase' }, 'unallocated', 'otherScope', 1],
      [{ isCounted: false, resourceId: '' }, 'unallocated', 'otherScope', undefined],
      [{ isFresh: true }, 'unallocated', 'tooFresh', 1],
      [{ meter: 'Basic Unit' }, 'unallocated', 'unknownMeter', 1],
      [{ meter: 'gpt-4o-aud-1217 Inp glbl Tokens' }, 'unallocated', 'unknownMeter', 1],
      [{ meter: 'gpt 4.1 Inp glbl Tokens' }, 'unallocated', 'noUsage', 1],
      [{ meter: 'gpt-4o-0806-Batch-Inp-glbl Tokens' }, 'unallocated', 'otherUse', 1],
    ] as const;
    const resources = [
      { resource: ACCOUNT, instanceId: 1 },
      { resource: 'subscriptions/none', instanceId: 0 },
    ];
    for (const [changes, kind, reason, instance] of cases) {
      const day = allocate([billed(changes)], [used()], { mapping: { resources } });
      assert.deepEqual(sharesIn(day), [[kind, reason, instance, 1_000]]);
      assert.deepEqual(costsIn(day), {});
    }
  });

  it('of a group of resources is what is said of the longest name', () => {
    const resources = [
      { resource: 'subscriptions/s', instanceId: 2 },
      { resource: '/subscriptions/s/resourcegroups/chat', instanceId: 1 },
    ];
    const inGroup = allocate([billed()], [used()], { mapping: { resources } });
    assert.equal(inGroup.shares[0]?.instanceId, 1);
    const beside = allocate(
      [billed({ resourceId: '/subscriptions/s/resourcegroups/chatter/x' })],
      [used({ instanceId: 2 })],
      { mapping: { resources } },
    );
    assert.equal(beside.shares[0]?.instanceId, 2);
  });

  it('of both cost types is spread apart', () => {
    const day = allocate([billed(), billed({ id: 2, costType: 'amortized', costE8: 800n })], [used()]);
    assert.deepEqual(
      day.generations.map(({ costType, costE8 }) => [costType, costE8]),
      [
        ['actual', 1_000n],
        ['amortized', 800n],
      ],
    );
  });

  it('is final where all of it is', () => {
    const day = allocate([billed(), billed({ id: 2, meter: OUTPUT, isFinal: false })], [used()]);
    assert.equal(day.generations[0]?.isFinal, false);
  });
});
