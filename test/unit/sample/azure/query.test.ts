import assert from 'node:assert/strict';
import { METERS } from '../../../../src/sample/azure/meterNames';
import { ask, askPage, by, named, october, queryPath, smallAzure, withAzure } from './azureClient';

describe('Cost queries of the sample Azure', () => {
  it('add up cost by day, and say the day as a number and the currency of each row', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill(
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: '0.1' },
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oOutput, cost: '0.2' },
      { day: '2025-10-02', resource: account, meter: METERS.gpt4oInput, cost: '1.23456789', currency: 'USD' },
    );
    await withAzure({ world }, async (azure) => {
      const rows = named(await askPage(azure, subscription.scope, october()));
      assert.deepEqual(rows, [
        { Cost: 0.3, UsageDate: 20251001, Currency: 'EUR' },
        { Cost: 1.23456789, UsageDate: 20251002, Currency: 'USD' },
      ]);
    });
  });

  it('name the column as what was added up, not by its alias', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      const { columns } = await askPage(azure, subscription.scope, october());
      const types = columns.map(({ name, type }) => `${name}: ${type}`).sort();
      assert.deepEqual(types, ['Cost: Number', 'Currency: String', 'UsageDate: Number']);
    });
  });

  it('put the columns in another order on another page', async () => {
    const { world, subscription, account } = smallAzure();
    for (let day = 1; day <= 9; day++) {
      world.bill({ day: `2025-10-0${day}`, resource: account, meter: METERS.gpt4oInput, cost: day });
    }
    await withAzure({ world, pageRows: 1 }, async (azure) => {
      const body = october({ grouping: by('ResourceId', 'Meter'), sorting: [{ name: 'UsageDate' }] });
      const orders = new Set<string>();
      const days: unknown[] = [];
      let page = await askPage(azure, subscription.scope, body);
      for (;;) {
        orders.add(page.columns.map(({ name }) => name).join());
        days.push(named(page)[0]?.['UsageDate']);
        if (page.nextLink === null) {
          break;
        }
        const answer = await ask(azure, 'POST', page.nextLink, { body });
        page = (answer.json() as { properties: typeof page }).properties;
      }
      assert.ok(orders.size > 1, [...orders].join(' '));
      assert.deepEqual(
        days,
        [1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => 20251000 + day),
      );
    });
  });

  it('want the same body for the next page', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill(
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: 1 },
      { day: '2025-10-02', resource: account, meter: METERS.gpt4oInput, cost: 2 },
    );
    await withAzure({ world }, async (azure) => {
      const { nextLink } = await askPage(azure, subscription.scope, october(), '&$top=1');
      assert.ok(nextLink !== null && nextLink.startsWith('https://management.azure.com/subscriptions/'));
      const none = await ask(azure, 'POST', nextLink);
      assert.equal(none.status, 400);
      assert.match(none.text, /Dataset is invalid or not supplied/u);
      const other = october({ grouping: by('Meter') });
      assert.equal((await ask(azure, 'POST', nextLink, { body: other })).status, 400);
      assert.equal((await ask(azure, 'GET', nextLink)).status, 405);
      assert.equal((await ask(azure, 'POST', nextLink, { body: october() })).status, 200);
    });
  });

  it('have pages of 1,000 rows, and of 5,000 at most', async () => {
    const { world, subscription, account } = smallAzure();
    for (let index = 0; index < 5_001; index++) {
      world.bill({ day: '2025-10-01', resource: account, meter: `meter ${index}`, cost: 1 });
    }
    await withAzure({ world }, async (azure) => {
      const body = october({ grouping: by('Meter') });
      assert.equal((await askPage(azure, subscription.scope, body)).rows.length, 1_000);
      const page = await askPage(azure, subscription.scope, body, '&$top=9000');
      assert.equal(page.rows.length, 5_000);
      assert.ok(page.nextLink);
    });
  });

  it('give the id of a resource in varying case, and never two rows for it', async () => {
    const { world, subscription, account } = smallAzure();
    for (const day of ['2025-10-01', '2025-10-02', '2025-10-03']) {
      world.bill({ day, resource: account, meter: METERS.gpt4oInput, cost: 1 });
      world.bill({ day, resource: account, meter: METERS.gpt4oOutput, cost: 1 });
    }
    await withAzure({ world }, async (azure) => {
      const daily = named(await askPage(azure, subscription.scope, october({ grouping: by('ResourceId') })));
      const ids = daily.map((row) => String(row['ResourceId']));
      assert.equal(new Set(ids).size, 3);
      assert.equal(new Set(ids.map((id) => id.toLowerCase())).size, 1);
      const whole = await askPage(
        azure,
        subscription.scope,
        october({ granularity: 'None', grouping: by('ResourceId') }),
      );
      assert.equal(whole.rows.length, 1);
    });
  });

  it('say the month as a time where they are monthly', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill({ day: '2025-10-03', resource: account, meter: METERS.gpt4oInput, cost: 1 });
    await withAzure({ world }, async (azure) => {
      const page = await askPage(azure, subscription.scope, october({ granularity: 'Monthly' }));
      assert.deepEqual(named(page), [{ Cost: 1, BillingMonth: '2025-10-01T00:00:00', Currency: 'EUR' }]);
    });
  });

  it('give both columns of a tag, empty for resources without it', async () => {
    const { world, subscription, account } = smallAzure();
    const tagged = world.addAccount(subscription, { name: 'oai-tagged', tags: { team: 'sales' } });
    world.bill(
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: 1 },
      { day: '2025-10-01', resource: tagged, meter: METERS.gpt4oInput, cost: 2 },
    );
    await withAzure({ world }, async (azure) => {
      const body = october({ granularity: 'None', grouping: [{ type: 'TagKey', name: 'team' }] });
      assert.deepEqual(named(await askPage(azure, subscription.scope, body)), [
        { Cost: 1, TagKey: null, TagValue: null, Currency: 'EUR' },
        { Cost: 2, TagKey: 'team', TagValue: 'sales', Currency: 'EUR' },
      ]);
    });
  });

  it('keep what a filter lets through', async () => {
    const { world, subscription, account } = smallAzure();
    const machine = world.addResource(subscription, {
      type: 'Microsoft.Compute/virtualMachines',
      name: 'vm',
    });
    world.bill(
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: 1 },
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: -0.5, chargeType: 'Refund' },
      { day: '2025-10-01', resource: machine, meter: METERS.virtualMachine, cost: 2 },
    );
    const only = (name: string, ...values: string[]) => ({ dimensions: { name, operator: 'In', values } });
    const accounts = only('ResourceType', 'microsoft.cognitiveservices/accounts');
    await withAzure({ world }, async (azure) => {
      const cost = async (filter: unknown) =>
        named(await askPage(azure, subscription.scope, october({ granularity: 'None', filter })))[0]?.[
          'Cost'
        ];
      assert.equal(await cost(accounts), 0.5);
      assert.equal(await cost({ not: accounts }), 2);
      assert.equal(await cost({ and: [accounts, only('ChargeType', 'Usage')] }), 1);
      assert.equal(await cost({ or: [only('ChargeType', 'Refund'), only('Meter', 'D4s v5')] }), 1.5);
      const alone = { body: october({ filter: { and: [accounts] } }) };
      assert.equal((await ask(azure, 'POST', queryPath(subscription.scope), alone)).status, 400);
    });
  });

  it('show a reservation when it is bought, or spread', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill(
      { day: '2025-10-01', resource: subscription, meter: METERS.provisioned, cost: 30, amortized: null },
      { day: '2025-10-02', resource: account, meter: METERS.provisioned, cost: null, amortized: 1 },
    );
    await withAzure({ world }, async (azure) => {
      const view = async (type: string) =>
        named(await askPage(azure, subscription.scope, october({}, { type }))).map((row) => row['Cost']);
      assert.deepEqual(await view('ActualCost'), [30]);
      assert.deepEqual(await view('AmortizedCost'), [1]);
    });
  });

  it('have a figure in US dollars of their own', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill({ day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: 10, quantity: 4_000 });
    const aggregation = (...names: string[]) => ({
      aggregation: Object.fromEntries(names.map((name, index) => [`a${index}`, { name, function: 'Sum' }])),
    });
    await withAzure({ world }, async (azure) => {
      const [dollars] = named(
        await askPage(azure, subscription.scope, october(aggregation('Cost', 'CostUSD'))),
      );
      assert.deepEqual([dollars?.['Cost'], dollars?.['CostUSD']], [10, 10.8]);
      const [used] = named(
        await askPage(azure, subscription.scope, october(aggregation('Cost', 'UsageQuantity'))),
      );
      assert.equal(used?.['UsageQuantity'], 4_000);
      const three = { body: october(aggregation('Cost', 'CostUSD', 'UsageQuantity')) };
      assert.equal((await ask(azure, 'POST', queryPath(subscription.scope), three)).status, 400);
    });
  });

  it('refuse what the service does not take, each with its reason', async () => {
    const { world, subscription } = smallAzure();
    const period = (from: string, to: string) => october({}, { timePeriod: { from, to } });
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [{}, /Dataset is invalid or not supplied/u],
      [period('2024-10-01', '2025-10-02'), /cannot exceed 1 year/u],
      [period('2025-10-05', '2025-10-04'), /after/u],
      [october({ grouping: by('UnitOfMeasure') }), /'UnitOfMeasure'; valid values: 'ResourceId'/u],
      [october({ aggregation: {} }), /aggregation/u],
      [october({}, { timePeriod: undefined }), /TimePeriod is required/u],
    ];
    await withAzure({ world }, async (azure) => {
      for (const [body, reason] of cases) {
        const answer = await ask(azure, 'POST', queryPath(subscription.scope), { body });
        assert.equal(answer.status, 400);
        assert.match(answer.text, reason);
      }
    });
  });

  it('take as many groupings as the service does today', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world, maxGroupings: 2 }, async (azure) => {
      const status = async (...names: string[]) =>
        (
          await ask(azure, 'POST', queryPath(subscription.scope), {
            body: october({ grouping: by(...names) }),
          })
        ).status;
      assert.equal(await status('ResourceId', 'Meter', 'MeterSubCategory', 'ChargeType'), 400);
      assert.equal(await status('ResourceId', 'Meter'), 200);
    });
  });

  it('move a period that ends in the future back without a word', async () => {
    const { world, subscription, account } = smallAzure();
    for (const day of ['2025-09-20', '2025-10-15']) {
      world.bill({ day, resource: account, meter: METERS.gpt4oInput, cost: 1 });
    }
    await withAzure({ world }, async (azure) => {
      const timePeriod = { from: '2025-10-01', to: '2025-10-31' };
      const rows = named(await askPage(azure, subscription.scope, october({}, { timePeriod })));
      assert.deepEqual(
        rows.map((row) => row['UsageDate']),
        [20250920, 20251015],
      );
    });
  });

  it('know the month so far, and the last one', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill(
      { day: '2025-09-30', resource: account, meter: METERS.gpt4oInput, cost: 1 },
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: 2 },
    );
    await withAzure({ world }, async (azure) => {
      const cost = async (timeframe: string) =>
        named(await askPage(azure, subscription.scope, october({ granularity: 'None' }, { timeframe })))[0]?.[
          'Cost'
        ];
      assert.equal(await cost('MonthToDate'), 2);
      assert.equal(await cost('TheLastMonth'), 1);
    });
  });

  it('answer an empty month with no rows, or with no content', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      assert.deepEqual((await askPage(azure, subscription.scope, october())).rows, []);
      azure.habits.emptyAnswer = 'noContent';
      const answer = await ask(azure, 'POST', queryPath(subscription.scope), { body: october() });
      assert.deepEqual([answer.status, answer.text], [204, '']);
    });
  });

  it('learn of a day late, and change one that was told', async () => {
    const { world, subscription, account, time } = smallAzure();
    const meter = METERS.gpt4oInput;
    world.bill(
      { day: '2025-10-13', resource: account, meter, cost: 1 },
      { day: '2025-10-14', resource: account, meter, cost: 2, knownAt: time.now + 1 },
    );
    await withAzure({ world }, async (azure) => {
      const costs = async () =>
        named(await askPage(azure, subscription.scope, october())).map((row) => row['Cost']);
      assert.deepEqual(await costs(), [1]);
      time.now += 1;
      assert.deepEqual(await costs(), [1, 2]);
      world.restate((row) => row.actual === 100_000_000n, 1.1);
      assert.deepEqual(await costs(), [1.1, 2]);
      world.unbill(() => true);
      assert.deepEqual(await costs(), []);
    });
  });
});
