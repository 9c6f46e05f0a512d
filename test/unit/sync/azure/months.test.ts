import assert from 'node:assert/strict';
import { METERS } from '../../../../src/sample/azure/meterNames';
import { AzureError } from '../../../../src/sync/azure/azureErrors';
import { utcDayOf } from '../../../../src/store/costs/costEntries';
import { CALM, groupingOf, NOW, office, queriesOf, reading, type Office } from './azureHarness';

function day(date: string): number {
  return utcDayOf(date) ?? Number.NaN;
}

/** A closed September: two days, a refund, three services. */
function september(): Office {
  const it = office();
  const { world, account, subscription } = it;
  world.bill(
    { day: '2025-09-01', resource: account, meter: METERS.gpt4oInput, cost: '1.23456789', quantity: 500 },
    { day: '2025-09-01', resource: account, meter: METERS.gpt4oOutput, cost: 2.5, quantity: 100 },
    { day: '2025-09-03', resource: account, meter: METERS.gpt4oInput, cost: '0.00000001', quantity: 1 },
    { day: '2025-09-15', resource: subscription, meter: METERS.claude, cost: 40, quantity: 4 },
    { day: '2025-09-30', resource: subscription, meter: 'Support', cost: -3, chargeType: 'Refund' },
  );
  return it;
}

