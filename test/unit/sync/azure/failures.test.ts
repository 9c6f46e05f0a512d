import assert from 'node:assert/strict';
import type { AzureFaultName } from '../../../../src/sample/azure/azureFaults';
import { AzureError, AzureSignInError, type AzureFailure } from '../../../../src/sync/azure/azureErrors';
import type { AzureCredential } from '../../../../src/sync/azure/azureModule';
import { CALM, office, reading } from './azureHarness';

function isAzureError(kind: AzureFailure, words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof AzureError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, words);
    return true;
  };
}

describe('a refusal of Azure', () => {
  const refusals: readonly (readonly [AzureFaultName, AzureFailure, RegExp])[] = [
    ['charges hidden', 'refused', /Sign in again\. If that does not help, charges are hidden/u],
    [
      'role missing',
      'forbidden',
      /costs of subscriptions\/.* is missing\. Ask for Cost Management Reader on it/u,
    ],
    ['scope unknown', 'unknown', /Azure knows no subscriptions\/.*Check the scope, the tenant/u],
  ];
  for (const [fault, kind, words] of refusals) {
    it(`says what to do and is not tried again: ${fault}`, async () => {
      await reading(office(), async ({ client, azure }) => {
        azure.turn(fault);
        await assert.rejects(client.monthToDate(CALM), isAzureError(kind, words));
        assert.equal(azure.requests.length, 1);
      });
    });
  }

  it('gives Azure’s own words for a query that it does not take', async () => {
    await reading(office(), async ({ client, azure }) => {
      azure.fail(() => true, {
        kind: 'reply',
        status: 400,
        body: { error: { code: 'BadRequest', message: 'Invalid query definition: too old.' } },
      });
      await assert.rejects(client.monthToDate(CALM), (error: unknown) => {
        assert.ok(error instanceof AzureError);
        assert.equal(error.detail, 'Invalid query definition: too old.');
        return isAzureError(
          'query',
          /^Azure refuses the query: Invalid query definition: too old\.$/u,
        )(error);
      });
    });
  });

  it('is no answer of Azure when it has another form, or sends elsewhere', async () => {
    await reading(office(), async ({ client, azure }) => {
      for (const status of [400, 302, 409]) {
        azure.fail(() => true, {
          kind: 'reply',
          status,
          body: '<html>proxy</html>',
          headers: { 'content-type': 'text/html', location: 'https://proxy.example/' },
        });
        await assert.rejects(
          client.monthToDate(CALM),
          isAzureError('answer', new RegExp(`status is ${status}`, 'u')),
        );
      }
      assert.deepEqual(azure.httpClient.strays, []);
    });
  });

  it('is answered once with the claims that the service wants', async () => {
    const it = office();
    await reading(it, async ({ azure, clients, access }) => {
      const credential = azure.credential();
      azure.turn('token with claims wanted');
      await clients.openCostClient(it.subscription.scope, { ...access, credential }).monthToDate(CALM);
      assert.deepEqual(
        azure.requests.map(({ status }) => status),
        [401, 200],
      );
      assert.match(credential.asked[1]?.claims ?? '', /access_token/u);
    });
  });
});

describe('trouble of Azure and the network', () => {
  for (const fault of ['server error', 'busy'] as const) {
    it(`is tried again twice, after 2 and 8 seconds: ${fault}`, async () => {
      const it = office();
      await reading(it, async ({ client, azure }) => {
        azure.turn(fault, { times: 2 });
        await client.monthToDate(CALM);
        assert.deepEqual(it.time.waits, [2000, 8000]);
        assert.equal(client.waitedMs, 10_000);
        assert.equal(client.calls, 3);

        azure.turn(fault, { times: 3 });
        await assert.rejects(
          client.monthToDate(CALM),
          isAzureError('server', /Azure has trouble \(status 50[03]: /u),
        );
      });
    });
  }

  it('is tried again when the connection breaks off', async () => {
    const it = office();
    await reading(it, async ({ client, azure }) => {
      azure.fail(() => true, { kind: 'reset' }, 3);
      await assert.rejects(client.monthToDate(CALM), isAzureError('network', /management\.azure\.com/u));
      assert.deepEqual(it.time.waits, [2000, 8000]);
    });
  });

  it('is not tried again where that cannot help', async () => {
    const it = office();
    const failing = (code: string): unknown => ({
      sendRequest: () =>
        Promise.reject(Object.assign(new Error('self-signed certificate'), { name: 'RestError', code })),
    });
    await reading(it, async ({ clients, access }) => {
      const client = clients.openCostClient(it.subscription.scope, {
        ...access,
        httpClient: failing('DEPTH_ZERO_SELF_SIGNED_CERT'),
      });
      await assert.rejects(
        client.monthToDate(CALM),
        isAzureError('network', /certificate of management\.azure\.com/u),
      );
      assert.deepEqual(it.time.waits, []);
    });
  });

  it('is a time-out when Azure does not answer within two minutes', async () => {
    const it = office();
    await reading(it, async ({ clients, access }) => {
      const timeouts: number[] = [];
      const client = clients.openCostClient(it.subscription.scope, {
        ...access,
        httpClient: {
          sendRequest: ({ timeout }: { readonly timeout: number }) => {
            timeouts.push(timeout);
            return Promise.reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
          },
        },
      });
      await assert.rejects(client.monthToDate(CALM), isAzureError('network', /did not answer in time/u));
      assert.deepEqual(timeouts, [120_000, 120_000, 120_000]);
    });
  });
});

describe('a sign-in that fails', () => {
  it('is told as it is, and nothing is sent', async () => {
    const it = office();
    await reading(it, async ({ azure, clients, access }) => {
      const credential: AzureCredential = {
        getToken: () => Promise.reject(new AzureSignInError('Sign in first.')),
      };
      const client = clients.openCostClient(it.subscription.scope, { ...access, credential });
      await assert.rejects(
        client.monthToDate(CALM),
        (error: unknown) => error instanceof AzureSignInError && error.message === 'Sign in first.',
      );
      const nobody = clients.openCostClient(it.subscription.scope, {
        ...access,
        credential: { getToken: () => Promise.resolve(null) },
      });
      await assert.rejects(nobody.monthToDate(CALM), AzureSignInError);
      assert.equal(azure.requests.length, 0);
    });
  });

  it('asks for the token once for many requests, at the address of the cloud', async () => {
    const it = office();
    await reading(it, async ({ azure, clients, access }) => {
      for (const [cloud, scope] of [
        ['public', 'https://management.azure.com/.default'],
        ['usGov', 'https://management.usgovcloudapi.net/.default'],
        ['china', 'https://management.chinacloudapi.cn/.default'],
      ] as const) {
        const credential = azure.credential();
        const client = clients.openCostClient(it.subscription.scope, { ...access, credential, cloud });
        await client.month('2025-09', 'actual', { signal: CALM });
        assert.deepEqual(
          credential.asked.map(({ scopes }) => scopes),
          [[scope]],
        );
      }
    });
  });
});
