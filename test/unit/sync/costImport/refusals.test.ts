import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { newestGeneration } from '../../../../src/store/files/fileGeneration';
import { CostFileError } from '../../../../src/sync/costImport/importTypes';
import { publishedRows } from '../../store/published';
import { useTemporaryFolder } from '../../store/builders';
import { connectionTo, exportOf, ImportStage, RESOURCE, SUBSCRIPTION } from './importHarness';

const GOOD = exportOf([
  { date: '2025-10-01', cost: '1' },
  { date: '2025-10-02', cost: '2' },
]);

describe('A cost file that is refused', () => {
  const folder = useTemporaryFolder();
  let stage: ImportStage;
  beforeEach(() => {
    stage = new ImportStage(folder());
  });

  const CASES: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    [
      'has no column of dates',
      GOOD.replace(',Date,', ',Day,'),
      /no column Date \/ UsageDate \/ UsageDateTime\./u,
    ],
    [
      'has no column of amounts',
      GOOD.replace('CostInBillingCurrency', 'Amount'),
      /no column CostInBillingCurrency \//u,
    ],
    ['has no currency', GOOD.replace('BillingCurrencyCode', 'Money'), /no column BillingCurrencyCode \//u],
    ['has a bad date', GOOD.replace('10/02/2025', '31/12/2025'), /Row 3: "31\/12\/2025" is no date/u],
    [
      'mixes decimal marks',
      GOOD.replace(',1,/', ',1.5,/').replace(',2,/', ',"2,5",/'),
      /Row 3: "2,5" is no amount/u,
    ],
    [
      'groups digits and does not tell by what',
      GOOD.replace(',2,/', ',"1,234",/'),
      /Nothing in the file tells whether "1,234" has decimals/u,
    ],
    ['groups digits wrongly', GOOD.replace(',2,/', ',"12,34.5",/'), /Row 3: "12,34\.5" is no amount/u],
    ['has no amount', GOOD.replace(',2,/', ',,/'), /Row 3: "" is no amount/u],
    [
      'has an amount that the database cannot hold',
      GOOD.replace(',2,/', ',92233720368.54775808,/'),
      /Row 3: with it the amounts of 2025-10 are larger than the 92 thousand million EUR that can be kept/u,
    ],
    [
      'has a negative one',
      GOOD.replace(',2,/', ',-1e300,/'),
      /Row 3: with it the amounts of 2025-10 are larger than the 92 thousand million EUR/u,
    ],
    [
      'has amounts that the database cannot hold together',
      exportOf(
        ['2025-09-30', '2025-10-01', '2025-10-02', '2025-10-03'].map((date) => ({
          date,
          cost: '40000000000',
        })),
      ),
      /Row 5: with it the amounts of 2025-10 are larger/u,
    ],
    ['has a bad currency', GOOD.replace(/EUR\r\n$/u, '€\r\n'), /Row 3: "€" is no currency/u],
    [
      'lacks fields at its end',
      GOOD.slice(0, -30),
      /Row 3 has \d+ fields, the header 16|ends inside a quoted field/u,
    ],
    ['ends inside quotes', `${GOOD}"Sales`, /ends inside a quoted field/u],
    ['holds no row', GOOD.slice(0, GOOD.indexOf('\r\n')), /holds no rows/u],
    ['is empty', '', /is empty/u],
    ['is Parquet', 'PAR1\u0000\u0000', /Parquet file\. Choose CSV/u],
    ['is a cut off ZIP file', 'PK\u0003\u0004', /damaged or cut off/u],
    ['is cut off inside its packing', gzipSync(GOOD).subarray(0, 80), /damaged or cut off/u],
    ['is no UTF-8', Buffer.from([...Buffer.from(GOOD), 0xff, 0xfe]), /no text in UTF-8 or UTF-16/u],
  ];
  for (const [what, content, message] of CASES) {
    it(`${what}: nothing is written`, async () => {
      await assert.rejects(stage.import(content), (error: Error) => {
        assert.equal(error.name, 'CostFileError');
        assert.match(error.message, message);
        return true;
      });
      assert.equal(newestGeneration(dataFolderAt(folder()).generations), 0);
    });
  }

  it('but not one with the largest amounts, in months and currencies of their own', async () => {
    const [date, cost] = ['2025-10-01', '92233720368'];
    await stage.import(
      exportOf([
        { date, cost },
        { date, cost, currency: 'VND' },
        { date: '2025-09-30', cost: `-${cost}` },
      ]),
    );
    assert.deepEqual(
      await publishedRows(
        folder(),
        'SELECT CAST(control_e8 AS TEXT) FROM cost_month_totals ORDER BY month, currency',
      ),
      [['-9223372036800000000'], ['9223372036800000000'], ['9223372036800000000']],
    );
  });

  it('or the rest of a month, which the database cannot hold with the days that are there', async () => {
    const part = (day: string, cost: string): string => exportOf([{ date: `2025-10-${day}`, cost }]);
    await stage.import(part('01', '-50000000000'));
    await stage.import(part('02', '40000000000'));
    await assert.rejects(stage.import(part('03', '3000000000')), (error) => {
      assert.ok(error instanceof CostFileError);
      assert.match(
        error.message,
        /With the days that are there the amounts of 2025-10 are larger than the 92 thousand million EUR/u,
      );
      return true;
    });
    const there = 'SELECT CAST(sum(cost_e8) AS TEXT) FROM cost_daily WHERE is_deleted = 0';
    assert.deepEqual(await publishedRows(folder(), there), [['-1000000000000000000']]);
    // What is replaced counts no more.
    await stage.import(part('02', '42000000000'));
    assert.deepEqual(await publishedRows(folder(), there), [['-800000000000000000']]);
  });

  it('is not there', async () => {
    await assert.rejects(stage.import(GOOD, { paths: ['/nowhere/costs.csv'] }), /There is no file/u);
    assert.equal(existsSync(dataFolderAt(folder()).generations), false);
  });

  it('holds what is read of Azure: it would count twice', async () => {
    const scopes = [
      `subscriptions/${SUBSCRIPTION}`,
      `subscriptions/${SUBSCRIPTION}/resourcegroups/rg-ai`,
      'providers/microsoft.billing/billingaccounts/1234',
    ];
    for (const scope of scopes) {
      stage.connections = [connectionTo(scope)];
      await assert.rejects(stage.import(GOOD), /comes from Azure \("Azure"\).*only months before 2024-11/u);
    }
  });

  it('but not months from before Azure gives any, nor other subscriptions', async () => {
    stage.connections = [connectionTo(`subscriptions/${SUBSCRIPTION}`)];
    await stage.import(exportOf([{ date: '2024-10-31', cost: '1' }]));
    const other = '99999999-2222-3333-4444-555555555555';
    await stage.import(exportOf([{ date: '2025-10-01', cost: '1', subscription: other, resource: '' }]));
    assert.deepEqual(await publishedRows(folder(), 'SELECT count(*) FROM cost_scopes'), [[2]]);
  });

  it('holds what was imported as a part of it before', async () => {
    const group = `subscriptions/${SUBSCRIPTION}/resourceGroups/rg-AI`;
    const part = await stage.import(GOOD, { scope: group });
    assert.equal(part.scopes[0]?.scope, group.toLowerCase());
    await assert.rejects(stage.import(GOOD), /is there already, as "subscriptions\/.*rg-ai"/u);
  });

  it('holds rows outside of the scope that was named', async () => {
    const scope = `subscriptions/${SUBSCRIPTION}/resourceGroups/rg-other`;
    await assert.rejects(stage.import(GOOD, { scope }), (error: Error) => {
      assert.ok(error.message.startsWith(`Row 2: ${RESOURCE.toLowerCase()} does not lie in`), error.message);
      return true;
    });
  });

  it('holds one resource group, where the whole subscription is there', async () => {
    const other = RESOURCE.replace('rg-AI', 'rg-Web');
    const whole = exportOf([
      { date: '2025-10-01', cost: '1' },
      { date: '2025-10-01', cost: '2', resource: other },
    ]);
    await stage.import(whole);
    await assert.rejects(stage.import(GOOD), /costs of subscriptions\/.*\/resourcegroups\/rg-ai alone/u);
    await assert.rejects(
      stage.import(exportOf([{ date: '2025-10-01', cost: '2', resource: other }])),
      /--scope subscriptions\/.*\/resourcegroups\/rg-web\./u,
    );
    assert.deepEqual(
      await publishedRows(folder(), 'SELECT sum(cost_e8) FROM cost_daily WHERE is_deleted = 0'),
      [[300_000_000]],
    );
    await stage.import(whole.replace(',2,', ',3,'));
    await stage.import(exportOf([{ date: '2025-10-09', cost: '1' }]));
  });

  it('is given a name that does not stand in a line; one of the file is made to', async () => {
    await assert.rejects(stage.import(GOOD, { name: 'a\u001b[2Jb' }), /line ends and control characters/u);
    await assert.rejects(stage.import(GOOD, { name: ' ' }), /Enter a name/u);
    const named = GOOD.replace('InvoiceSectionName', 'SubscriptionName');
    const { scopes } = await stage.import(named.replaceAll('EMEA""\nand', 'EMEA""\u001b\nand'));
    assert.equal(scopes[0]?.name, 'Sales, "EMEA"··and more');
  });

  it('names nobody whose it is', async () => {
    const content = 'UsageDate,Cost,Currency,MeterName\n2025-10-01,1.5,EUR,m\n';
    await assert.rejects(stage.import(content), /names no subscription.*--scope/u);
    await stage.import(content, { scope: `subscriptions/${SUBSCRIPTION}/resourceGroups/rg-AI` });
  });
});
