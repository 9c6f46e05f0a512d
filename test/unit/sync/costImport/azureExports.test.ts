import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { publishedRows } from '../../store/published';
import { useTemporaryFolder } from '../../store/builders';
import { EA, exportOf, ImportStage, RESOURCE, SUBSCRIPTION, type Dialect } from './importHarness';

const DIALECTS: readonly Dialect[] = [
  EA,
  {
    ...EA,
    name: 'Microsoft Customer Agreement',
    date: 'date',
    cost: 'costInBillingCurrency',
    currency: 'billingCurrency',
    meter: 'meterName',
    quantity: 'quantity',
  },
  {
    ...EA,
    name: 'Enterprise Agreement of 2019',
    date: 'UsageDateTime',
    cost: 'PreTaxCost',
    currency: 'Currency',
    resource: 'InstanceId',
    quantity: 'UsageQuantity',
    subscription: 'SubscriptionGuid',
    writtenDate: (date) => date,
  },
  {
    ...EA,
    name: 'pay as you go',
    date: 'Usage Date',
    cost: 'Cost',
    currency: 'Billing Currency',
    resource: 'InstanceName',
    meter: 'Meter',
    quantity: 'Consumed Quantity',
    writtenDate: (date) => `${date}T00:00:00Z`,
  },
];

