import assert from 'node:assert/strict';
import { utcDayOf } from '../../../../src/store/costs/costEntries';
import type { AzureMonth } from '../../../../src/sync/azure/azureModule';
import { AzureError } from '../../../../src/sync/azure/azureErrors';
import { CALM } from './azureHarness';
import { oddAzure, oneCost, type OddCost } from './oddAzure';

function month(odd: OddCost): Promise<AzureMonth> {
  return oddAzure((request) => oneCost(request, odd)).client.month('2025-09', 'actual', { signal: CALM });
}

async function refusal(odd: OddCost): Promise<string> {
  try {
    await month(odd);
  } catch (error) {
    assert.ok(error instanceof AzureError && error.kind === 'answer', String(error));
    return error.message;
  }
  return assert.fail(`${JSON.stringify(odd)} was taken`);
}

describe('an amount of Azure', () => {
  for (const [cost, e8] of [
    ['1e-9', 0n],
    ['5E-9', 1n],
    ['1E+3', 100_000_000_000n],
    ['"12.5"', 1_250_000_000n],
    ['" .5 "', 50_000_000n],
    ['-0', 0n],
    ['-3.000000004', -300_000_000n],
    // More digits than a double holds.
    ['987654321.12345678', 98_765_432_112_345_678n],
    ['"987654321.12345678"', 98_765_432_112_345_678n],
    ['-90071992547.40993123', -9_007_199_254_740_993_123n],
    ['92233720368.54775807', 9_223_372_036_854_775_807n],
  ] as const) {
    it(`is exact to 1e-8: ${cost}`, async () => {
      const { rows, services, totals } = await month({ cost });
      assert.deepEqual([rows[0]?.costE8, services[0]?.costE8, totals[0]?.costE8], [e8, e8, e8]);
    });
  }

  for (const cost of [
    'null',
    'true',
    '"NaN"',
    '"1,5"',
    '"1.234,56"',
    '{}',
    '[]',
    '""',
    '1e999',
    '"Infinity"',
  ]) {
    it(`is an error where it is none, never zero: ${cost}`, async () => {
      assert.match(await refusal({ cost }), /is no amount/u);
    });
  }

  for (const cost of ['92233720368.54775808', '-92233720368.54775808', '1e300', '"1e99"']) {
    it(`is refused where it is larger than can be kept: ${cost}`, async () => {
      assert.match(await refusal({ cost }), /larger than the 92 thousand million/u);
    });
  }

  it('is refused where a total is larger than can be kept, though each row is not', async () => {
    assert.match(await refusal({ cost: '5', total: '99000000000' }), /larger than the 92 thousand million/u);
  });
});

describe('a quantity of Azure', () => {
  for (const [quantity, expected] of [
    ['12.5', 12.5],
    ['"12.5"', 12.5],
    ['1E+3', 1000],
    ['0', 0],
    ['-2', -2],
    ['null', undefined],
    ['"n/a"', undefined],
    ['1e999', undefined],
  ] as const) {
    it(`is a number or unknown: ${quantity}`, async () => {
      const { rows, services } = await month({ quantity, usd: quantity });
      assert.equal(rows[0]?.quantity, expected);
      assert.equal(services[0]?.costUsd, expected);
    });
  }
});

describe('a day of Azure', () => {
  for (const date of [
    '20250901',
    '"20250901"',
    '20250901.0',
    '"2025-09-01"',
    '"2025-09-01T00:00:00"',
    '"2025-09-01T00:00:00.0000000Z"',
  ]) {
    it(`is a number, digits or ISO: ${date}`, async () => {
      const { rows, services } = await month({ date });
      assert.deepEqual(
        [rows[0]?.utcDay, services[0]?.utcDay],
        [utcDayOf('2025-09-01'), utcDayOf('2025-09-01')],
      );
    });
  }

  for (const date of ['null', '"09/01/2025"', '1756684800', '"Sep 1"', '20250931', '20250900', '2025090']) {
    it(`is an error where it is none: ${date}`, async () => {
      assert.match(await refusal({ date }), /is no date/u);
    });
  }

  for (const date of ['20250831', '20251001', '"2025-08-31T22:00:00Z"']) {
    it(`is an error where it was not asked for: ${date}`, async () => {
      assert.match(await refusal({ date }), /was not asked for/u);
    });
  }
});

describe('a resource of Azure', () => {
  for (const resource of [
    '"/SUBSCRIPTIONS/X/resourceGroups/RG/providers/P/accounts/A"',
    '"subscriptions/x/resourcegroups/rg/providers/p/accounts/a"',
    '" /subscriptions/x/resourceGroups/rg/providers/p/accounts/a/ "',
  ]) {
    it(`has one id, however it is written: ${resource}`, async () => {
      const { rows } = await month({ resource });
      assert.equal(rows[0]?.resourceId, '/subscriptions/x/resourcegroups/rg/providers/p/accounts/a');
    });
  }

  for (const resource of ['""', 'null']) {
    it(`may be none: ${resource}`, async () => {
      assert.equal((await month({ resource })).rows[0]?.resourceId, '');
    });
  }
});

describe('a currency of Azure', () => {
  it('is one code, however it is written', async () => {
    const { rows, totals } = await month({ currency: '" eur "' });
    assert.deepEqual([rows[0]?.currency, totals[0]?.currency], ['EUR', 'EUR']);
  });

  it('is an error where it is none', async () => {
    for (const currency of ['""', 'null', '"  "']) {
      assert.match(await refusal({ currency }), /no currency/u);
    }
  });
});
