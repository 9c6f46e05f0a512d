import assert from 'node:assert/strict';
import { REAL_QUOTAS } from '../../../../src/sample/azure/quotas';
import { AzureThrottledError } from '../../../../src/sync/azure/azureErrors';
import type { AzureFaultName } from '../../../../src/sample/azure/azureFaults';
import type { AzureClock } from '../../../../src/sync/azure/azureModule';
import { CALM, NOW, office, reading } from './azureHarness';

function isThrottledUntil(until: number): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof AzureThrottledError, String(error));
    assert.equal(error.until, until);
    return true;
  };
}

describe('a throttled query', () => {
  const waits: readonly (readonly [AzureFaultName, number])[] = [
    ['throttled, cost headers only', 21_000],
    ['throttled, small Retry-After', 30_000],
    ['throttled, Retry-After', 5_000],
    ['throttled, no header', 20_000],
    ['busy, Retry-After', 4_000],
  ];
  for (const [fault, ms] of waits) {
    it(`waits as long as the largest header says, and tells until when: ${fault}`, async () => {
      const it = office();
      const told: number[] = [];
      await reading(
        it,
        async ({ client, azure }) => {
          azure.turn(fault);
          await client.monthToDate(CALM);
          assert.deepEqual(it.time.waits, [ms]);
          assert.deepEqual(told, [NOW + ms]);
          assert.equal(client.waitedMs, ms);
          assert.equal(client.calls, 2);
        },
        { access: { onWait: (until) => told.push(until) } },
      );
    });
  }

  it('waits 20, 45, 90, 180 and 300 seconds where no header says how long, then gives up', async () => {
    const it = office();
    await reading(it, async ({ client, azure }) => {
      azure.turn('throttled, no header', { times: 99 });
      const given = 20_000 + 45_000 + 90_000 + 180_000 + 300_000;
      await assert.rejects(client.monthToDate(CALM), isThrottledUntil(NOW + given + 300_000));
      assert.deepEqual(it.time.waits, [20_000, 45_000, 90_000, 180_000, 300_000]);
      assert.equal(azure.requests.length, 6);
    });
  });

  it('is given up at once for a wait over the budget, and says when it may go on', async () => {
    const it = office();
    await reading(it, async ({ client, azure }) => {
      azure.turn('throttled for an hour');
      await assert.rejects(client.monthToDate(CALM), isThrottledUntil(NOW + 3_600_000));
      assert.deepEqual(it.time.waits, []);
    });
  });

  it('keeps to the budget that it is given', async () => {
    const it = office();
    await reading(
      it,
      async ({ client, azure }) => {
        azure.turn('throttled, cost headers only');
        await assert.rejects(client.monthToDate(CALM), isThrottledUntil(NOW + 21_000));
      },
      { access: { waitBudgetMs: 20_000 } },
    );
  });

  it('holds back the other scopes of the tenant, and no other tenant', async () => {
    const it = office();
    const other = it.world.addSubscription({ name: 'Test' });
    const elsewhere = it.world.addSubscription({ tenant: it.world.addTenant('Fabrikam') });
    await reading(it, async ({ client, clients, access, azure }) => {
      azure.turn('throttled for an hour');
      await assert.rejects(client.monthToDate(CALM), AzureThrottledError);
      azure.clearRequests();
      const sibling = clients.openCostClient(other.scope, access);
      await assert.rejects(sibling.monthToDate(CALM), isThrottledUntil(NOW + 3_600_000));
      assert.equal(azure.requests.length, 0);

      const stranger = clients.openCostClient(elsewhere.scope, {
        ...access,
        tenantId: elsewhere.tenant.id,
        credential: azure.credential(elsewhere.tenant.id),
      });
      await stranger.monthToDate(CALM);
      assert.equal(azure.requests.length, 1);

      it.time.set(new Date(NOW + 3_600_000).toISOString());
      await sibling.monthToDate(CALM);
    });
  });

  it('waits no longer for a clock that was set back', async () => {
    const it = office();
    await reading(
      it,
      async ({ client, azure }) => {
        azure.turn('throttled, no header');
        await client.monthToDate(CALM);
        it.time.set(new Date(NOW - 3_600_000).toISOString());
        await client.monthToDate(CALM);
        assert.deepEqual(it.time.waits, [20_000, 20_000]);
      },
      { access: { spacingMs: 15_000 } },
    );
  });

  it('lets lists of the directory through: they are counted apart', async () => {
    const it = office();
    await reading(it, async ({ client, directory, azure }) => {
      azure.turn('throttled for an hour');
      await assert.rejects(client.monthToDate(CALM), AzureThrottledError);
      assert.equal((await directory.subscriptions(CALM)).length, 1);
    });
  });
});

