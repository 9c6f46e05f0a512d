import assert from 'node:assert/strict';
import { useMirroring } from './harness';

const CHAT = '/api/v1/chats/share/';
const LIST = '/api/v1/chats/list/user/';
const DAY = 86_400;

describe('a planned run', () => {
  const mirroring = useMirroring();

  it('of an instance that was never read is recorded as full, whatever was asked for', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    const run = await m.sync();
    assert.deepEqual([run.kind, run.walk, run.status], ['full', 'complete', 'ok']);
    assert.deepEqual(await m.rows('SELECT kind, walk FROM sync_runs'), [['full', 'complete']]);
    assert.deepEqual(
      m.events.flatMap((event) => (event.type === 'progress' ? [event.progress.kind] : [])).at(-1),
      'full',
    );
  });

  it('looks at everybody once a day, by itself', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.addUser('eve', 1);
    await m.sync({ kind: 'full' });
    const walks: (string | undefined)[] = [];
    for (let hour = 0; hour < 26; hour += 1) {
      walks.push((await m.sync({ trigger: 'schedule' })).walk);
    }
    assert.deepEqual(walks.map((walk, index) => (walk === 'complete' ? index + 1 : 0)).filter(Boolean), [24]);
  });

  it('looks at everybody when asked to, and finds what others deleted', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 3);
    await m.sync({ kind: 'full' });
    m.clock.seconds += 7_200;
    m.world.chats.remove(bob.chatIds[0]!, 'admin');
    assert.equal((await m.sync()).counts.deleted, 0);
    const run = await m.sync({ walk: 'complete' });
    assert.deepEqual(
      [run.kind, run.walk, run.streams.find(({ stream }) => stream === 'chats')?.counts.deleted],
      ['incremental', 'complete', 1],
    );
  });

  it('never does so by itself when that is switched off', async () => {
    const m = await mirroring().start();
    m.reconcileHours = 0;
    await m.sync({ kind: 'full' });
    m.clock.seconds += 30 * DAY;
    assert.equal((await m.sync()).walk, 'active');
  });

  it('is not full each time because one list always fails', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 1);
    m.addUser('eve', 3);
    m.server.fail(LIST + bob.id, { kind: 'reply', status: 500, body: 'oops' }, 100_000);
    assert.equal((await m.sync({ kind: 'full' })).status, 'partial');
    const second = await m.sync({ trigger: 'schedule' });
    assert.deepEqual([second.kind, second.walk], ['incremental', 'active']);
    assert.equal(m.requests.filter((path) => path.startsWith(CHAT)).length, 0);
    m.clock.seconds += 6 * 3_600;
    assert.equal((await m.sync({ trigger: 'schedule' })).walk, 'complete');
  });

  it('is not full each time because chats may not be read', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    const refused = { kind: 'reply', status: 401, body: { detail: 'Access prohibited' } } as const;
    m.server.fail(LIST, refused, 100_000);
    assert.equal((await m.sync()).kind, 'full');
    assert.deepEqual([(await m.sync({ trigger: 'schedule' })).kind], ['incremental']);
  });

  it('tells its budget while it runs and keeps it with its record', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 5);
    assert.equal((await m.sync()).expectedRequests, undefined);
    m.events.length = 0;
    const run = await m.sync({ kind: 'full' });
    assert.ok((run.expectedRequests ?? 0) > 5);
    const progress = m.events.flatMap((event) => (event.type === 'progress' ? [event.progress] : []));
    assert.equal(progress.at(-1)?.expectedRequests, run.expectedRequests);
    assert.deepEqual(
      await m.rows('SELECT expected_requests, requests FROM sync_runs ORDER BY id DESC LIMIT 1'),
      [[run.expectedRequests, run.requests]],
    );
  });

  it('explains all of its requests by its streams and the question for the version', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 5);
    const run = await m.sync({ kind: 'full' });
    const ofStreams = run.streams.reduce((sum, { requests }) => sum + requests, 0);
    assert.equal(run.requests, ofStreams + 1);
    assert.equal(run.requests, m.server.requests.length);
  });

  it('notes that the server’s clock is wrong and that its version changed', async () => {
    const m = await mirroring('0.9.6').start();
    await m.sync({ kind: 'full' });
    m.world.version = '0.12.4';
    m.world.skew = 7 * 60;
    const { notes } = await m.sync();
    assert.deepEqual(
      notes.map(({ code }) => code),
      ['clockSkew', 'versionChanged'],
    );
    assert.match(notes[0]?.message ?? '', /7 minutes ahead/);
  });

  it('is joined by who asks for less, and followed by one for who asks for more', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 3);
    await m.sync({ kind: 'full' });
    const manual = { kind: 'incremental', trigger: 'manual' } as const;
    const [first, joined, everybody, agreed] = await Promise.all([
      m.coordinator.sync([m.instance], manual),
      m.coordinator.sync([m.instance], { ...manual, walk: 'active' }),
      m.coordinator.sync([m.instance], { ...manual, walk: 'complete' }),
      m.coordinator.sync([m.instance], { ...manual, acceptMassDeletion: true }),
    ]);
    assert.equal(joined[0]?.runId, first[0]?.runId);
    assert.notEqual(everybody[0]?.runId, first[0]?.runId);
    assert.notEqual(agreed[0]?.runId, first[0]?.runId);
    assert.deepEqual(
      [first, everybody, agreed].map(([run]) => run?.walk),
      ['active', 'complete', 'active'],
    );
  });
});

