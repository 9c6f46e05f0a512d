import assert from 'node:assert/strict';
import { useMirroring } from './harness';

const CHAT = '/api/v1/chats/share/';

describe('after a sync that broke off', () => {
  const mirroring = useMirroring();

  for (const kind of ['incremental', 'full'] as const) {
    it(`(${kind}) the next one fetches all chats of users who were new then, however old`, async () => {
      const m = await mirroring().start();
      m.addUser('bob', 1);
      await m.sync({ kind: 'full' });
      m.addUser('eve', 200);
      const cancel = new AbortController();
      m.coordinator.onEvent((event) => {
        if (event.type === 'progress' && event.progress.phase === 'chats' && event.progress.done >= 5) {
          cancel.abort();
        }
      });
      assert.equal((await m.sync({ kind }, cancel.signal)).status, 'cancelled');
      assert.equal((await m.sync()).status, 'ok');
      assert.equal(await m.count('chats'), 201);
    });
  }

  it('looks at its new users once', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    await m.sync({ kind: 'full' });
    const eve = m.addUser('eve', 2);
    await m.sync();
    await m.sync();
    assert.ok(!m.requests.some((path) => path.includes(eve.id)));
  });
});

describe('a chat that is deleted while a sync runs', () => {
  const mirroring = useMirroring();

  it('is gone, not unreadable', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 3);
    const [chatId] = bob.chatIds;
    m.server.fail(
      ({ path }) => {
        if (path === CHAT + chatId! && m.world.chats.find(chatId!) !== undefined) {
          m.world.chats.remove(chatId!);
        }
        return false;
      },
      { kind: 'reset' },
    );
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 0]);
    assert.equal(await m.count('quarantine'), 0);
    assert.equal(await m.count('chats'), 2);
  });
});
