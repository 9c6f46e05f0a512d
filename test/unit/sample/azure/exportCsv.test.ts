import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportCsv } from '../../../../src/sample/azure/exportCsv';
import { METERS } from '../../../../src/sample/azure/meterNames';
import { readCostFile } from '../../../../src/sync/costImport/readCostFile';
import { NOW, smallAzure } from './azureClient';

describe('A cost export of the sample Azure', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sample-costs-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('has a line for each day and meter, with dates as exports have them', () => {
    const { world, subscription, account } = smallAzure();
    world.bill(
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: '1.23456789', quantity: 500 },
      { day: '2025-10-02', resource: subscription, meter: 'a "b", c', cost: -0.5, chargeType: 'Refund' },
      { day: '2025-10-03', resource: account, meter: METERS.gpt4oInput, cost: 9, knownAt: Infinity },
      { day: '2025-10-03', resource: account, meter: METERS.gpt4oInput, cost: null, amortized: 9 },
    );
    const [header, first, second, ...rest] = exportCsv(world, subscription).split('\r\n');
    assert.match(
      header ?? '',
      /^billingAccountId,date,SubscriptionId,.*,costInBillingCurrency,billingCurrency,/u,
    );
    assert.match(first ?? '', /,10\/01\/2025,.*,gpt 4o 0806 Inp glbl Tokens,1K,500,1.23456789,EUR,Usage,/u);
    assert.match(second ?? '', /,"a ""b"", c",1,0,-0.50000000,EUR,Refund,/u);
    assert.deepEqual(rest, ['']);
  });

  it('is what the product’s own import reads, to the last decimal', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill(
      { day: '2025-09-30', resource: account, meter: METERS.gpt4oInput, cost: '0.00000001', quantity: 0.5 },
      { day: '2025-09-30', resource: account, meter: METERS.gpt5MiniOutput, cost: '12.1', quantity: 6.05 },
    );
    const path = join(folder, 'costs.csv');
    writeFileSync(path, exportCsv(world, subscription));
    const file = await readCostFile({ paths: [path], costType: 'actual' }, NOW, new AbortController().signal);
    assert.deepEqual(
      file.scopes.map(({ owner, months }) => [owner.scope, months.map(({ month }) => month)]),
      [[subscription.scope, ['2025-09']]],
    );
    assert.deepEqual(
      file.scopes[0]?.months[0]?.rows
        .map(({ meter, resourceId, costE8, unit }) => [meter, resourceId, costE8, unit])
        .sort(),
      [
        ['GPT 5 Mini Outpt Glbl 1M Tokens', account.id.toLowerCase(), 1_210_000_000n, '1M'],
        ['gpt 4o 0806 Inp glbl Tokens', account.id.toLowerCase(), 1n, '1K'],
      ],
    );
  });
});
