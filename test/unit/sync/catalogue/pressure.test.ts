import assert from 'node:assert/strict';
import { OpenWebUiClient } from '../../../../src/sync/openwebui/client';
import { readVersion } from '../../../../src/sync/openwebui/auth';
import { isFailure } from '../../../../src/sync/openwebui/failures';
import { FAST, LogLines, NEVER_MS, TestClock, useMirroring } from '../engine/harness';
import {
  assertTells,
  byTimer,
  callsTo,
  CHAT,
  FULL,
  hostile,
  living,
  mirrored,
  streamOf,
  TIMER,
  watchWaits,
} from './support';

const VERSION = '/api/version';

describe('The failure catalogue: a server under pressure', () => {
  const mirroring = useMirroring();

  for (const [name, wait] of [
    ['429 with Retry-After seconds', 7_000],
    ['429 with Retry-After date', 30_000],
    ['503 with Retry-After', 20_000],
  ] as const) {
    it(`case 5: ${name}: waits exactly so long, then goes on`, async () => {
      const m = mirroring();
      await mirrored(m, 2);
      const waits = watchWaits(m);
      hostile(m, name, { at: VERSION, times: 1 });
      const run = await m.sync();
      assert.deepEqual([run.status, run.retries], ['ok', 1]);
      assert.ok(waits.includes(wait), waits.join());
      assert.equal(callsTo(m, VERSION), 2);
    });
  }

  it('case 5: a date is measured against the server’s own clock', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    m.world.skew = 86_400;
    const waits = watchWaits(m);
    hostile(m, '429 with Retry-After date', { at: VERSION, times: 1 });
    await m.sync();
    assert.ok(waits.includes(30_000), waits.join());
  });

  for (const name of ['429 with Retry-After 10 minutes', '503 with Retry-After 10 minutes'] as const) {
    it(`case 5: ${name}: the run is put off, for the timers of all windows and over a restart`, async () => {
      const m = mirroring();
      await mirrored(m, 2);
      const end = hostile(m, name);
      const run = await m.sync();
      assert.deepEqual([run.status, run.errorCode, m.requests.length], ['deferred', 'rateLimited', 1]);
      assertTells(m, run.error, /in 10 minutes/);
      end();
      m.restart();
      m.clock.seconds += 9 * 60;
      assert.equal(await byTimer(m), undefined);
      assert.equal(m.requests.length, 0);
      m.clock.seconds += 2 * 60;
      assert.equal((await byTimer(m))?.status, 'ok');
      assert.deepEqual(await living(m), [2, 2, 4]);
    });
  }

  it('case 5: a person may try before the time is over', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    hostile(m, '429 with Retry-After 10 minutes', { times: 1 });
    await m.sync();
    m.clock.seconds -= 3_600;
    assert.equal((await m.sync()).status, 'ok');
  });

  it('case 5: 429 without an end is given up after the tries that are set', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    hostile(m, '429 without Retry-After');
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode, m.requests.length], ['failed', 'rateLimited', 4]);
    assertTells(m, run.error, /come back later/);
  });

  for (const [name, code, says] of [
    ['500 everywhere', 'serverError', /See the server’s log/],
    ['503', 'serverError', /See the server’s log/],
    ['connection cut', 'connectionLost', /Try again/],
  ] as const) {
    it(`case 6: ${name}: four tries, then the run ends; nothing is deleted`, async () => {
      const m = mirroring();
      await mirrored(m, 2);
      const end = hostile(m, name);
      const run = await m.sync(FULL);
      assert.deepEqual([run.status, run.errorCode, run.requests, run.retries], ['failed', code, 4, 3]);
      assert.equal(m.requests.length, 4);
      assertTells(m, run.error, says);
      assert.deepEqual(await living(m), [2, 2, 4]);
      end();
      assert.equal((await m.sync()).status, 'ok');
    });
  }

  it('case 6: an answer that never starts ends with the time-out', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    m.policy = { ...FAST, retries: 1 };
    hostile(m, 'answer that never starts');
    m.clock.hanging = () => m.requests.length;
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode, m.requests.length], ['failed', 'timeout', 2]);
    assertTells(m, run.error, /did not answer in time/, /raise the time-out/);
  });

  it('case 6: a body that hangs is aborted; only its chat is left out', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 3);
    m.policy = { ...FAST, retries: 1 };
    hostile(m, 'body that hangs', { at: CHAT + chatIds[1]! });
    m.clock.hanging = () =>
      m.server.requests.filter(({ path, status }) => path === CHAT + chatIds[1]! && status === 200).length;
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 1]);
    assert.equal(callsTo(m, CHAT + chatIds[1]!), 2);
    assert.deepEqual(await m.rows('SELECT remote_id, reason FROM quarantine'), [[chatIds[1], 'timeout']]);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  it('case 6: a body that drips is aborted after ten minutes, however steady it is', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 2);
    m.policy = { ...FAST, retries: 0 };
    hostile(m, 'slow drip', { at: CHAT + chatIds[0]! });
    let waits = 0;
    m.clock.realWait = (ms): number => {
      // Each silence within the body lasts 25 s of the test's time.
      m.clock.seconds += m.requests.includes(CHAT + chatIds[0]!) ? 25 : 0;
      waits += 1;
      return ms === FAST.timeoutMs ? NEVER_MS : 0;
    };
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 1]);
    assert.deepEqual(await m.rows('SELECT remote_id, reason FROM quarantine'), [[chatIds[0], 'timeout']]);
    assert.ok(waits < 100, `${waits} waits`);
    assert.equal(await m.count('chats'), 1);
  });

  it('case 6: a slow drip that ends in time is an answer like any other', async () => {
    const m = mirroring();
    await m.start();
    m.addUser('bob', 1);
    m.server.fail(VERSION, { kind: 'drip', chunkBytes: 1, everyMs: 1 });
    assert.equal((await m.sync(FULL)).status, 'ok');
    assert.equal(await m.count('chats'), 1);
  });

  it('case 6: a server that is down is not asked for each of its chats', async () => {
    const m = mirroring();
    await m.start();
    m.addUser('bob', 60);
    hostile(m, '502 from a proxy');
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.quarantined], ['partial', 0]);
    assert.equal(streamOf(run, 'chats').status, 'failed');
    assertTells(m, streamOf(run, 'chats').error, /\/api\/v1\/chats\//);
    assert.ok(callsTo(m, CHAT) <= 40, `${callsTo(m, CHAT)} calls`);
  });

  it('case 6: after five failed runs the timer tries once a minute, then more and more rarely', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    const end = hostile(m, '500 everywhere');
    for (let run = 0; run < 5; run += 1) {
      assert.equal((await m.sync(TIMER)).status, 'failed');
    }
    m.clock.seconds += 30;
    assert.equal(await byTimer(m), undefined);
    assert.equal(m.requests.length, 0);
    m.clock.seconds += 40;
    assert.equal((await byTimer(m))?.status, 'failed');
    assert.equal(m.requests.length, 4, 'one probe');
    m.clock.seconds += 70;
    assert.equal(await byTimer(m), undefined, 'the pause has doubled');
    m.clock.seconds += 60;
    end();
    assert.equal((await byTimer(m))?.status, 'ok');
  });

  it('case 6: a name that nobody knows', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    const nowhere = { ...m.instance, url: 'http://openwebui.invalid' };
    const [run] = await m.coordinator.sync([nowhere], { kind: 'full', trigger: 'manual' });
    assert.deepEqual([run?.status, run?.errorCode, run?.requests], ['failed', 'dns', 4]);
    assert.match(
      run?.error ?? '',
      /openwebui\.invalid is not known\. Check the address, the network or VPN\./,
    );
    assert.deepEqual(await living(m), [2, 1, 2]);
  });

  it('case 6: a server without HTTPS at an https address', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    const secure = { ...m.instance, url: m.server.url.replace('http:', 'https:') };
    const [run] = await m.coordinator.sync([secure], { kind: 'full', trigger: 'manual' });
    assert.deepEqual([run?.status, run?.errorCode], ['failed', 'noTls']);
    assertTells(m, run?.error, /does not speak HTTPS/, /Check the address/);
  });

  it('case 6: a certificate that is not trusted is an error, and not tried again', async () => {
    let asked = 0;
    const cause = Object.assign(new Error('self-signed certificate'), {
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    const client = new OpenWebUiClient({
      url: 'https://chat.example.org',
      policy: FAST,
      clock: new TestClock(),
      log: new LogLines(),
      fetch: () => {
        asked += 1;
        return Promise.reject(new TypeError('fetch failed', { cause }));
      },
    });
    await assert.rejects(readVersion(client), (error) => {
      assert.ok(isFailure(error, 'certificate'));
      assert.match(error.message, /chat\.example\.org is not trusted\. Have it renewed/);
      return true;
    });
    assert.equal(asked, 1);
  });
});