describe('a month of a scope', () => {
  it('has a row for each day, resource, meter and kind of charge, with amounts to 1e-8', async () => {
    const it = september();
    await reading(it, async ({ client }) => {
      const month = await client.month('2025-09', 'actual', { signal: CALM });
      const { rows } = month;
      assert.equal(rows.length, 5);
      assert.deepEqual(
        rows.find(({ costE8 }) => costE8 === 123_456_789n),
        {
          utcDay: day('2025-09-01'),
          resourceId: it.account.id.toLowerCase(),
          meter: METERS.gpt4oInput.name,
          meterSubcategory: METERS.gpt4oInput.subCategory,
          chargeType: 'Usage',
          tag: '',
          currency: 'EUR',
          costE8: 123_456_789n,
          quantity: 500,
        },
      );
      assert.ok(rows.some((row) => row.utcDay === day('2025-09-03') && row.costE8 === 1n));
      assert.ok(rows.some((row) => row.chargeType === 'Refund' && row.costE8 === -300_000_000n));
      assert.deepEqual(month.missing, []);
    });
  });

  it('also comes by service, with Azure’s own figure in dollars, and as an ungrouped total', async () => {
    await reading(september(), async ({ client }) => {
      const month = await client.month('2025-09', 'actual', { signal: CALM });
      const claude = month.services.find(({ publisherType }) => publisherType === 'Marketplace');
      assert.deepEqual(claude, {
        utcDay: day('2025-09-15'),
        service: METERS.claude.service,
        publisherType: 'Marketplace',
        currency: 'EUR',
        costE8: 4_000_000_000n,
        costUsd: 43.2,
      });
      assert.deepEqual(month.totals, [{ currency: 'EUR', costE8: 4_073_456_790n }]);
    });
  });

  it('costs three queries: by resource, by service, ungrouped; days from the first to the last', async () => {
    await reading(september(), async ({ client, azure }) => {
      await client.month('2025-09', 'amortized', { signal: CALM });
      const queries = queriesOf(azure.requests);
      assert.deepEqual(queries.map(groupingOf), [
        ['ResourceId', 'Meter', 'MeterSubCategory', 'ChargeType'],
        ['ServiceName', 'PublisherType'],
        [],
      ]);
      assert.deepEqual(
        queries.map(({ dataset }) => Object.values(dataset.aggregation).map(({ name }) => name)),
        [['Cost', 'UsageQuantity'], ['Cost', 'CostUSD'], ['Cost']],
      );
      assert.deepEqual(
        queries.map(({ type, dataset }) => [type, dataset.granularity]),
        [
          ['AmortizedCost', 'Daily'],
          ['AmortizedCost', 'Daily'],
          ['AmortizedCost', 'None'],
        ],
      );
      for (const { timeframe, timePeriod } of queries) {
        assert.equal(timeframe, 'Custom');
        assert.deepEqual(timePeriod, { from: '2025-09-01T00:00:00Z', to: '2025-09-30T00:00:00Z' });
      }
    });
  });

  it('is never asked for beyond today', async () => {
    const it = office();
    it.world.bill({ day: '2025-10-15', resource: it.account, meter: METERS.gpt4oInput, cost: 1 });
    await reading(it, async ({ client, azure }) => {
      const month = await client.month('2025-10', 'actual', { signal: CALM });
      assert.equal(month.knownToDay, day('2025-10-15'));
      assert.deepEqual(
        new Set(queriesOf(azure.requests).map(({ timePeriod }) => timePeriod?.to)),
        new Set(['2025-10-15T00:00:00Z']),
      );
      await assert.rejects(client.month('2025-11', 'actual', { signal: CALM }), /has not begun/u);
      await assert.rejects(client.month('2025-13', 'actual', { signal: CALM }), /is no month/u);
    });
  });

  it('is closed from the sixth day of the next month on', async () => {
    const it = september();
    await reading(it, async ({ client }) => {
      for (const [now, isClosed] of [
        ['2025-09-30T23:59:59Z', false],
        ['2025-10-05T23:59:59Z', false],
        ['2025-10-06T00:00:00Z', true],
      ] as const) {
        it.time.set(now);
        const month = await client.month('2025-09', 'actual', { signal: CALM });
        assert.equal(month.isClosed, isClosed, now);
        assert.equal(month.knownToDay, day('2025-09-30'));
      }
    });
  });

  it('keeps currencies apart', async () => {
    const it = september();
    it.world.bill({
      day: '2025-09-02',
      resource: it.account,
      meter: METERS.search,
      cost: 7,
      currency: 'JPY',
    });
    await reading(it, async ({ client }) => {
      const { totals, rows } = await client.month('2025-09', 'actual', { signal: CALM });
      assert.deepEqual(
        new Map(totals.map(({ currency, costE8 }) => [currency, costE8])),
        new Map([
          ['EUR', 4_073_456_790n],
          ['JPY', 700_000_000n],
        ]),
      );
      assert.deepEqual(
        rows.filter(({ currency }) => currency === 'JPY').map(({ costE8 }) => costE8),
        [700_000_000n],
      );
    });
  });

  it('holds actual and amortized cost as two readings', async () => {
    const it = office();
    it.world.bill(
      {
        day: '2025-09-01',
        resource: it.account,
        meter: METERS.provisioned,
        cost: 300,
        amortized: null,
        chargeType: 'Purchase',
      },
      { day: '2025-09-02', resource: it.account, meter: METERS.provisioned, cost: null, amortized: 10 },
    );
    await reading(it, async ({ client }) => {
      const actual = await client.month('2025-09', 'actual', { signal: CALM });
      const amortized = await client.month('2025-09', 'amortized', { signal: CALM });
      assert.deepEqual([actual.costType, actual.totals[0]?.costE8], ['actual', 30_000_000_000n]);
      assert.deepEqual([amortized.costType, amortized.totals[0]?.costE8], ['amortized', 1_000_000_000n]);
    });
  });

  it('makes one row of a resource whose ID comes in changing case on one day', async () => {
    const it = september();
    await reading(it, async ({ client, azure }) => {
      azure.fail(({ body }) => JSON.stringify(body).includes('ResourceId'), {
        kind: 'rewrite',
        change: (answer) => splitFirstRow(answer as CostAnswer),
      });
      const { rows } = await client.month('2025-09', 'actual', { signal: CALM });
      assert.equal(rows.length, 5);
    });
  });

  it('has the values of a tag where one is asked for', async () => {
    const it = office();
    it.world.bill(
      { day: '2025-09-01', resource: it.account, meter: METERS.gpt4oInput, cost: 1, tags: { team: 'sales' } },
      { day: '2025-09-01', resource: it.account, meter: METERS.gpt4oInput, cost: 2 },
    );
    await reading(it, async ({ client }) => {
      const { rows } = await client.month('2025-09', 'actual', { signal: CALM, tag: 'team' });
      assert.deepEqual(
        new Map(rows.map(({ tag, costE8 }) => [tag, costE8])),
        new Map([
          ['sales', 100_000_000n],
          ['', 200_000_000n],
        ]),
      );
    });
  });
});

