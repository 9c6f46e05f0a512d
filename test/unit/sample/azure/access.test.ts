import assert from 'node:assert/strict';
import { METERS } from '../../../../src/sample/azure/meterNames';
import { REAL_QUOTAS, type Quotas } from '../../../../src/sample/azure/quotas';
import type { SampleAzure } from '../../../../src/sample/azure/server';
import {
  ask,
  askPage,
  by,
  named,
  october,
  queryPath,
  smallAzure,
  withAzure,
  type Answer,
} from './azureClient';

const COST = 'x-ms-ratelimit-microsoft.costmanagement';

function query(azure: SampleAzure, scope: string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(azure, 'POST', queryPath(scope), { body: october(), headers });
}

describe('Rights at the sample Azure', () => {
  it('need a token that is good and of the tenant', async () => {
    const { world, subscription, time } = smallAzure();
    const other = world.addTenant('Fabrikam');
    await withAzure({ world }, async (azure) => {
      const status = async (authorization: string): Promise<number> =>
        (await query(azure, subscription.scope, { authorization })).status;
      const { token } = await azure.credential().getToken('scope');
      assert.equal(await status(`Bearer ${token}`), 200);
      assert.equal(await status(''), 401);
      assert.equal(await status('Bearer nonsense'), 401);
      assert.equal(await status(`Bearer ${(await azure.credential(other.id).getToken('scope')).token}`), 401);
      time.now += 3_600_000;
      assert.equal(await status(`Bearer ${token}`), 401);
    });
  });

  it('are a role that reads costs, at a scope that exists', async () => {
    const { world, subscription } = smallAzure();
    const hidden = world.addSubscription({ rights: 'none' });
    const costs = world.addSubscription({ rights: 'costReader' });
    await withAzure({ world }, async (azure) => {
      const status = async (scope: string): Promise<number> => (await query(azure, scope)).status;
      assert.equal(await status(hidden.scope), 403);
      assert.equal(await status(costs.scope), 200);
      assert.equal(await status(`${subscription.scope}/resourceGroups/RG-ai`), 200);
      assert.equal(await status(`${subscription.scope}/resourceGroups/none`), 404);
      assert.equal(await status('subscriptions/none'), 404);
      assert.equal(await status(`/${subscription.scope}`), 404);
    });
  });

  it('reach above subscriptions, where nothing is known of resources', async () => {
    const { world, account, subscription } = smallAzure();
    const second = world.addSubscription({ currency: 'USD' });
    world.bill(
      { day: '2025-10-01', resource: account, meter: METERS.gpt4oInput, cost: 1 },
      { day: '2025-10-01', resource: second, meter: METERS.gpt4oInput, cost: 2 },
    );
    const { id, billingAccount } = subscription.tenant;
    await withAzure({ world }, async (azure) => {
      for (const scope of [
        `providers/Microsoft.Billing/billingAccounts/${billingAccount}`,
        `providers/Microsoft.Management/managementGroups/${id}`,
      ]) {
        const rows = named(await askPage(azure, scope, october()));
        assert.deepEqual(
          rows.map((row) => [row['Currency'], row['Cost']]),
          [
            ['EUR', 1],
            ['USD', 2],
          ],
        );
        const byResource = { body: october({ grouping: by('ResourceId') }) };
        assert.equal((await ask(azure, 'POST', queryPath(scope), byResource)).status, 400);
      }
    });
  });
});

