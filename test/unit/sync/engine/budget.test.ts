import assert from 'node:assert/strict';
import { COMPANIES, generateCompany } from '../../../../src/sample/company/company';
import { estimateCalls, minutesOf } from '../../../../src/sync/engine/budget';
import type { SyncRequest } from '../../../../src/sync/engine/syncTypes';
import { someFacts } from './facts';
import { FAST, useMirroring } from './harness';

describe('the number of calls that a run is thought to cost', () => {
  const mirroring = useMirroring();

  for (const version of ['0.5.20', '0.6.36', '0.9.6', '0.12.4'] as const) {
    it(`(${version}) is right within 20 % for 38 people, in full and for everybody`, async () => {
      const m = await mirroring(version, (options) =>
        generateCompany({ ...COMPANIES.fasgpt, ...options }),
      ).start();
      await m.sync({ kind: 'full' });
      // Whoever looks at everybody fetches a share of the chats again; shares differ, several are near the mean.
      const planned: readonly Partial<SyncRequest>[] = [
        { walk: 'complete' },
        { walk: 'complete', trigger: 'schedule' },
      ];
      for (const asked of [[{ kind: 'full' }], [...planned, ...planned]] as const) {
        let expected = 0;
        let requests = 0;
        for (const request of asked) {
          const run = await m.sync(request);
          expected += run.expectedRequests ?? 0;
          requests += run.requests ?? 0;
          assert.equal(run.requests, m.server.requests.length);
        }
        assert.ok(
          Math.abs(expected - requests) <= 0.2 * requests,
          `${JSON.stringify(asked)}: ${expected} expected, ${requests} made`,
        );
      }
    });
  }

  it('is not known before the first sync', () => {
    const facts = someFacts({ hasBeenRead: false, users: 0, chats: 0 });
    assert.equal(estimateCalls(facts, { kind: 'full', walk: 'complete' }), undefined);
  });

  it('grows with the chats in full runs, with the users when everybody is looked at, else with those who are active', () => {
    const facts = someFacts({ users: 1_500, chats: 30_000, recentlyActiveUsers: 40 });
    const full = estimateCalls(facts, { kind: 'full', walk: 'complete' })!;
    const reconcile = estimateCalls(facts, { kind: 'incremental', walk: 'complete' })!;
    const usual = estimateCalls(facts, { kind: 'incremental', walk: 'active' })!;
    assert.ok(full > 31_500 && full < 33_000, String(full));
    assert.ok(reconcile > 1_500 && reconcile < 3_500, String(reconcile));
    assert.ok(usual > 40 && usual < 150, String(usual));
  });

  it('comes with whole minutes at the policy’s pace', () => {
    assert.equal(minutesOf(2_500, { ...FAST, delayMs: 50 }), 3);
    assert.equal(minutesOf(3, { ...FAST, delayMs: 50 }), 1);
  });

  it('is told for several instances without a request and without a lock', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 30);
    await m.sync({ kind: 'full' });
    m.server.clearRequests();
    const never = { ...m.instance, id: 2 };
    const [known, unknown] = await m.coordinator.budget([m.instance, never], {
      kind: 'incremental',
      trigger: 'manual',
    });
    assert.deepEqual([known?.kind, known?.walk, known?.minutes], ['incremental', 'active', 1]);
    assert.ok((known?.calls ?? 0) > 0);
    assert.deepEqual([unknown?.kind, unknown?.walk, unknown?.calls], ['full', 'complete', undefined]);
    assert.equal(m.server.requests.length, 0);
  });
});
