import assert from 'node:assert/strict';
import { useMirroring } from '../engine/harness';
import { callsTo, CHAT, FULL, hostile, LIST, living, mirrored, noteOf, streamOf, TIMER } from './support';

describe('The failure catalogue: deletions', () => {
  const mirroring = useMirroring();

  it('case 14: a deleted chat is marked with its messages, after one question by id; its rows stay', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 3);
    m.world.chats.remove(chatIds[1]!);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 1]);
    assert.equal(callsTo(m, CHAT + chatIds[1]!), 1);
    assert.deepEqual(await living(m), [2, 2, 4]);
    assert.deepEqual([await m.count('chats', '1'), await m.count('message', '1')], [3, 6]);
    assert.equal(await m.count('message_text', '1'), 6);
  });

  it('case 14: the list is that of all kinds of chats: archived, pinned and foldered ones stay', async () => {
    const m = mirroring();
    const { id, chatIds } = await mirrored(m, 3);
    const folder = m.world.users.addFolder(id, 'Work');
    m.world.chats.setArchived(chatIds[0]!, true);
    m.world.chats.setPinned(chatIds[1]!, true);
    m.world.chats.moveToFolder(chatIds[2]!, folder.id);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 0]);
    assert.deepEqual(
      await m.rows('SELECT sum(archived), sum(pinned), count(folder_id) FROM chats WHERE is_deleted = 0'),
      [[1, 1, 1]],
    );
  });

  it('case 14: rights that are lost between list and confirmation delete nothing', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 3);
    m.world.chats.remove(chatIds[0]!);
    hostile(m, 'chat access off before the confirmation');
    const run = await m.sync();
    assert.equal(run.counts.deleted, 0);
    assert.equal(streamOf(run, 'chats').errorCode, 'chatAccessOff');
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 14: a list that leaves out a chat deletes nothing while the chat can be read', async () => {
    const m = mirroring();
    const { id } = await mirrored(m, 3);
    hostile(m, 'short list', { at: LIST + id });
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 0]);
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 14: a list that failed deletes nothing of its user', async () => {
    const m = mirroring();
    const { id, chatIds } = await mirrored(m, 3);
    m.world.chats.remove(chatIds[0]!);
    hostile(m, '500 everywhere', { at: LIST + id });
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.deleted], ['partial', 0]);
    assert.equal(callsTo(m, CHAT + chatIds[0]!), 0);
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 14: more than 20 and a tenth at once wait for a person; what he agrees to is confirmed by id', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 40);
    chatIds.slice(0, 21).forEach((chatId) => m.world.chats.remove(chatId));
    const run = await m.sync();
    assert.deepEqual([run.status, run.errorCode, run.counts.heldBack], ['partial', 'deletionsHeldBack', 21]);
    assert.match(
      run.error ?? '',
      /21 of 40 chats are gone from the server at once\. They were kept\. Review/,
    );
    assert.deepEqual([callsTo(m, CHAT), await m.count('chats')], [0, 40]);
    const agreed = await m.sync({ acceptMassDeletion: true });
    assert.deepEqual([agreed.status, agreed.counts.deleted, callsTo(m, CHAT)], ['ok', 21, 21]);
    assert.deepEqual(await living(m), [2, 19, 38]);
  });

  it('case 14: a deleted user is asked for by id and takes his chats along', async () => {
    const m = mirroring();
    const { id } = await mirrored(m, 2);
    m.addUser('eve', 1);
    await m.sync();
    m.world.deleteUser(id);
    const run = await m.sync();
    assert.deepEqual([run.status, streamOf(run, 'users').counts.deleted], ['ok', 1]);
    assert.equal(callsTo(m, `/api/v1/users/${id}`), 1);
    assert.deepEqual(await living(m), [2, 1, 2]);
  });

  it('case 14: a user whom one list leaves out is not deleted', async () => {
    const m = mirroring();
    const { id } = await mirrored(m, 2);
    hostile(m, 'short list', { at: '/api/v1/users/' });
    const run = await m.sync(FULL);
    assert.equal(run.counts.deleted, 0);
    assert.equal(await m.count('users', `remote_id = '${id}' AND is_deleted = 0`), 1);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  it('case 14: a deleted file is confirmed by 404', async () => {
    const m = mirroring();
    const files = m.at(-86_400, () => ['a', 'b'].map((filename) => m.world.library.addFile({ filename })));
    await mirrored(m, 1);
    m.world.library.removeFile(files[0]!.id);
    const run = await m.sync();
    assert.deepEqual([run.status, streamOf(run, 'files').counts.deleted], ['ok', 1]);
    assert.equal(callsTo(m, `/api/v1/files/${files[0]!.id}`), 1);
  });

  it('case 14: a provider’s model, which cannot be asked for, must be missing twice', async () => {
    const m = mirroring();
    m.world.library.addProviderModel('gpt-x');
    m.world.library.addProviderModel('gpt-y');
    await mirrored(m, 1);
    const onlyX = { kind: 'reply', status: 200, body: { data: [{ id: 'gpt-x', name: 'gpt-x' }] } } as const;
    m.server.fail('/api/models', onlyX, Infinity);
    assert.equal((await m.sync(FULL)).counts.deleted, 0);
    assert.equal((await m.sync(FULL)).counts.deleted, 1);
    assert.equal(await m.count('models'), 1);
  });

  it('case 14: a chat that goes while its list is read is gone, not unreadable', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 3);
    hostile(m, 'chat deleted while its list is read', { chatId: chatIds[1]! });
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 0]);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  it('case 17: a restored backup is looked at as a whole, what it lacks is kept, and it is told', async () => {
    const m = mirroring();
    const { id } = await mirrored(m, 2);
    m.world.backUp();
    m.clock.seconds += 7_200;
    m.world.chats.addTurn(m.world.chats.add(id, { title: 'Lost' }).id);
    await m.sync();
    hostile(m, 'restored backup');
    const run = await m.sync(TIMER);
    assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['partial', 0, 1]);
    assert.match(noteOf(run, 'serverRestored') ?? '', /older copy of itself.*kept\.$/);
    assert.match(run.error ?? '', /1 of 3 chats are gone.*Review/);
    assert.equal(callsTo(m, LIST), 2, 'everybody');
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 17: a downgraded server is looked at as a whole, and told', async () => {
    const m = mirroring('0.12.4');
    const { chatIds } = await mirrored(m, 2);
    m.world.chats.remove(chatIds[0]!, 'admin');
    hostile(m, 'older version than before');
    const run = await m.sync();
    assert.deepEqual([run.counts.deleted, run.counts.heldBack], [0, 1]);
    assert.ok(noteOf(run, 'serverRestored') !== undefined);
    assert.match(noteOf(run, 'versionChanged') ?? '', /from 0\.12\.4 to 0\.9\.6/);
    assert.equal(callsTo(m, LIST), 2);
  });

  it('case 17: a server that was set up anew deletes nothing, and says what may be wrong', async () => {
    const m = mirroring();
    await mirrored(m, 5);
    hostile(m, 'emptied server');
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['partial', 0]);
    assert.match(noteOf(run, 'serverReplaced') ?? '', /knows nobody of before.*kept\.$/);
    assert.match(run.error ?? '', /Review/);
    assert.deepEqual(await living(m), [3, 5, 10]);
    for (let later = 0; later < 3; later += 1) {
      assert.equal((await m.sync(FULL)).counts.deleted, 0);
    }
    assert.deepEqual(await living(m), [3, 5, 10]);
  });
});
