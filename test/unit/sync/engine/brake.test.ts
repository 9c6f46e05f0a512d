import assert from 'node:assert/strict';
import { useMirroring, type Mirroring } from './harness';

const CHAT = '/api/v1/chats/share/';
const HELD = 'SELECT stream, remote_id, reason FROM held_deletions WHERE is_deleted = 0 ORDER BY 1, 2';

describe('deletions held back', () => {
  const mirroring = useMirroring();

  async function withChats(count: number): Promise<{ m: Mirroring; userId: string; chatIds: string[] }> {
    const m = await mirroring().start();
    const { id, chatIds } = m.addUser('bob', count);
    await m.sync({ kind: 'full' });
    return { m, userId: id, chatIds };
  }

  async function withHeld(): Promise<{ m: Mirroring; userId: string; chatIds: string[] }> {
    const all = await withChats(30);
    all.chatIds.slice(0, 21).forEach((id) => all.m.world.chats.remove(id));
    await all.m.sync();
    return all;
  }

  it('are noted by id, and told with numbers and the next step', async () => {
    const { m, chatIds } = await withHeld();
    assert.deepEqual(
      await m.rows(HELD),
      chatIds
        .slice(0, 21)
        .sort()
        .map((id) => ['chats', id, 'many']),
    );
    const [row] = await m.rows(
      "SELECT error FROM sync_run_streams WHERE stream = 'chats' ORDER BY sync_run_id DESC",
    );
    assert.match(String(row?.[0]), /^21 of 30 chats .*Review Deletions\.\.\./);
  });

  it('are not asked for one by one', async () => {
    const { m } = await withHeld();
    assert.ok(!m.requests.some((path) => path.startsWith(CHAT)));
  });

  it('stay held while their users do nothing', async () => {
    const { m } = await withHeld();
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.heldBack], ['ok', 0]);
    assert.equal((await m.rows(HELD)).length, 21);
  });

  it('stay held though the rest of them are few', async () => {
    const { m, userId } = await withHeld();
    m.world.users.markActive(userId);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.heldBack, run.counts.deleted], ['partial', 21, 0]);
    assert.equal(await m.count('chats'), 30);
  });

  it('do not keep a few others from being deleted', async () => {
    const { m, chatIds } = await withHeld();
    m.world.chats.remove(chatIds[25]!);
    const run = await m.sync();
    assert.deepEqual([run.counts.heldBack, run.counts.deleted], [21, 1]);
  });

  it('are made when a person agrees, each confirmed by its id, though the user does nothing', async () => {
    const { m } = await withHeld();
    const run = await m.sync({ acceptMassDeletion: true });
    assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['ok', 21, 0]);
    assert.equal(m.requests.filter((path) => path.startsWith(CHAT)).length, 21);
    assert.equal(await m.count('chats'), 9);
    assert.deepEqual(await m.rows(HELD), []);
  });

  it('do not let through what vanished after a person looked at them', async () => {
    const { m } = await withHeld();
    const eve = m.addUser('eve', 25);
    await m.sync();
    eve.chatIds.slice(0, 24).forEach((id) => m.world.chats.remove(id));
    const run = await m.sync({ walk: 'complete', acceptMassDeletion: true });
    assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['partial', 21, 24]);
    assert.equal((await m.sync({ acceptMassDeletion: true })).counts.deleted, 24);
  });

  it('end when the rows are there again', async () => {
    const { m, userId } = await withChats(30);
    const list = `/api/v1/chats/list/user/${userId}`;
    m.server.fail(list, { kind: 'reply', status: 200, body: [] }, 1);
    m.world.users.markActive(userId);
    assert.equal((await m.sync()).counts.heldBack, 30);
    m.world.users.markActive(userId);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.heldBack, run.counts.restored], ['ok', 0, 0]);
    assert.deepEqual(await m.rows(HELD), []);
    assert.equal(await m.count('chats'), 30);
  });

  it('are all rows of a stream that had several, however few', async () => {
    const m = await mirroring().start();
    const { library } = m.world;
    const files = m.at(-86_400, () => ['a.txt', 'b.txt'].map((filename) => library.addFile({ filename })));
    await m.sync({ kind: 'full' });
    files.forEach(({ id }) => library.removeFile(id));
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.heldBack], ['partial', 2]);
    assert.deepEqual(
      (await m.rows(HELD)).map(([stream, , reason]) => [stream, reason]),
      [
        ['files', 'emptied'],
        ['files', 'emptied'],
      ],
    );
    const agreed = await m.sync({ acceptMassDeletion: true });
    assert.deepEqual([agreed.status, agreed.counts.deleted], ['ok', 2]);
  });

  it('end with their user', async () => {
    const { m, userId } = await withHeld();
    m.world.deleteUser(userId);
    const run = await m.sync();
    assert.deepEqual([run.status, await m.count('chats')], ['ok', 0]);
    assert.deepEqual(await m.rows(HELD), []);
  });

  it('of users stay held until a person agrees, and take their chats along', async () => {
    const m = await mirroring().start();
    const users = Array.from({ length: 30 }, (_, index) => m.addUser(`user${index}`, 1));
    await m.sync({ kind: 'full' });
    users.slice(0, 21).forEach(({ id }) => m.world.deleteUser(id));
    assert.equal((await m.sync()).counts.heldBack, 21);
    const again = await m.sync({ trigger: 'schedule' });
    assert.deepEqual([again.status, again.counts.heldBack], ['partial', 21]);
    assert.deepEqual([await m.count('users'), await m.count('chats')], [31, 30]);
    await m.sync({ acceptMassDeletion: true });
    assert.deepEqual([await m.count('users'), await m.count('chats')], [10, 9]);
    assert.deepEqual(await m.rows(HELD), []);
  });
});

