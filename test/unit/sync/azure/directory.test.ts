import assert from 'node:assert/strict';
import { AzureError } from '../../../../src/sync/azure/azureErrors';
import { CALM, office, reading } from './azureHarness';

describe('the directory', () => {
  it('lists tenants, subscriptions and resource groups, all pages of them', async () => {
    const it = office();
    it.world.addTenant('Fabrikam');
    const test = it.world.addSubscription({ name: 'Test' });
    it.world.addAccount(it.subscription, { name: 'oai-Two', group: 'rg-Two' });
    await reading(
      it,
      async ({ directory, azure }) => {
        assert.deepEqual(
          (await directory.tenants(CALM)).map(({ name }) => name),
          ['Contoso', 'Fabrikam'],
        );
        assert.deepEqual(await directory.subscriptions(CALM), [
          { id: it.subscription.id, name: 'Production', tenantId: it.subscription.tenant.id },
          { id: test.id, name: 'Test', tenantId: it.subscription.tenant.id },
        ]);
        assert.deepEqual([...(await directory.resourceGroups(it.subscription.id, CALM))].sort(), [
          'rg-AI',
          'rg-Two',
        ]);
        assert.ok(azure.requests.some(({ query }) => query.includes('skip')));
        assert.ok(azure.requests.every(({ method }) => method === 'GET'));
      },
      { pageItems: 1 },
    );
  });

  it('lists the accounts that models answer at, with their own hosts', async () => {
    const it = office();
    it.world.addAccount(it.subscription, { name: 'Foundry', kind: 'AIServices' });
    await reading(it, async ({ directory }) => {
      const accounts = await directory.accounts(it.subscription.id, CALM);
      assert.deepEqual(
        accounts.map(({ name, kind }) => [name, kind]),
        [
          ['oai-Sales', 'OpenAI'],
          ['Foundry', 'AIServices'],
        ],
      );
      const [sales] = accounts;
      assert.equal(sales?.resourceId, it.account.id.toLowerCase());
      assert.equal(sales.resourceGroup, 'rg-AI');
      assert.ok(sales.hosts.includes('oai-sales.openai.azure.com'));
    });
  });

  it('leaves out other kinds of accounts, and hosts that a whole region shares', async () => {
    const it = office();
    await reading(it, async ({ directory, azure }) => {
      const account = (kind: string): unknown => ({
        id: `/subscriptions/x/resourceGroups/Rg/providers/Microsoft.CognitiveServices/accounts/${kind}`,
        name: kind,
        kind,
        // As some accounts of long ago have it.
        location: 'Sweden Central',
        properties: {
          endpoint: `https://${kind}.cognitiveservices.azure.com/`,
          endpoints: {
            'OpenAI Language Model Instance API': `https://${kind}.openai.azure.com/`,
            'Speech Services Speech to Text': 'https://swedencentral.stt.speech.microsoft.com',
            Container: 'none',
            Retired: null,
          },
        },
      });
      azure.fail(() => true, {
        kind: 'reply',
        status: 200,
        body: { value: [account('SpeechServices'), account('AIServices')] },
      });
      const accounts = await directory.accounts('x', CALM);
      assert.deepEqual(
        accounts.map(({ hosts }) => hosts),
        [['aiservices.cognitiveservices.azure.com', 'aiservices.openai.azure.com']],
      );
    });
  });

  it('lists deployments with what they are made of', async () => {
    const it = office();
    await reading(it, async ({ directory }) => {
      assert.deepEqual(await directory.deployments(it.account.id.toLowerCase(), CALM), [
        {
          resourceId: it.account.id.toLowerCase(),
          name: 'chat',
          model: 'gpt-4o',
          version: '2024-08-06',
          sku: 'GlobalStandard',
        },
      ]);
    });
  });

  it('names the role Reader where it is missing', async () => {
    const it = office();
    it.subscription.rights = 'costReader';
    await reading(it, async ({ directory }) => {
      for (const list of [
        directory.accounts(it.subscription.id, CALM),
        directory.deployments(it.account.id, CALM),
      ]) {
        await assert.rejects(
          list,
          (error: unknown) =>
            error instanceof AzureError &&
            error.kind === 'forbidden' &&
            error.message.endsWith('is missing. Ask for Reader on it.'),
        );
      }
    });
  });

  it('takes no page of another origin, no circle and no web page for a list', async () => {
    await reading(office(), async ({ directory, azure }) => {
      const reply = (body: unknown): void => {
        azure.fail(() => true, { kind: 'reply', status: 200, body });
      };
      reply({ value: [], nextLink: 'https://evil.example/tenants' });
      await assert.rejects(directory.tenants(CALM), /another address/u);
      reply({ value: [], nextLink: 'https://management.azure.com/tenants?api-version=2022-12-01' });
      await assert.rejects(directory.tenants(CALM), /pages do not end/u);
      reply('<html></html>');
      await assert.rejects(directory.tenants(CALM), /web page/u);
      reply({ value: [{ name: 'no id' }] });
      await assert.rejects(directory.tenants(CALM), /"value\.0\.tenantId" is missing/u);
      assert.deepEqual(azure.httpClient.strays, []);
    });
  });

  it('waits when Resource Manager throttles', async () => {
    const it = office();
    await reading(it, async ({ directory, azure }) => {
      azure.turn('throttled, Retry-After', { at: () => true });
      assert.equal((await directory.tenants(CALM)).length, 1);
      assert.deepEqual(it.time.waits, [5000]);
    });
  });
});