describe('Quotas of the sample Azure', () => {
  it('are 12 months of data in 10 seconds for a tenant, whatever its scopes', async () => {
    const { world, subscription, time } = smallAzure();
    const second = world.addSubscription();
    const year = october({}, { timePeriod: { from: '2024-11-01', to: '2025-10-15' } });
    await withAzure({ world, quotas: REAL_QUOTAS }, async (azure) => {
      const served = await ask(azure, 'POST', queryPath(subscription.scope), { body: year });
      assert.equal(served.headers.get(`${COST}-qpu-consumed`), '12');
      assert.equal(
        served.headers.get(`${COST}-qpu-remaining`),
        'QueriesPerHour:588,QueriesPerMin:48,QueriesPer10Sec:0',
      );
      time.now += 2_000;
      const refused = await query(azure, second.scope);
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get(`${COST}-qpu-retry-after`), '8');
      assert.equal(refused.headers.get('retry-after'), null);
      time.now += 8_000;
      assert.equal((await query(azure, second.scope)).status, 200);
    });
  });

  it('are four requests a minute for a scope', async () => {
    const { world, subscription, time } = smallAzure();
    await withAzure({ world, quotas: REAL_QUOTAS }, async (azure) => {
      for (const left of ['3', '2', '1', '0']) {
        const { headers } = await query(azure, subscription.scope);
        assert.equal(headers.get('x-ms-ratelimit-remaining-microsoft.costmanagement-entity-requests'), left);
      }
      const refused = await query(azure, subscription.scope);
      assert.deepEqual([refused.status, refused.headers.get(`${COST}-entity-retry-after`)], [429, '60']);
      time.now += 60_000;
      assert.equal((await query(azure, subscription.scope)).status, 200);
    });
  });

  it('are shared by all that name no ClientType', async () => {
    const { world, subscription } = smallAzure();
    const quotas: Quotas = {
      ...REAL_QUOTAS,
      scope: { windowMs: 1, max: Infinity },
      unnamedClients: { windowMs: 60_000, max: 0 },
    };
    await withAzure({ world, quotas }, async (azure) => {
      const refused = await query(azure, subscription.scope);
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get(`${COST}-clienttype-retry-after`), '60');
      assert.equal(
        refused.headers.get('x-ms-ratelimit-remaining-microsoft.costmanagement-clienttype-requests'),
        'DefaultQuota:0',
      );
      assert.equal((await query(azure, subscription.scope, { ClientType: 'OpenWebUISync' })).status, 200);
    });
  });

  it('are 60 a minute and 600 an hour', async () => {
    const { world, subscription, time } = smallAzure();
    const quotas: Quotas = { ...REAL_QUOTAS, scope: { windowMs: 1, max: Infinity } };
    await withAzure({ world, quotas }, async (azure) => {
      const body = october({}, { timePeriod: { from: '2024-11-01', to: '2025-10-15' } });
      const waits: (string | null)[] = [];
      for (let request = 0; request < 51; request++) {
        const answer = await ask(azure, 'POST', queryPath(subscription.scope), { body });
        waits.push(answer.headers.get(`${COST}-qpu-retry-after`));
        time.now += 12_000;
      }
      assert.equal(
        waits.findIndex((wait) => wait !== null),
        50,
      );
      assert.equal(waits[50], '3000');
    });
  });
});

describe('Lists of the sample Azure Resource Manager', () => {
  const API = '?api-version=2022-12-01';
  const list = async (azure: SampleAzure, path: string): Promise<readonly Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    let link: string | undefined = path + API;
    while (link !== undefined) {
      const page = (await ask(azure, 'GET', link)).json() as {
        value: Record<string, unknown>[];
        nextLink?: string;
      };
      items.push(...page.value);
      link = page.nextLink;
    }
    return items;
  };

  it('come in pages', async () => {
    const { world } = smallAzure();
    world.addSubscription({ name: 'Test' });
    world.addSubscription({ name: 'Hidden', rights: 'none' });
    await withAzure({ world, pageItems: 1 }, async (azure) => {
      const names = (await list(azure, '/subscriptions')).map((each) => each['displayName']);
      assert.deepEqual(names, ['Production', 'Test']);
      assert.equal(azure.requests.length, 2);
      assert.deepEqual(
        (await list(azure, '/tenants')).map((each) => each['tenantId']),
        world.tenants.map(({ id }) => id),
      );
    });
  });

  it('are accounts with their hosts, and deployments with their models', async () => {
    const { world, subscription, account } = smallAzure();
    world.addResource(subscription, {
      type: 'Microsoft.Compute/virtualMachines',
      name: 'vm',
      group: 'rg-web',
    });
    await withAzure({ world }, async (azure) => {
      const path = `/${subscription.scope}/providers/Microsoft.CognitiveServices/accounts`;
      const [found, ...others] = await list(azure, path);
      assert.deepEqual(others, []);
      assert.deepEqual([found?.['id'], found?.['kind']], [account.id, 'OpenAI']);
      assert.match(JSON.stringify(found), /"endpoint":"https:\/\/oai-sales\.openai\.azure\.com\/"/u);
      const [deployment] = await list(azure, `${account.id}/deployments`);
      assert.match(
        JSON.stringify(deployment),
        /"name":"GlobalStandard".*"name":"gpt-4o","version":"2024-08-06"/u,
      );
      const groups = await list(azure, `/${subscription.scope}/resourcegroups`);
      assert.deepEqual(
        groups.map(({ name }) => name),
        ['rg-AI', 'rg-web'],
      );
    });
  });

  it('need Reader: who only reads costs sees neither accounts nor deployments', async () => {
    const { world, subscription, account } = smallAzure();
    subscription.rights = 'costReader';
    await withAzure({ world }, async (azure) => {
      const status = async (path: string) => (await ask(azure, 'GET', path + API)).status;
      assert.equal(
        await status(`/${subscription.scope}/providers/Microsoft.CognitiveServices/accounts`),
        403,
      );
      assert.equal(await status(`${account.id}/deployments`), 403);
      assert.equal(await status(`/${subscription.scope}/resourcegroups`), 200);
      assert.equal(await status('/subscriptions'), 200);
    });
  });

  it('need a version of the API, and a place that exists', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      assert.equal((await ask(azure, 'GET', '/subscriptions')).status, 400);
      assert.equal((await ask(azure, 'GET', `/subscriptions/none/resourcegroups${API}`)).status, 404);
      assert.equal((await ask(azure, 'GET', `/${subscription.scope}/elsewhere${API}`)).status, 404);
    });
  });
});
