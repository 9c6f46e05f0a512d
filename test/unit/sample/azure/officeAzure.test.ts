import assert from 'node:assert/strict';
import { AzureWorld } from '../../../../src/sample/azure/azureWorld';
import { METERS } from '../../../../src/sample/azure/meterNames';
import { officeAzure } from '../../../../src/sample/azure/officeAzure';
import { NOW } from './azureClient';

const clock = (): number => NOW;

describe('The office that the sample Azure bills', () => {
  it('is the same whenever it is made', () => {
    const [one, other] = [officeAzure({ clock }), officeAzure({ clock })];
    assert.deepEqual(one.world.rows, other.world.rows);
    assert.notDeepEqual(one.world.rows, officeAzure({ clock, seed: 'another' }).world.rows);
  });

  it('has three currencies in two tenants, charges of all kinds, and no tax', () => {
    const { world } = officeAzure({ clock });
    const all = (of: (row: (typeof world.rows)[number]) => string) => [...new Set(world.rows.map(of))].sort();
    assert.deepEqual(
      all(({ currency }) => currency),
      ['EUR', 'JPY', 'USD'],
    );
    assert.deepEqual(
      all(({ chargeType }) => chargeType),
      ['Purchase', 'Refund', 'RoundingAdjustment', 'Usage'],
    );
    assert.deepEqual(
      all(({ publisherType }) => publisherType),
      ['Azure', 'Marketplace'],
    );
    assert.equal(world.tenants.length, 2);
    assert.ok(world.rows.some(({ actual }) => actual !== undefined && actual < 0n));
  });

  it('has months that are closed, one that is open, and one without cost', () => {
    const { world, research, production } = officeAzure({ clock });
    const months = (subscription: unknown) => {
      const rows = world.rows.filter((row) => row.subscription === subscription);
      return [...new Set(rows.map(({ day }) => new Date(day * 86_400_000).toISOString().slice(0, 7)))].sort();
    };
    assert.deepEqual(months(production), ['2025-07', '2025-08', '2025-09', '2025-10']);
    assert.deepEqual(months(research), ['2025-07', '2025-09', '2025-10']);
  });

  it('counts exactly what a test says', () => {
    const world = new AzureWorld({ clock });
    const subscription = world.addSubscription({ currency: 'JPY' });
    const bill = { day: '2025-10-01', resource: subscription, meter: METERS.search };
    world.bill({ ...bill, cost: '12.34567891' }, { ...bill, cost: -0.1 }, { ...bill, cost: 1200 });
    assert.deepEqual(
      world.rows.map(({ actual }) => actual),
      [1_234_567_891n, -10_000_000n, 120_000_000_000n],
    );
    assert.throws(() => world.bill({ ...bill, cost: '1.123456789' }), RangeError);
    assert.throws(() => world.bill({ ...bill, day: '2025-13-01', cost: 1 }), RangeError);
  });
});
