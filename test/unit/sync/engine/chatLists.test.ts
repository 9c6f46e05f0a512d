import assert from 'node:assert/strict';
import { useMirroring } from './harness';

const LIST = '/api/v1/chats/list/user/';
const CHAT = '/api/v1/chats/share/';
const RECONCILE = { walk: 'complete' } as const;

describe('chat lists that move while they are read', () => {
  const mirroring = useMirroring();

  it('lose no chat when one is deleted from a page that was read', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 150);
    m.server.fail(
      ({ path, query }) => path === LIST + bob.id && query.includes('page=2'),
      { kind: 'meanwhile', act: () => m.world.chats.remove(m.world.chats.of(bob.id)[0]!.id, 'admin') },
      1,
    );
    const run = await m.sync({ kind: 'full' });
    assert.equal(run.status, 'ok');
    assert.equal(await m.count('chats'), 149);
    assert.equal(m.requests.filter((path) => path.startsWith(LIST + bob.id)).length, 4);
  });

  it('are not read twice when they show exactly what is known', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 100);
    await m.sync({ kind: 'full' });
    m.world.users.markActive(bob.id);
    await m.sync();
    assert.equal(m.requests.filter((path) => path.startsWith(LIST + bob.id)).length, 2);
  });

  it('lose no chat that is new, and count one that moved up as one', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 130);
    m.server.fail(
      ({ path, query }) => path === LIST + bob.id && query.includes('page=2'),
      {
        kind: 'meanwhile',
        act: () => {
          m.world.chats.addTurn(bob.chatIds[129]!);
          m.world.chats.addTurn(m.world.chats.add(bob.id, { title: 'New' }).id);
        },
      },
      1,
    );
    const run = await m.sync({ kind: 'full' });
    assert.equal(run.status, 'ok');
    assert.equal(await m.count('chats'), 131);
    assert.equal(new Set(m.requests.filter((path) => path.startsWith(CHAT))).size, 131);
  });
});

describe('a chat list with repeated rows', () => {
  const mirroring = useMirroring();

  it('counts each chat once, takes the later row, and says so', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    m.server.fail(
      LIST + bob.id,
      { kind: 'rewrite', change: (rows) => [...(rows as unknown[]), (rows as unknown[])[0]] },
      1,
    );
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.status, await m.count('chats')], ['ok', 2]);
    assert.equal(run.streams.find(({ stream }) => stream === 'chats')?.counts.seen, 2);
    assert.ok(run.notes.some(({ code, message }) => code === 'duplicates' && message.includes('1 chat ')));
  });
});

describe('a message id in two chats', () => {
  const mirroring = useMirroring();

  it('is a message of each, and stays so', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    const [first, second] = bob.chatIds.map((id) => m.world.chats.get(id));
    m.at(-86_400, () => m.world.chats.addMessage(first!.id, { id: 'twice', role: 'user', content: 'One' }));
    m.at(-86_400, () => m.world.chats.addMessage(second!.id, { id: 'twice', role: 'user', content: 'Two' }));
    await m.sync({ kind: 'full' });
    const rows = "SELECT content FROM messages WHERE remote_id = 'twice' AND is_deleted = 0 ORDER BY 1";
    assert.deepEqual(await m.rows(rows), [['One'], ['Two']]);
    m.world.chats.editMessage(first!.id, 'twice', { content: 'One more' });
    const run = await m.sync();
    assert.deepEqual([run.status, await m.rows(rows)], ['ok', [['One more'], ['Two']]]);
  });
});

describe('rows dated in the future', () => {
  const mirroring = useMirroring();

  it('are shown, and move no mark', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 1);
    m.at(90 * 86_400, () => m.world.chats.addTurn(bob.chatIds[0]!));
    m.at(90 * 86_400, () => m.world.library.addFile({ filename: 'later.txt' }));
    await m.sync({ kind: 'full' });
    const marks = await m.rows(
      'SELECT max(coalesce(mark_epoch, 0), coalesce(last_complete_at_epoch, 0)) FROM sync_state',
    );
    assert.ok(marks.every(([mark]) => Number(mark) <= m.clock.seconds));
    m.world.chats.addTurn(bob.chatIds[0]!, { prompt: 'Today' });
    m.world.users.get(bob.id).lastActiveAt = m.clock.seconds;
    await m.sync(RECONCILE);
    assert.equal(await m.count('messages', "content = 'Today' AND is_deleted = 0"), 1);
  });
});