describe('the pace of queries', () => {
  it('is one in 15 seconds for a scope, so that the real quotas hold for a backfill of a year', async () => {
    const it = office();
    await reading(
      it,
      async ({ clients, access, azure }) => {
        const client = clients.openCostClient(it.subscription.scope, { ...access, spacingMs: undefined });
        for (const month of ['2025-09', '2025-08', '2025-07', '2025-06']) {
          await client.month(month, 'actual', { signal: CALM });
        }
        assert.equal(azure.requests.length, 12);
        assert.ok(azure.requests.every(({ status }) => status === 200));
        assert.deepEqual(new Set(it.time.waits), new Set([15_000]));
        assert.equal(client.waitedMs, 11 * 15_000);
      },
      { quotas: REAL_QUOTAS },
    );
  });

  it('is for each scope apart, and one request at a time in a tenant', async () => {
    const it = office();
    const other = it.world.addSubscription({ name: 'Test' });
    let running = 0;
    let most = 0;
    await reading(it, async ({ clients, access, azure }) => {
      const watched = {
        ...access,
        spacingMs: 15_000,
        httpClient: {
          sendRequest: async (request: never) => {
            running += 1;
            most = Math.max(most, running);
            try {
              return await azure.httpClient.sendRequest(request);
            } finally {
              running -= 1;
            }
          },
        },
      };
      await Promise.all(
        [it.subscription, other].map(({ scope }) => clients.openCostClient(scope, watched).monthToDate(CALM)),
      );
      assert.equal(most, 1);
      assert.deepEqual(it.time.waits, []);
    });
  });
});

describe('an abort', () => {
  const reason = new Error('stopped by a person');

  /** Waits until it is aborted. */
  function patient(onWait: () => void): AzureClock {
    return {
      now: () => NOW,
      wait: (_ms, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
          onWait();
        }),
    };
  }

  it('ends a wait at once', async () => {
    const stop = new AbortController();
    const clock = patient(() => {
      stop.abort(reason);
    });
    await reading(
      office(),
      async ({ client, azure }) => {
        azure.turn('throttled, no header');
        await assert.rejects(client.monthToDate(stop.signal), reason);
        assert.equal(azure.requests.length, 1);
      },
      { access: { clock } },
    );
  });

  it('ends a request that Azure does not answer', async () => {
    const stop = new AbortController();
    await reading(office(), async ({ client, azure }) => {
      azure.fail(
        () => {
          setImmediate(() => {
            stop.abort(reason);
          });
          return true;
        },
        { kind: 'hang' },
      );
      await assert.rejects(client.monthToDate(stop.signal), reason);
    });
  });

  it('ends the queue behind another scope of the tenant, whose wait goes on', async () => {
    const it = office();
    const other = it.world.addSubscription({ name: 'Test' });
    const [first, second] = [new AbortController(), new AbortController()];
    let whenWaiting: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      whenWaiting = resolve;
    });
    await reading(
      it,
      async ({ client, clients, access, azure }) => {
        azure.turn('throttled, no header');
        const held = client.monthToDate(first.signal);
        await waiting;
        const queued = clients.openCostClient(other.scope, access).monthToDate(second.signal);
        second.abort(reason);
        await assert.rejects(queued, reason);
        first.abort(reason);
        await assert.rejects(held, reason);
        assert.equal(azure.requests.length, 1);
      },
      { access: { clock: patient(() => whenWaiting()) } },
    );
  });

  it('before the first request sends none', async () => {
    await reading(office(), async ({ client, directory, azure }) => {
      const signal = AbortSignal.abort(reason);
      await assert.rejects(client.month('2025-09', 'actual', { signal }), reason);
      await assert.rejects(directory.tenants(signal), reason);
      assert.equal(azure.requests.length, 0);
    });
  });
});