describe('a full sync that broke off', () => {
  const mirroring = useMirroring();

  it('goes on with what is left: lists again, chats once', async () => {
    const m = await mirroring().start();
    for (let index = 0; index < 4; index += 1) {
      m.addUser(`user${index}`, 10);
    }
    m.policy = { ...m.policy, concurrency: 1 };
    const abort = new AbortController();
    m.coordinator.onEvent((event) => {
      if (event.type === 'progress' && event.progress.phase === 'chats' && event.progress.done === 25) {
        abort.abort();
      }
    });
    assert.equal((await m.sync({ kind: 'full' }, abort.signal)).status, 'cancelled');
    const kept = await m.count('chats');
    m.restart();
    // The plain sync that a timer would do is a full one as well: nothing was read to its end yet.
    const run = await m.sync({ trigger: 'schedule' });
    assert.deepEqual([run.kind, run.status], ['full', 'ok']);
    assert.equal(m.requests.filter((path) => path.startsWith(CHAT)).length, 40 - kept);
    assert.equal(await m.count('chats'), 40);
  });

  it('goes on although a usual sync came between', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 40);
    await m.sync({ kind: 'full' });
    m.policy = { ...m.policy, concurrency: 1 };
    const abort = new AbortController();
    const subscription = m.coordinator.onEvent((event) => {
      if (event.type === 'progress' && event.progress.phase === 'chats' && event.progress.done === 25) {
        abort.abort();
      }
    });
    m.clock.seconds += 60;
    assert.equal((await m.sync({ kind: 'full' }, abort.signal)).status, 'cancelled');
    subscription.dispose();
    assert.equal((await m.sync({ trigger: 'schedule' })).status, 'ok');
    await m.sync({ kind: 'full' });
    const fetched = m.requests.filter((path) => path.startsWith(CHAT)).length;
    assert.ok(fetched > 0 && fetched <= 15, String(fetched));
  });

  it('starts over when it is older than a day', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 40);
    const abort = new AbortController();
    const subscription = m.coordinator.onEvent((event) => {
      if (event.type === 'progress' && event.progress.phase === 'chats' && event.progress.done === 25) {
        abort.abort();
      }
    });
    assert.equal((await m.sync({ kind: 'full' }, abort.signal)).status, 'cancelled');
    subscription.dispose();
    m.clock.seconds += DAY;
    assert.equal((await m.sync({ kind: 'full' })).status, 'ok');
    assert.equal(m.requests.filter((path) => path.startsWith(CHAT)).length, 40);
  });

  it('before it had all users reads their pages again', async () => {
    const m = await mirroring('0.9.6').start();
    for (let index = 0; index < 100; index += 1) {
      m.addUser(`user${index}`, 0);
    }
    const takeBack = m.server.fail('/api/v1/users/', { kind: 'reset' }, 100_000);
    const first = await m.sync({ kind: 'full' });
    assert.equal(first.status === 'partial' || first.status === 'failed', true);
    takeBack();
    const run = await m.sync();
    assert.deepEqual([run.kind, run.status], ['full', 'ok']);
    assert.equal(await m.count('users'), 101);
  });
});
