import assert from 'node:assert/strict';
import type { RunSummary } from '../../../../src/store/runs';
import { useMirroring, type Mirroring } from './harness';

const TIMER = { kind: 'incremental', trigger: 'schedule' } as const;

/** What the timer makes of its turn some seconds later: a run, or nothing. */
async function tick(m: Mirroring, seconds: number): Promise<RunSummary | undefined> {
  m.clock.seconds += seconds;
  m.server.clearRequests();
  return (await m.coordinator.sync([m.instance], TIMER))[0];
}

function askToStayAway(m: Mirroring, seconds: number, path = '/api/v1/models/export'): void {
  const headers = { 'retry-after': String(seconds) };
  m.server.fail(path, { kind: 'reply', status: 429, body: {}, headers }, 1);
}

describe('a server that is to be left alone', () => {
  const mirroring = useMirroring();
  const healthOf = (m: Mirroring) => m.rows('SELECT failures, next_allowed_at_epoch FROM instances');

  for (const path of ['/api/v1/models/export', '/api/v1/chats/list/', '/api/version']) {
    it(`because it asks for a long pause (${path}) puts the run off, and the timer comes back when it may`, async () => {
      const m = await mirroring().start();
      m.addUser('bob', 1);
      askToStayAway(m, 7_200, path);
      const run = await m.sync({ kind: 'full' });
      assert.deepEqual([run.status, run.errorCode], ['deferred', 'rateLimited']);
      assert.deepEqual(await healthOf(m), [[0, m.clock.seconds + 7_200]]);
      assert.equal(await tick(m, 3_600), undefined);
      assert.equal(m.server.requests.length, 0);
      assert.equal((await tick(m, 3_600))?.status, 'ok');
      assert.deepEqual(await healthOf(m), [[0, null]]);
    });
  }

  it('leaves no record of the timer’s turns, however many there are', async () => {
    const m = await mirroring().start();
    askToStayAway(m, 7_200);
    await m.sync({ kind: 'full' });
    for (let turn = 0; turn < 5; turn += 1) {
      await tick(m, 60);
    }
    assert.equal(await m.count('sync_runs'), 1);
    assert.ok(!m.events.some((event) => event.type === 'progress' && event.progress.trigger === 'schedule'));
  });

  it('is remembered after a restart', async () => {
    const m = await mirroring().start();
    askToStayAway(m, 7_200);
    await m.sync({ kind: 'full' });
    m.restart();
    assert.equal(await tick(m, 60), undefined);
  });

  it('is asked when a person wants it, which ends the pause', async () => {
    const m = await mirroring().start();
    askToStayAway(m, 7_200);
    await m.sync({ kind: 'full' });
    assert.equal((await m.sync()).status, 'ok');
    assert.equal((await tick(m, 60))?.status, 'ok');
  });

  it('because it failed five times in a row is tried once after 1 min, 2 min, 4 min', async () => {
    const m = await mirroring().start();
    await m.sync({ kind: 'full' });
    const takeBack = m.server.fail('/api/', { kind: 'reply', status: 502, body: 'Bad gateway' }, 100_000);
    for (let failure = 1; failure <= 5; failure += 1) {
      assert.equal((await tick(m, 1_800))?.status, 'failed');
    }
    assert.equal(await tick(m, 59), undefined);
    assert.equal((await tick(m, 1))?.status, 'failed');
    assert.equal(await tick(m, 119), undefined);
    assert.equal((await tick(m, 1))?.status, 'failed');
    takeBack();
    assert.equal((await tick(m, 240))?.status, 'ok');
    assert.deepEqual(await healthOf(m), [[0, null]]);
  });

  it('because it rejects the key is left alone for an hour at once', async () => {
    const m = await mirroring().start();
    await m.sync({ kind: 'full' });
    const { credential } = m;
    m.credential = { kind: 'apiKey', value: 'sk-wrong' };
    assert.equal((await tick(m, 60))?.errorCode, 'keyRejected');
    assert.equal(await tick(m, 3_599), undefined);
    assert.equal((await tick(m, 1))?.errorCode, 'keyRejected');
    m.credential = credential;
    assert.equal((await m.sync()).status, 'ok');
    assert.equal((await tick(m, 60))?.status, 'ok');
  });

  it('does not keep the timer from the others', async () => {
    const m = await mirroring().start();
    askToStayAway(m, 7_200);
    await m.sync({ kind: 'full' });
    const other = { ...m.instance, id: 2, name: 'RESGPT' };
    const runs = await m.coordinator.sync([m.instance, other], TIMER);
    assert.deepEqual(
      runs.map(({ instanceId, status }) => [instanceId, status]),
      [[2, 'ok']],
    );
  });

  it('is as it was after a run that somebody cancelled', async () => {
    const m = await mirroring().start();
    askToStayAway(m, 7_200);
    await m.sync({ kind: 'full' });
    const before = await healthOf(m);
    const abort = new AbortController();
    abort.abort();
    assert.equal((await m.sync({}, abort.signal)).status, 'cancelled');
    assert.deepEqual(await healthOf(m), before);
  });
});