describe('a month that Azure tells less of', () => {
  it('is read by resource and meter where four dimensions are refused, and says what is missing', async () => {
    const it = september();
    await reading(
      it,
      async ({ client, azure }) => {
        const month = await client.month('2025-09', 'actual', { signal: CALM });
        assert.deepEqual(month.missing, ['meterSubcategory', 'chargeType']);
        assert.equal(month.rows.length, 5);
        assert.ok(month.rows.every(({ chargeType }) => chargeType === 'Usage'));
        azure.clearRequests();
        await client.month('2025-09', 'actual', { signal: CALM });
        // It is known by now: the refused query is not sent again.
        assert.deepEqual(queriesOf(azure.requests).map(groupingOf)[0], ['ResourceId', 'Meter']);
      },
      { maxGroupings: 2 },
    );
  });

  it('gives up sub-categories before the tag, and the tag before the kinds of charges', async () => {
    await reading(
      september(),
      async ({ client, azure }) => {
        const month = await client.month('2025-09', 'actual', { signal: CALM, tag: 'team' });
        assert.deepEqual(month.missing, ['meterSubcategory', 'chargeType', 'tag']);
        assert.deepEqual(queriesOf(azure.requests).map(groupingOf).slice(0, 5), [
          ['ResourceId', 'Meter', 'MeterSubCategory', 'ChargeType', 'team'],
          ['ResourceId', 'Meter', 'ChargeType', 'team'],
          ['ResourceId', 'Meter', 'MeterSubCategory', 'ChargeType'],
          ['ResourceId', 'Meter', 'team'],
          ['ResourceId', 'Meter'],
        ]);
      },
      { maxGroupings: 2 },
    );
  });

  it('comes by resource group above subscriptions, where resources are not told apart', async () => {
    const it = september();
    const scope = `providers/microsoft.billing/billingaccounts/${it.subscription.tenant.billingAccount}`;
    await reading(it, async ({ clients, access }) => {
      const { rows, totals } = await clients
        .openCostClient(scope, access)
        .month('2025-09', 'actual', { signal: CALM });
      assert.equal(totals[0]?.costE8, 4_073_456_790n);
      assert.deepEqual(
        new Set(rows.map(({ resourceId }) => resourceId)),
        new Set([
          `/subscriptions/${it.subscription.id}/resourcegroups/rg-ai`,
          `/subscriptions/${it.subscription.id}`,
        ]),
      );
    });
  });
});

describe('a month without cost', () => {
  for (const emptyAnswer of ['noRows', 'noContent'] as const) {
    it(`is an empty month when the total says so too (${emptyAnswer})`, async () => {
      await reading(
        office(),
        async ({ client }) => {
          const month = await client.month('2025-09', 'actual', { signal: CALM });
          assert.deepEqual([month.rows, month.services, month.totals], [[], [], []]);
        },
        { emptyAnswer },
      );
    });
  }

  it('is an error when only the rows are gone', async () => {
    await reading(september(), async ({ client, azure }) => {
      azure.turn('no content', { times: 99, at: ({ body }) => JSON.stringify(body).includes('ResourceId') });
      await assert.rejects(
        client.month('2025-09', 'actual', { signal: CALM }),
        (error: unknown) => error instanceof AzureError && error.kind === 'mismatch',
      );
    });
  });
});

