import assert from 'node:assert/strict';
import { AZURE_FAULTS, type AzureFaultName } from '../../../../src/sample/azure/azureFaults';
import { METERS } from '../../../../src/sample/azure/meterNames';
import type { SampleAzure } from '../../../../src/sample/azure/server';
import {
  ask,
  by,
  named,
  october,
  queryPath,
  smallAzure,
  withAzure,
  type Answer,
  type CostPage,
} from './azureClient';

const COST = 'x-ms-ratelimit-microsoft.costmanagement';

/** What a client sees of a fault, at a query by resource and at the ungrouped total. */
interface Seen {
  readonly rows: Answer;
  readonly total: Answer;
  readonly azure: SampleAzure;
}

const page = (answer: Answer): CostPage => (answer.json() as { readonly properties: CostPage }).properties;
const costs = (answer: Answer): readonly unknown[] => named(page(answer)).map((row) => row['Cost']);
const columns = (answer: Answer): readonly string[] =>
  page(answer)
    .columns.map(({ name }) => name)
    .sort();

function refused(status: number, headers: Readonly<Record<string, string | null>> = {}) {
  return ({ rows }: Seen): void => {
    assert.equal(rows.status, status);
    for (const [name, value] of Object.entries(headers)) {
      assert.equal(rows.headers.get(name), value, name);
    }
  };
}

/** How each fault shows; without faults the costs are 1, 2, 3 on three days, two of them on the first page. */
const EXPECTED: Readonly<Record<AzureFaultName, (seen: Seen) => void | Promise<void>>> = {
  'throttled, cost headers only': refused(429, {
    [`${COST}-qpu-retry-after`]: '7',
    [`${COST}-entity-retry-after`]: '21',
    'retry-after': null,
  }),
  'throttled, small Retry-After': refused(429, { 'retry-after': '2', [`${COST}-qpu-retry-after`]: '30' }),
  'throttled, Retry-After': refused(429, { 'retry-after': '5', [`${COST}-qpu-retry-after`]: null }),
  'throttled, no header': refused(429, { 'retry-after': null, [`${COST}-qpu-retry-after`]: null }),
  'throttled for an hour': refused(429, { [`${COST}-qpu-retry-after`]: '3600' }),
  'busy, Retry-After': refused(503, { 'retry-after': '4' }),
  busy: refused(503, { 'retry-after': null }),
  'server error': refused(500),
  'token with claims wanted': ({ rows }) => {
    assert.equal(rows.status, 401);
    assert.match(rows.headers.get('www-authenticate') ?? '', /insufficient_claims", claims="[\w=]+"/u);
  },
  'charges hidden': refused(401),
  'role missing': refused(403),
  'scope unknown': refused(404),
  'sign-in page': ({ rows }) => {
    assert.equal(rows.status, 200);
    assert.match(rows.headers.get('content-type') ?? '', /html/u);
  },
  'page that claims to be JSON': ({ rows }) => {
    assert.match(rows.headers.get('content-type') ?? '', /json/u);
    assert.throws(() => rows.json(), SyntaxError);
  },
  'broken JSON': ({ rows }) => {
    assert.equal(rows.status, 200);
    assert.throws(() => rows.json(), SyntaxError);
  },
  'empty object': ({ rows }) => assert.deepEqual(rows.json(), {}),
  'no content': ({ rows }) => assert.deepEqual([rows.status, rows.text], [204, '']),
  'no Cost column': ({ rows }) => {
    assert.deepEqual(columns(rows), ['Currency', 'ResourceId', 'UsageDate']);
    assert.ok(page(rows).rows.every((row) => row.length === 3));
  },
  'no Currency column': ({ rows }) => assert.deepEqual(columns(rows), ['Cost', 'ResourceId', 'UsageDate']),
  'cost as text': ({ rows, total }) => {
    assert.deepEqual(costs(rows), ['n/a', 'n/a']);
    assert.deepEqual(costs(total), [6]);
  },
  'link to another origin': ({ rows }) => {
    assert.equal(new URL(page(rows).nextLink ?? '').origin, 'https://costs.example');
  },
  'link in a circle': async ({ rows, azure }) => {
    const link = page(rows).nextLink ?? '';
    const body = october({ grouping: by('ResourceId') });
    const second = await ask(azure, 'POST', link, { body });
    assert.equal(page(second).nextLink, link);
  },
  'row twice': ({ rows, total }) => {
    assert.deepEqual(costs(rows), [1, 2, 1]);
    assert.deepEqual(costs(total), [6]);
  },
  'row lost': ({ rows }) => assert.deepEqual(costs(rows), [1]),
  'total that does not match': ({ rows, total }) => {
    assert.deepEqual(costs(rows), [1, 2]);
    assert.deepEqual(costs(total), [7]);
  },
  'only the last day': ({ rows }) => assert.deepEqual(costs(rows), [2]),
  'nothing any more': ({ rows, total }) => {
    assert.deepEqual([costs(rows), costs(total), page(rows).nextLink], [[], [], null]);
  },
};

describe('What goes wrong with the sample Azure', () => {
  for (const [name, { says }] of Object.entries(AZURE_FAULTS) as [AzureFaultName, { says: string }][]) {
    it(`${name}: ${says}`, async () => {
      const { world, subscription, account } = smallAzure();
      for (const day of [1, 2, 3]) {
        world.bill({ day: `2025-10-0${day}`, resource: account, meter: METERS.gpt4oInput, cost: day });
      }
      await withAzure({ world, pageRows: 2 }, async (azure) => {
        const query = (dataset: Record<string, unknown>): Promise<Answer> =>
          ask(azure, 'POST', queryPath(subscription.scope), { body: october(dataset) });
        azure.turn(name, { times: 3 });
        const rows = await query({ grouping: by('ResourceId') });
        const total = await query({ granularity: 'None' });
        await EXPECTED[name]({ rows, total, azure });
      });
    });
  }

  it('passes, and can be aimed', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      const takeBack = azure.turn('busy', { at: /subscriptions/u, times: Infinity });
      const status = async () =>
        (await ask(azure, 'POST', queryPath(subscription.scope), { body: october() })).status;
      assert.equal(await status(), 503);
      takeBack();
      assert.equal(await status(), 200);
    });
  });

  it('is in the log, with what was asked', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      azure.fail(/query/u, { kind: 'reset' });
      const headers = { ClientType: 'OpenWebUISync' };
      const body = october();
      await assert.rejects(ask(azure, 'POST', queryPath(subscription.scope), { body, headers }));
      await ask(azure, 'POST', queryPath(subscription.scope), { body, headers });
      assert.deepEqual(
        azure.requests.map((request) => [request.method, request.status, request.body]),
        [
          ['POST', 0, body],
          ['POST', 200, body],
        ],
      );
      assert.equal(azure.requests[1]?.headers['clienttype'], 'OpenWebUISync');
    });
  });
});
