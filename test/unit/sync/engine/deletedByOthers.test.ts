import assert from 'node:assert/strict';
import { useMirroring } from './harness';

const RECONCILE = { walk: 'complete' } as const;

describe('users who are deleted', () => {
  const mirroring = useMirroring();

  it('take their chats and messages along, in one run', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 3);
    m.addUser('eve', 1);
    await m.sync({ kind: 'full' });
    m.world.deleteUser(bob.id);
    const run = await m.sync();
    assert.equal(run.status, 'ok');
    assert.deepEqual([await m.count('users'), await m.count('chats'), await m.count('message')], [2, 1, 2]);
  });

  it('are others than those who come with the same e-mail address', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    await m.sync({ kind: 'full' });
    m.world.deleteUser(bob.id);
    m.addUser('bob', 1);
    await m.sync();
    assert.deepEqual([await m.count('users'), await m.count('chats')], [2, 1]);
    assert.equal(await m.count('users', "email = 'bob@example.org'"), 2);
    assert.equal(await m.count('chats', 'is_deleted = 1'), 2);
  });

  it('are the same when they come back with their id, with their chats', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    m.addUser('eve', 1);
    await m.sync({ kind: 'full' });
    const { users } = m.world;
    m.world.backUp();
    m.world.deleteUser(bob.id);
    await m.sync();
    assert.deepEqual([await m.count('users'), await m.count('chats')], [2, 1]);
    const activity = new Map(users.all().map(({ id, lastActiveAt }) => [id, lastActiveAt]));
    m.world.restore();
    users.all().forEach((user) => (user.lastActiveAt = activity.get(user.id) ?? user.lastActiveAt));
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.restored], ['ok', 1 + 2 + 4]);
    assert.deepEqual([await m.count('users'), await m.count('chats')], [3, 3]);
  });

  it('are not deleted because a list left them out once', async () => {
    const m = await mirroring('0.12.4').start();
    const bob = m.addUser('bob', 2);
    m.addUser('eve', 1);
    await m.sync({ kind: 'full' });
    m.server.fail(
      '/api/v1/users/all',
      {
        kind: 'rewrite',
        change: (body) => {
          const { users } = body as { users: { id: string }[] };
          return { users: users.filter(({ id }) => id !== bob.id), total: users.length };
        },
      },
      1,
    );
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 0]);
    assert.equal(await m.count('users'), 3);
  });
});

describe('a chat that moves to another user', () => {
  const mirroring = useMirroring();

  it('is his in the mirror too, and was never deleted', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 2);
    const eve = m.addUser('eve', 1);
    await m.sync({ kind: 'full' });
    const [chatId] = bob.chatIds;
    const chat = m.world.chats.get(chatId!);
    const moved = m.world.chats.of(bob.id).length;
    assert.equal(moved, 2);
    // As an administrator's script does it: nothing else of the chat changes.
    const lists = (userId: string, change: (rows: unknown[]) => unknown[]): void =>
      void m.server.fail(
        `/api/v1/chats/list/user/${userId}`,
        { kind: 'rewrite', change: (rows) => change(rows as unknown[]) },
        100,
      );
    const row = { id: chatId, title: chat.title, updated_at: chat.updatedAt, created_at: chat.createdAt };
    lists(bob.id, (rows) => rows.filter((one) => (one as { id: string }).id !== chatId));
    lists(eve.id, (rows) => [...rows, row]);
    m.world.users.markActive(bob.id);
    const early = await m.sync();
    assert.deepEqual([early.status, early.counts.deleted], ['ok', 0]);
    const run = await m.sync(RECONCILE);
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 0]);
    assert.deepEqual(
      await m.rows(
        `SELECT u.name, c.is_deleted, (SELECT count(*) FROM message m WHERE m.chat_id = c.id AND m.is_deleted = 0)
         FROM chats c JOIN users u ON u.id = c.user_id WHERE c.remote_id = '${chatId}'`,
      ),
      [['eve', 0, 2]],
    );
    const settled = await m.sync(RECONCILE);
    assert.deepEqual([settled.counts.updated, settled.counts.deleted], [0, 0]);
  });
});