describe('rows that do not add up to the ungrouped total', () => {
  for (const fault of ['row lost', 'row twice', 'total that does not match', 'only the last day'] as const) {
    it(`are refused: ${fault}`, async () => {
      await reading(september(), async ({ client, azure }) => {
        azure.turn(fault, { times: 99 });
        await assert.rejects(
          client.month('2025-09', 'actual', { signal: CALM }),
          (error: unknown) =>
            error instanceof AzureError && error.kind === 'mismatch' && error.message.includes('2025-09'),
        );
      });
    });
  }

  it('are read once more: Azure may have renewed the month between two queries', async () => {
    await reading(september(), async ({ client, azure }) => {
      azure.turn('total that does not match');
      const { totals } = await client.month('2025-09', 'actual', { signal: CALM });
      assert.equal(totals[0]?.costE8, 4_073_456_790n);
      assert.equal(azure.requests.length, 6);
    });
  });

  it('may differ by the rounding of each row, and by no more', async () => {
    // Four rows by service: half a unit for each, and one for the total itself.
    for (const [extra, isTaken] of [
      [0.00000003, true],
      [0.00000004, false],
    ] as const) {
      await reading(september(), async ({ client, azure }) => {
        azure.fail(
          ({ body }) => !JSON.stringify(body).includes('grouping'),
          { kind: 'rewrite', change: (answer) => addToCost(answer as CostAnswer, extra) },
          99,
        );
        const month = client.month('2025-09', 'actual', { signal: CALM });
        await (isTaken ? assert.doesNotReject(month) : assert.rejects(month, /add up to/u));
      });
    }
  });
});

describe('the month to date', () => {
  it('is one ungrouped query, the test of a scope', async () => {
    const it = office();
    it.world.bill(
      { day: '2025-10-03', resource: it.account, meter: METERS.gpt4oInput, cost: 1.5 },
      { day: '2025-09-30', resource: it.account, meter: METERS.gpt4oInput, cost: 9 },
    );
    await reading(it, async ({ client, azure }) => {
      assert.deepEqual(await client.monthToDate(CALM), [{ currency: 'EUR', costE8: 150_000_000n }]);
      const [query] = queriesOf(azure.requests);
      assert.equal(azure.requests.length, 1);
      assert.equal(query?.timeframe, 'MonthToDate');
      assert.equal(query.dataset.granularity, 'None');
      assert.equal(query.dataset.grouping, undefined);
      assert.equal(client.calls, 1);
      assert.equal(it.time.now(), NOW);
    });
  });
});

interface CostAnswer {
  readonly properties: {
    readonly columns: readonly { readonly name: string }[];
    readonly rows: readonly (readonly unknown[])[];
  };
}

/** Halves a row whose amounts are even: the other half has its ID in capitals. */
function splitFirstRow({ properties, ...others }: CostAnswer): CostAnswer {
  const place = (name: string): number => properties.columns.findIndex((column) => column.name === name);
  const [cost, quantity, id] = [place('Cost'), place('UsageQuantity'), place('ResourceId')];
  const rows = properties.rows.flatMap((row) => {
    if (row[cost] !== 2.5) {
      return [row];
    }
    const half = row.map((cell, index) => (index === cost || index === quantity ? Number(cell) / 2 : cell));
    return [half, half.map((cell, index) => (index === id ? String(cell).toUpperCase() : cell))];
  });
  return { ...others, properties: { ...properties, rows } };
}

function addToCost({ properties, ...others }: CostAnswer, extra: number): CostAnswer {
  const place = properties.columns.findIndex(({ name }) => name === 'Cost');
  const rows = properties.rows.map((row) =>
    row.map((cell, index) => (index === place ? Number((Number(cell) + extra).toFixed(8)) : cell)),
  );
  return { ...others, properties: { ...properties, rows } };
}
