import { CostManagementClient } from '@azure/arm-costmanagement';
import assert from 'node:assert/strict';
import { METERS } from '../../../../src/sample/azure/meterNames';
import type { SampleAzure } from '../../../../src/sample/azure/server';
import { by, october, smallAzure, withAzure } from './azureClient';

function sdk(azure: SampleAzure): CostManagementClient {
  return new CostManagementClient(azure.credential(), {
    httpClient: azure.httpClient,
    retryOptions: { maxRetries: 0 },
  });
}

describe('The sample Azure behind the real SDK', () => {
  it('answers a query', async () => {
    const { world, subscription, account } = smallAzure();
    world.bill({ day: '2025-10-02', resource: account, meter: METERS.gpt4oInput, cost: '1.23456789' });
    await withAzure({ world }, async (azure) => {
      const result = await sdk(azure).query.usage(
        subscription.scope,
        october({ grouping: by('ResourceId', 'Meter') }) as never,
      );
      assert.equal(result.rows?.length, 1);
      assert.ok(result.rows[0]?.some((cell: unknown) => cell === 1.23456789));
    });
  });

  it('is asked again with the claims that it wants', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      azure.turn('token with claims wanted');
      const credential = azure.credential();
      const client = new CostManagementClient(credential, { httpClient: azure.httpClient });
      await client.query.usage(subscription.scope, october() as never);
      assert.deepEqual(
        azure.requests.map(({ status }) => status),
        [401, 200],
      );
      assert.match(credential.asked[1]?.claims ?? '', /access_token/u);
    });
  });

  it('throttles in a way that the SDK does not wait for', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      azure.turn('throttled, cost headers only');
      await assert.rejects(sdk(azure).query.usage(subscription.scope, october() as never), {
        statusCode: 429,
      });
      assert.equal(azure.requests.length, 1);
    });
  });

  it('looks like no cost at all to the SDK when a page of HTML comes', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      azure.turn('sign-in page');
      const result = await sdk(azure).query.usage(subscription.scope, october() as never);
      assert.equal(result.rows, undefined);
    });
  });

  it('lets a request be cancelled', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      const controller = new AbortController();
      azure.fail(
        () => {
          controller.abort();
          return true;
        },
        { kind: 'hang' },
      );
      const asked = sdk(azure).query.usage(subscription.scope, october() as never, {
        abortSignal: controller.signal,
      });
      await assert.rejects(asked, { name: 'AbortError' });
    });
  });

  it('ends a request that takes longer than its time-out', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      azure.fail(/query/u, { kind: 'hang' });
      await assert.rejects(
        sdk(azure).query.usage(subscription.scope, october() as never, { requestOptions: { timeout: 20 } }),
        { name: 'AbortError' },
      );
    });
  });

  it('never reaches another server', async () => {
    const { world, subscription } = smallAzure();
    await withAzure({ world }, async (azure) => {
      const client = new CostManagementClient(azure.credential(), {
        httpClient: azure.httpClient,
        endpoint: 'https://costs.example',
        retryOptions: { maxRetries: 0 },
      });
      await assert.rejects(client.query.usage(subscription.scope, october() as never), /costs\.example/u);
      assert.equal(azure.requests.length, 0);
      assert.equal(azure.httpClient.strays.length, 1);
    });
  });
});
