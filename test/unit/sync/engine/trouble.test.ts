import assert from 'node:assert/strict';
import { useMirroring, type Mirroring } from './harness';

const CHAT = '/api/v1/chats/share/';

describe('a sync in trouble', () => {
  const mirroring = useMirroring();

  const streamOf = (run: Awaited<ReturnType<Mirroring['sync']>>, name: string) =>
    run.streams.find(({ stream }) => stream === name);

  it('sets a chat aside that the server cannot serve, and is still complete', async () => {
    const m = await mirroring('0.9.6').start();
    const { chatIds } = m.addUser('bob', 3);
    m.world.chats.damage(chatIds[1]!);
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 1]);
    assert.equal(await m.count('chats'), 2);
    assert.deepEqual(await m.rows('SELECT remote_id, reason FROM quarantine'), [[chatIds[1], 'serverError']]);
  });

  it('tries a chat again that was set aside, though its owner does nothing more', async () => {
    const m = await mirroring('0.9.6').start();
    const { chatIds } = m.addUser('bob', 2);
    m.server.fail(CHAT + chatIds[0]!, { kind: 'reply', status: 500, body: 'Internal Server Error' }, 4);
    assert.equal((await m.sync({ kind: 'full' })).counts.quarantined, 1);
    m.clock.seconds += 86_400;
    await m.sync();
    assert.equal(await m.count('chats'), 2);
    assert.equal(await m.count('quarantine'), 0);
    await m.sync();
    assert.ok(!m.requests.some((path) => path.includes(chatIds[0]!)));
  });

  it('leaves a chat in peace after three tries', async () => {
    const m = await mirroring('0.9.6').start();
    const { id, chatIds } = m.addUser('bob', 2);
    m.world.chats.damage(chatIds[0]!);
    const tried: number[] = [];
    for (let run = 0; run < 4; run++) {
      m.world.users.markActive(id);
      await m.sync();
      tried.push(m.requests.filter((path) => path === CHAT + chatIds[0]!).length);
    }
    assert.deepEqual(tried, [4, 4, 4, 0]);
  });

  it('does not take all chats for damaged when the server is', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 30);
    m.server.fail(CHAT, { kind: 'reply', status: 502, body: 'Bad gateway' }, 1000);
    const run = await m.sync({ kind: 'full' });
    assert.equal(streamOf(run, 'chats')?.status, 'failed');
    assert.equal(run.status, 'partial');
    assert.equal(run.counts.quarantined, 0);
  });

  it('fetches a chat again whose body was cut off', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.server.fail(CHAT, { kind: 'truncate', cut: 'silent' }, 1);
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 0]);
    assert.equal(await m.count('chats'), 1);
  });

  it('looks again next time at users whose lists failed', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    m.addUser('eve', 2);
    const list = `/api/v1/chats/list/user/${bob.id}`;
    const takeBack = m.server.fail(list, { kind: 'reply', status: 500, body: 'Internal Server Error' }, 100);
    const first = await m.sync({ kind: 'full' });
    assert.deepEqual([first.status, streamOf(first, 'chats')?.status], ['partial', 'failed']);
    assert.equal(await m.count('chats'), 2);
    takeBack();
    const second = await m.sync();
    assert.equal(second.status, 'ok');
    assert.equal(await m.count('chats'), 4);
  });

  it('looks again next time at users whose lists left out chats that are there', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    await m.sync({ kind: 'full' });
    m.world.chats.addTurn(bob.chatIds[0]!);
    const list = `/api/v1/chats/list/user/${bob.id}`;
    m.server.fail(list, { kind: 'reply', status: 200, body: [] }, 1);
    await m.sync();
    m.clock.seconds += 86_400;
    await m.sync();
    assert.equal(await m.count('messages'), 6);
    await m.sync();
    assert.ok(!m.requests.some((path) => path.startsWith(list)));
  });

  it('goes on with the other streams when one fails', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.world.library.addFile({ filename: 'a.txt' });
    m.server.fail('/api/v1/knowledge/', { kind: 'reply', status: 500, body: 'oops' }, 100);
    const run = await m.sync({ kind: 'full' });
    assert.equal(run.status, 'partial');
    assert.deepEqual(
      run.streams.map(({ stream, status }) => `${stream} ${status}`),
      [
        'users ok',
        'groups ok',
        'chats ok',
        'messages ok',
        'feedback ok',
        'models ok',
        'files ok',
        'knowledge_bases failed',
      ],
    );
  });

  it('does not look for chats when it does not know the users', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.server.fail('/api/v1/users/', { kind: 'reply', status: 500, body: 'oops' }, 100);
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([streamOf(run, 'users')?.status, streamOf(run, 'chats')?.status], ['failed', 'skipped']);
    assert.equal(streamOf(run, 'models')?.status, 'ok');
  });

  it('leaves a record when the key is rejected, and asks nothing more', async () => {
    const m = await mirroring().start();
    m.credential = { kind: 'apiKey', value: 'sk-wrong' };
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode], ['failed', 'keyRejected']);
    assert.equal(m.requests.length, 2);
    assert.deepEqual(await m.rows('SELECT status, error_code FROM sync_runs'), [['failed', 'keyRejected']]);
    assert.ok(!m.log.lines.join('\n').includes('sk-wrong'));
  });

  it('leaves a record when no key is there', async () => {
    const m = await mirroring().start();
    m.credential = undefined;
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode, run.requests], ['failed', 'keyMissing', 0]);
    assert.deepEqual(await m.rows('SELECT error_code FROM sync_runs'), [['keyMissing']]);
  });

  it('leaves a record when nothing listens', async () => {
    const m = await mirroring().start();
    const { instance } = m;
    await m.server.close();
    const [run] = await m.coordinator.sync([instance], { kind: 'full', trigger: 'manual' });
    assert.deepEqual([run?.status, run?.errorCode, run?.retries], ['failed', 'connectionRefused', 3]);
  });

  it('does not believe one refused key while the users can still be listed', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    const refused = { kind: 'reply', status: 401, body: { detail: '401 Unauthorized' } } as const;
    m.server.fail('/api/v1/models/export', refused, 1);
    const run = await m.sync({ kind: 'full' });
    assert.equal(streamOf(run, 'models')?.status, 'failed');
    assert.equal(streamOf(run, 'files')?.status, 'ok');
  });

  it('waits as long as the server asks when that is short', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    const busy = { kind: 'reply', status: 429, body: {}, headers: { 'retry-after': '3' } } as const;
    m.server.fail(CHAT, busy, 1);
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.status, run.retries], ['ok', 1]);
  });

  it('never stores or logs the API keys that old servers list', async () => {
    const m = await mirroring('0.5.20').start();
    m.at(-86_400, () => m.world.users.add({ name: 'bob', email: 'bob@example.org', apiKey: 'sk-visible' }));
    await m.sync({ kind: 'full' });
    const stored = JSON.stringify(await m.rows('SELECT * FROM users'));
    assert.ok(!stored.includes('sk-visible') && !m.log.lines.join().includes('sk-visible'));
  });

  it('does not look at a user again because of a chat that is dated in the future', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.at(30 * 86_400, () => m.world.chats.addTurn(m.world.chats.all()[0]!.id));
    await m.sync({ kind: 'full' });
    const [mark] = await m.rows("SELECT mark_epoch FROM sync_state WHERE stream = 'chats' AND scope = ''");
    assert.deepEqual(mark, [m.clock.seconds]);
  });

  it('takes a full sync up again where it was cancelled', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 20);
    m.policy = { ...m.policy, concurrency: 1 };
    const abort = new AbortController();
    m.coordinator.onEvent((event) => {
      if (event.type === 'progress' && event.progress.phase === 'chats' && event.progress.done === 10) {
        abort.abort();
      }
    });
    const first = await m.sync({ kind: 'full' }, abort.signal);
    assert.equal(first.status, 'cancelled');
    const kept = await m.count('chats');
    assert.ok(kept >= 10 && kept < 20);
    const second = await m.sync({ kind: 'full' });
    assert.equal(second.status, 'ok');
    assert.equal(m.requests.filter((path) => path.startsWith(CHAT)).length, 20 - kept);
    assert.equal(await m.count('chats'), 20);
  });
});