describe('Importing a cost export of Azure', () => {
  const folder = useTemporaryFolder();
  const rows = (sql: string) => publishedRows(folder(), sql);
  const daily = () =>
    rows(
      `SELECT date, cost_e8, quantity, currency, cost_type FROM cost_daily WHERE is_deleted = 0
       ORDER BY cost_type, utc_day, cost_e8`,
    );

  for (const dialect of DIALECTS) {
    it(`understands the columns of: ${dialect.name}`, async () => {
      const file = exportOf(
        [
          { date: '2025-10-01', cost: '1.5', quantity: '10' },
          { date: '2025-10-01', cost: '0.25', quantity: '2' },
          { date: '2025-10-31', cost: '-0.00000001' },
        ],
        dialect,
      );
      const result = await new ImportStage(folder()).import(file);
      assert.equal(result.rows, 3);
      assert.equal(result.dialect, 'azure');
      assert.deepEqual(await daily(), [
        ['2025-10-01', 175_000_000, 12, 'EUR', 'actual'],
        ['2025-10-31', -1, 10, 'EUR', 'actual'],
      ]);
      assert.deepEqual(
        await rows(
          'SELECT DISTINCT resource_id, meter, meter_subcategory, charge_type, unit, service FROM cost_daily',
        ),
        [
          [
            RESOURCE.toLowerCase(),
            'gpt 4o 0806 Inp glbl Tokens',
            'Azure OpenAI',
            'Usage',
            '1K',
            'Foundry Models',
          ],
        ],
      );
      assert.deepEqual(await rows('SELECT source, scope FROM cost_scopes'), [
        ['import', `subscriptions/${SUBSCRIPTION}`],
      ]);
    });
  }

  it('keeps exactly what the file adds up to, however many decimals it has', async () => {
    const cost = ['0.000000004', '0.000000004', '0.000000004', '1.23456789012345', '2E-05', '-0.5'];
    await new ImportStage(folder()).import(
      exportOf(cost.map((amount, index) => ({ date: '2025-10-01', cost: amount, meter: `meter ${index}` }))),
    );
    // 0.734587902123450 rounded to 8 decimals.
    assert.deepEqual(await rows('SELECT sum(cost_e8) FROM cost_daily'), [[73_458_790]]);
    assert.deepEqual(await rows('SELECT month, currency, control_e8 FROM cost_month_totals'), [
      ['2025-10', 'EUR', 73_458_790],
    ]);
  });

  it('changes nothing the second time', async () => {
    const stage = new ImportStage(folder());
    const file = exportOf([{ date: '2025-10-01', cost: '1.5' }]);
    await stage.import(file);
    const before = await rows('SELECT * FROM cost_daily');
    stage.now += 60_000;
    const again = await stage.import(file);
    assert.equal(again.scopes[0]?.rowsChanged, 0);
    assert.deepEqual(await rows('SELECT * FROM cost_daily'), before);
    assert.deepEqual(await rows('SELECT count(*) FROM cost_restatements'), [[0]]);
  });

  it('replaces the days that a newer file covers, keeps the others, and says what was restated', async () => {
    const stage = new ImportStage(folder());
    await stage.import(
      exportOf([
        { date: '2025-10-01', cost: '1' },
        { date: '2025-10-02', cost: '2' },
        { date: '2025-10-03', cost: '3' },
      ]),
    );
    const newer = await stage.import(
      exportOf([
        { date: '2025-10-02', cost: '2.5' },
        { date: '2025-10-04', cost: '4' },
      ]),
    );
    assert.equal(newer.scopes[0]?.restatedDays, 2);
    assert.deepEqual(
      (await daily()).map(([date, cost]) => [date, cost]),
      [
        ['2025-10-01', 100_000_000],
        ['2025-10-02', 250_000_000],
        ['2025-10-04', 400_000_000],
      ],
    );
    assert.deepEqual(await rows('SELECT control_e8 FROM cost_month_totals'), [[750_000_000]]);
  });

  it('keeps currencies and subscriptions apart', async () => {
    const other = '99999999-2222-3333-4444-555555555555';
    const result = await new ImportStage(folder()).import(
      exportOf([
        { date: '2025-10-01', cost: '1' },
        { date: '2025-10-01', cost: '2', currency: 'USD' },
        { date: '2025-10-02', cost: '4', subscription: other, resource: '' },
        { date: '2025-10-02', cost: '8', subscription: '', resource: '' },
      ]),
    );
    assert.deepEqual(
      result.scopes.map(({ scope, totals }) => [scope, totals]),
      [
        [
          `subscriptions/${SUBSCRIPTION}`,
          [
            { currency: 'EUR', costE8: 100_000_000n },
            { currency: 'USD', costE8: 200_000_000n },
          ],
        ],
        [`subscriptions/${other}`, [{ currency: 'EUR', costE8: 400_000_000n }]],
        ['billingaccounts/', [{ currency: 'EUR', costE8: 800_000_000n }]],
      ],
    );
  });

  it('takes an amortized export as such: by its charges, its name, or as told', async () => {
    const stage = new ImportStage(folder());
    const unused = exportOf([{ date: '2025-10-01', cost: '1', chargeType: 'UnusedReservation' }]);
    const plain = exportOf([{ date: '2025-09-01', cost: '1' }]);
    assert.equal((await stage.import(unused)).scopes[0]?.costType, 'amortized');
    assert.equal(
      (await stage.import(plain, { file: 'Amortised_0001.csv' })).scopes[0]?.costType,
      'amortized',
    );
    assert.equal((await stage.import(plain, { costType: 'amortized' })).scopes[0]?.costType, 'amortized');
    assert.equal((await stage.import(plain)).scopes[0]?.costType, 'actual');
    await assert.rejects(
      stage.import(unused, { costType: 'actual' }),
      /Row 2 is a charge of amortized cost/u,
    );
  });

  it('knows an amortized export by the cost of what was paid in advance', async () => {
    const stage = new ImportStage(folder());
    const used = (pricingModel: string, cost: string): string =>
      exportOf([
        { date: '2025-10-01', cost: '1' },
        { date: '2025-10-02', cost, pricingModel },
      ]);
    for (const pricingModel of ['Reservation', 'SavingsPlan']) {
      const amortized = await stage.import(used(pricingModel, '2'));
      assert.equal(amortized.scopes[0]?.costType, 'amortized', pricingModel);
      const actual = await stage.import(used(pricingModel, '0'));
      assert.equal(actual.scopes[0]?.costType, 'actual', pricingModel);
    }
    await assert.rejects(
      stage.import(used('Reservation', '2'), { costType: 'actual' }),
      /Row 3 is a charge of amortized cost \(Reservation\)/u,
    );
  });

  it('closes a month that the file covers to its end, once its figures stay', async () => {
    const stage = new ImportStage(folder());
    const state = () => rows('SELECT month, state FROM cost_months ORDER BY month');
    stage.now = Date.parse('2025-11-03T00:00:00Z');
    const october = exportOf([
      { date: '2025-10-01', cost: '1' },
      { date: '2025-10-31', cost: '1' },
    ]);
    await stage.import(october);
    assert.deepEqual(await state(), [['2025-10', 'open']]);
    stage.now = Date.parse('2025-11-06T00:00:00Z');
    await stage.import(october);
    assert.deepEqual(await state(), [['2025-10', 'closed']]);
    await stage.import(exportOf([{ date: '2025-09-29', cost: '1' }]));
    assert.deepEqual(await state(), [
      ['2025-09', 'open'],
      ['2025-10', 'closed'],
    ]);
  });

  it('reads a packed file', async () => {
    const file = gzipSync(exportOf([{ date: '2025-10-01', cost: '1.5' }]));
    assert.equal((await new ImportStage(folder()).import(file, { file: 'part_0.csv.gz' })).rows, 1);
  });

  it('reads a file in pieces, whatever falls between two of them', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      date: `2025-10-${String((index % 31) + 1).padStart(2, '0')}`,
      cost: '0.01',
      meter: `meter ${index % 50}`,
    }));
    const result = await new ImportStage(folder()).import(exportOf(many));
    assert.equal(result.rows, 5_000);
    assert.deepEqual(await rows('SELECT sum(cost_e8), sum(quantity) FROM cost_daily'), [
      [5_000_000_000, 50_000],
    ]);
  });
});
