import assert from 'node:assert/strict';
import { METERS } from '../../../../src/sample/azure/meterNames';
import type { AzureFaultName } from '../../../../src/sample/azure/azureFaults';
import { AzureError } from '../../../../src/sync/azure/azureErrors';
import { CALM, office, reading, type Office } from './azureHarness';

/** Seven days of one meter: four pages of two rows. */
function sevenDays(): Office {
  const it = office();
  for (let day = 1; day <= 7; day += 1) {
    it.world.bill({
      day: `2025-09-0${day}`,
      resource: it.account,
      meter: METERS.gpt4oInput,
      cost: day,
      quantity: day,
    });
  }
  return it;
}

describe('pages of costs', () => {
  it('are all read, each by the names of its own columns', async () => {
    await reading(
      sevenDays(),
      async ({ client, azure }) => {
        const { rows, services } = await client.month('2025-09', 'actual', { signal: CALM });
        assert.deepEqual(
          rows.map(({ costE8, quantity }) => [costE8, quantity]),
          [1, 2, 3, 4, 5, 6, 7].map((day) => [BigInt(day) * 100_000_000n, day]),
        );
        assert.equal(services.length, 7);
        assert.equal(azure.requests.length, 4 + 4 + 1);
      },
      { pageRows: 2 },
    );
  });

  it('are asked for with the same body, 5,000 rows each, sorted by date, and by our own name', async () => {
    await reading(
      sevenDays(),
      async ({ client, azure, clients, access }) => {
        await client.month('2025-09', 'actual', { signal: CALM });
        const pages = azure.requests.slice(0, 4);
        const [first] = pages;
        assert.ok(pages.every(({ body }) => JSON.stringify(body) === JSON.stringify(first?.body)));
        assert.deepEqual((first?.body as { dataset: { sorting: unknown } }).dataset.sorting, [
          { direction: 'ascending', name: 'UsageDate' },
        ]);
        assert.ok(pages.every(({ method }) => method === 'POST'));
        assert.match(first?.query ?? '', /&\$top=5000$/u);
        assert.equal(new URLSearchParams(first?.query).get('api-version'), '2023-11-01');
        for (const { headers } of azure.requests) {
          assert.equal(headers['clienttype'], 'OpenWebUISync');
          assert.match(headers['user-agent'] ?? '', /^openwebui-sync\/1\.2\.3 azsdk-js-arm-costmanagement/u);
        }
        assert.ok(azure.requests.every(({ path }) => !path.includes('//')));

        azure.clearRequests();
        const older = clients.openCostClient(access.tenantId, { ...access, apiVersion: '2022-10-01' });
        await assert.rejects(older.monthToDate(CALM));
        assert.equal(new URLSearchParams(azure.requests[0]?.query).get('api-version'), '2022-10-01');
      },
      { pageRows: 2 },
    );
  });

  it('are never asked for at another address, which would get the token', async () => {
    await reading(sevenDays(), async ({ client, azure }) => {
      azure.turn('link to another origin');
      await assert.rejects(client.month('2025-09', 'actual', { signal: CALM }), /another address/u);
      assert.deepEqual(azure.httpClient.strays, []);
    });
  });

  it('must end', async () => {
    await reading(
      sevenDays(),
      async ({ client, azure }) => {
        azure.turn('link in a circle', { times: 99 });
        await assert.rejects(client.month('2025-09', 'actual', { signal: CALM }), /pages do not end/u);
        assert.ok(azure.requests.length < 5);
      },
      { pageRows: 2 },
    );
  });
});

describe('an answer that is no cost data', () => {
  const faults: Readonly<Partial<Record<AzureFaultName, RegExp>>> = {
    'sign-in page': /it is a web page, as of a proxy/u,
    'page that claims to be JSON': /it is a web page, as of a proxy/u,
    'broken JSON': /it is no JSON/u,
    'empty object': /"properties" is missing in it/u,
    'no Cost column': /it has no column Cost/u,
    'no Currency column': /it has no column Currency/u,
    'cost as text': /"n\/a"" is no amount/u,
  };
  for (const [name, words] of Object.entries(faults) as [AzureFaultName, RegExp][]) {
    it(`is an error, never zero: ${name}`, async () => {
      await reading(sevenDays(), async ({ client, azure }) => {
        azure.turn(name);
        await assert.rejects(
          client.month('2025-09', 'actual', { signal: CALM }),
          (error: unknown) =>
            error instanceof AzureError && error.kind === 'answer' && words.test(error.message),
        );
      });
    });
  }

  for (const [what, change] of [
    ['an empty body', () => ''],
    ['a list', () => '[]'],
    ['a day of another month', (text: string) => text.replace('20250903', '20251003')],
    ['a day that is none', (text: string) => text.replace('20250903', '20250931')],
    ['a row that is too short', (text: string) => text.replace(/"rows":\[\[[^,]+,/u, '"rows":[[')],
    ['no currency in a row', (text: string) => text.replace('"EUR"', '""')],
    ['no rows at all', (text: string) => text.replace('"rows"', '"lines"')],
  ] as const) {
    it(`is an error, never zero: ${what}`, async () => {
      await reading(sevenDays(), async ({ client, azure }) => {
        azure.fail(() => true, { kind: 'retext', change });
        await assert.rejects(
          client.month('2025-09', 'actual', { signal: CALM }),
          (error: unknown) => error instanceof AzureError && error.kind === 'answer',
        );
      });
    });
  }

  it('is an error when it comes on the last page: nothing is given before all have come', async () => {
    await reading(
      sevenDays(),
      async ({ client, azure }) => {
        azure.turn('sign-in page', { at: ({ query }) => query.includes('skiptoken') });
        await assert.rejects(client.month('2025-09', 'actual', { signal: CALM }), /web page/u);
      },
      { pageRows: 4 },
    );
  });
});