describe('a server that was replaced', () => {
  const mirroring = useMirroring();

  async function replaced(): Promise<Mirroring> {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    m.at(-86_400, () => m.world.library.addFile({ filename: 'a.txt' }));
    await m.sync({ kind: 'full' });
    m.world.reinstall();
    return m;
  }

  it('deletes nothing, in whatever stream and however few', async () => {
    const m = await replaced();
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['partial', 0]);
    assert.ok(run.notes.some(({ code }) => code === 'serverReplaced'));
    assert.deepEqual(
      (await m.rows(HELD)).map(([stream, , reason]) => [stream, reason]),
      [
        ['files', 'serverReplaced'],
        ['users', 'serverReplaced'],
        ['users', 'serverReplaced'],
      ],
    );
    assert.deepEqual([await m.count('users'), await m.count('chats'), await m.count('files')], [3, 2, 1]);
  });

  it('deletes nothing in the runs after it either', async () => {
    const m = await replaced();
    m.server.fail('/api/v1/files/', { kind: 'reply', status: 500, body: 'oops' }, 4);
    await m.sync();
    const run = await m.sync();
    assert.equal(run.counts.deleted, 0);
    assert.equal(await m.count('files'), 1);
    assert.equal((await m.sync({ trigger: 'schedule' })).counts.deleted, 0);
  });

  it('is believed when a person agrees', async () => {
    const m = await replaced();
    await m.sync();
    const run = await m.sync({ acceptMassDeletion: true });
    assert.equal(run.status, 'ok');
    assert.deepEqual([await m.count('users'), await m.count('chats'), await m.count('files')], [1, 0, 0]);
    const next = await m.sync();
    assert.deepEqual([next.status, next.notes.map(({ code }) => code)], ['ok', []]);
  });
});

describe('a server that was restored from a backup', () => {
  const mirroring = useMirroring();

  async function restored(): Promise<Mirroring> {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    await m.sync({ kind: 'full' });
    m.world.backUp();
    m.clock.seconds += 7_200;
    const chat = m.world.chats.add(m.world.users.findByEmail('bob@example.org')!.id, { title: 'Lost' });
    m.world.chats.addTurn(chat.id);
    m.world.library.addFile({ filename: 'lost.txt' });
    await m.sync();
    m.world.restore();
    return m;
  }

  it('is looked at as a whole, and what it lacks is held back', async () => {
    const m = await restored();
    const run = await m.sync({ trigger: 'schedule' });
    assert.deepEqual([run.status, run.counts.deleted], ['partial', 0]);
    assert.ok(run.notes.some(({ code }) => code === 'serverRestored'));
    assert.deepEqual(
      (await m.rows(HELD)).map(([stream, , reason]) => [stream, reason]),
      [
        ['chats', 'serverRestored'],
        ['files', 'serverRestored'],
      ],
    );
    assert.deepEqual([await m.count('chats'), await m.count('files')], [2, 1]);
  });

  it('is not believed before everybody’s chats could be listed', async () => {
    const m = await restored();
    const mend = m.server.fail('/api/v1/chats/list/', { kind: 'reply', status: 500, body: 'oops' }, Infinity);
    const first = await m.sync();
    assert.deepEqual([first.status, first.counts.deleted], ['partial', 0]);
    mend();
    const second = await m.sync();
    assert.deepEqual([second.counts.deleted, await m.count('chats')], [0, 2]);
    assert.deepEqual(
      (await m.rows(HELD)).map(([stream, , reason]) => [stream, reason]),
      [
        ['chats', 'serverRestored'],
        ['files', 'serverRestored'],
      ],
    );
  });

  it('is told once; what was held stays held', async () => {
    const m = await restored();
    await m.sync();
    const run = await m.sync();
    assert.ok(!run.notes.some(({ code }) => code === 'serverRestored'));
    assert.equal((await m.rows(HELD)).length, 2);
  });

  it('shows by a lower version too', async () => {
    const m = await mirroring('0.12.4').start();
    const bob = m.addUser('bob', 2);
    await m.sync({ kind: 'full' });
    m.world.version = '0.9.6';
    m.world.chats.remove(bob.chatIds[0]!, 'admin');
    const run = await m.sync();
    assert.ok(run.notes.some(({ code }) => code === 'serverRestored'));
    assert.deepEqual([run.counts.heldBack, await m.count('chats')], [1, 2]);
    m.world.users.markActive(bob.id);
    const next = await m.sync();
    assert.ok(!next.notes.some(({ code }) => code === 'serverRestored'));
  });
});

describe('another key', () => {
  const mirroring = useMirroring();

  it('of another administrator changes nothing', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    m.at(-86_400, () => m.world.users.add({ name: 'Zoe', role: 'admin', apiKey: 'sk-zoe' }));
    await m.sync({ kind: 'full' });
    m.credential = { kind: 'apiKey', value: 'sk-zoe' };
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted, run.counts.inserted], ['ok', 0, 0]);
    assert.deepEqual([await m.count('users'), await m.count('chats')], [3, 2]);
  });

  it('of somebody who is no administrator ends the run, and deletes nothing', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    m.at(-86_400, () => m.world.users.add({ name: 'Zoe', apiKey: 'sk-zoe' }));
    await m.sync({ kind: 'full' });
    m.credential = { kind: 'apiKey', value: 'sk-zoe' };
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.status, run.errorCode, run.counts.deleted], ['failed', 'notAdmin', 0]);
    assert.deepEqual([await m.count('users'), await m.count('chats')], [3, 2]);
  });
});
