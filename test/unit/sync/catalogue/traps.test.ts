import assert from 'node:assert/strict';
import { useMirroring } from '../engine/harness';
import {
  assertTells,
  callsTo,
  CHAT,
  FULL,
  hostile,
  LIST,
  living,
  mirrored,
  noteOf,
  streamOf,
  TIMER,
} from './support';

describe('The traps of the API', () => {
  const mirroring = useMirroring();

  it('chat access switched off between two syncs: nothing is deleted, told since when, and caught up later', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 30);
    const end = hostile(m, 'chat access off');
    m.world.chats.remove(chatIds[0]!);
    for (const request of [{}, FULL, TIMER, { walk: 'complete' as const }]) {
      const run = await m.sync(request);
      assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['partial', 0, 0]);
      assert.deepEqual(
        [streamOf(run, 'chats').status, streamOf(run, 'chats').errorCode],
        ['skipped', 'chatAccessOff'],
      );
      assertTells(m, streamOf(run, 'chats').error, /ENABLE_ADMIN_CHAT_ACCESS/);
      assert.ok(callsTo(m, LIST) + callsTo(m, CHAT) <= 4, m.requests.join());
    }
    assert.deepEqual(await living(m), [2, 30, 60]);
    assert.match(noteOf(await m.sync(), 'streamUnreadable') ?? '', /^Chats: unreadable for \d/);
    m.world.chats.addTurn(chatIds[1]!);
    end();
    const back = await m.sync();
    assert.deepEqual([back.status, back.counts.deleted], ['ok', 1]);
    assert.deepEqual(await living(m), [2, 29, 60]);
  });

  it('a chat that is 500 for good: set aside, the rest is complete, and it is left in peace', async () => {
    const m = mirroring('0.9.6');
    await m.start();
    const { id, chatIds } = m.addUser('bob', 4);
    hostile(m, '500 for good', { chatId: chatIds[2]! });
    const calls: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const { status, counts } = await m.sync(run === 0 ? FULL : {});
      assert.deepEqual([status, counts.deleted], ['ok', 0]);
      calls.push(callsTo(m, CHAT + chatIds[2]!));
      m.world.users.markActive(id);
    }
    assert.deepEqual(calls, [4, 4, 4, 0, 0]);
    assert.deepEqual(await living(m), [2, 3, 6]);
    assert.deepEqual(await m.rows('SELECT remote_id, reason, tries FROM quarantine'), [
      [chatIds[2], 'serverError', 3],
    ]);
    assert.match(noteOf(await m.sync(), 'chatsLeftOut') ?? '', /^1 chat could not be read three times/);
    m.clock.seconds += 8 * 86_400;
    await m.sync();
    assert.equal(callsTo(m, CHAT + chatIds[2]!), 4, 'a week later it is tried again');
  });

  it('a chat that becomes 500 for good keeps the rows that were there', async () => {
    const m = mirroring('0.9.6');
    const { chatIds } = await mirrored(m, 2);
    m.world.chats.addTurn(chatIds[0]!);
    hostile(m, '500 for good', { chatId: chatIds[0]! });
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.quarantined, run.counts.deleted], ['ok', 1, 0]);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  for (const version of ['0.6.36', '0.9.6', '0.12.4'] as const) {
    it(`feedback outlives its user (${version})`, async () => {
      const m = mirroring(version);
      await m.start();
      const { id, chatIds } = m.addUser('bob', 1);
      m.addUser('eve', 1);
      m.at(-86_000, () => {
        const [answer] = m.world.chats.addTurn(chatIds[0]!).answers;
        m.world.chats.rate(chatIds[0]!, answer!.id, 1);
      });
      await m.sync(FULL);
      assert.equal(await m.count('feedback'), 1);
      hostile(m, 'feedback outlives its user', { chatId: chatIds[0]! });
      const run = await m.sync(FULL);
      assert.equal(run.status, 'ok', run.error);
      assert.equal(m.world.users.find(id), undefined);
      assert.deepEqual(await living(m), [2, 1, 2]);
      assert.deepEqual(await m.rows('SELECT rating, is_deleted FROM feedback'), [[1, 0]]);
    });
  }

  it('archived is false in lists: the chat itself says it', async () => {
    const m = mirroring('0.12.4');
    const { chatIds } = await mirrored(m, 2);
    hostile(m, 'archived false in lists', { chatId: chatIds[0]! });
    await m.sync();
    assert.deepEqual(await m.rows('SELECT remote_id FROM chats WHERE archived = 1'), [[chatIds[0]]]);
    m.clock.seconds += 86_400;
    const again = await m.sync({ walk: 'active' });
    assert.equal(again.counts.updated, 0);
    assert.equal(await m.count('chats', 'archived = 1'), 1);
  });

  it('fields added on read are no change: an upgrade from 0.9.6 to 0.12.4 changes 0 rows', async () => {
    const m = mirroring('0.9.6');
    m.at(-86_400, () => {
      const { users, library } = m.world;
      users.addGroup('Sales', []);
      library.addProviderModel('gpt-x');
      library.addModel({ id: 'legal-bot', baseModelId: 'gpt-x' });
      const file = library.addFile({ filename: 'a.txt' });
      library.addKnowledge({ name: 'Base', fileIds: [file.id] });
    });
    await m.start();
    const { chatIds } = m.addUser('bob', 3);
    m.at(-86_000, () => {
      const [answer] = m.world.chats.addTurn(chatIds[0]!).answers;
      m.world.chats.rate(chatIds[0]!, answer!.id, -1);
      m.world.chats.setParams(chatIds[1]!, { temperature: 0.5 });
    });
    await m.sync(FULL);
    hostile(m, 'fields added on read');
    const run = await m.sync(FULL);
    assert.equal(run.status, 'ok', run.error);
    assert.deepEqual(
      run.streams.map(({ stream, counts }) => [stream, counts.inserted + counts.updated + counts.deleted]),
      run.streams.map(({ stream }) => [stream, 0]),
    );
    assert.ok(run.streams.every(({ stream, counts }) => counts.unchanged > 0 || stream === 'groups'));
    assert.match(noteOf(run, 'versionChanged') ?? '', /from 0\.9\.6 to 0\.12\.4/);
  });

  for (const version of ['0.6.36', '0.9.6', '0.12.4'] as const) {
    it(`order_by: chat lists are asked for without it, users always with a direction (${version})`, async () => {
      const m = mirroring(version);
      const { chatIds } = await mirrored(m, 70);
      m.addUser('eve', 1);
      m.world.chats.addTurn(chatIds[3]!);
      const seen = [...m.requests];
      await m.sync();
      seen.push(...m.requests);
      const lists = seen.filter((path) => path.startsWith(LIST));
      const users = seen.filter((path) => path.startsWith('/api/v1/users/?'));
      assert.ok(lists.length > 0 && users.length > 0);
      assert.deepEqual(
        lists.filter((path) => /order_by|direction/.test(path)),
        [],
      );
      assert.deepEqual(
        users.filter((path) => !/order_by=\w+&direction=(asc|desc)/.test(path)),
        [],
      );
      assert.deepEqual(
        lists.filter((path) => !/page=\d+&skip=\d+&limit=60/.test(path)),
        [],
      );
    });
  }

  for (const version of ['0.6.5', '0.8.12', '0.12.4'] as const) {
    it(`share copies are no chats, and following a share link is never tried (${version})`, async () => {
      const m = mirroring(version);
      await m.start();
      const { id, chatIds } = m.addUser('bob', 2);
      const shareId = m.at(-80_000, () => m.world.chats.share(chatIds[0]!));
      const first = await m.sync(FULL);
      assert.equal(first.status, 'ok', first.error);
      assert.equal(callsTo(m, CHAT + shareId), 0);
      assert.deepEqual(await living(m), [2, 2, 4]);
      assert.deepEqual(await m.rows('SELECT remote_id FROM chats WHERE share_id IS NOT NULL'), [
        [chatIds[0]],
      ]);
      m.world.chats.remove(chatIds[0]!);
      m.world.users.markActive(id);
      const run = await m.sync();
      assert.deepEqual([run.counts.deleted, await m.count('chats')], [1, 1]);
    });
  }

  it('internal chats, which newer versions hide, are not deleted by an upgrade', async () => {
    const m = mirroring('0.9.6');
    await m.start();
    const { id } = m.addUser('bob', 2);
    m.at(-80_000, () => {
      const inner = m.world.chats.add(id, { title: 'Sub-agent', internal: true });
      m.world.chats.addTurn(inner.id);
    });
    await m.sync(FULL);
    assert.deepEqual(await living(m), [2, 3, 6]);
    m.world.version = '0.12.4';
    for (const request of [FULL, {}, FULL]) {
      const run = await m.sync(request);
      assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['ok', 0, 0]);
    }
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('internal chats of a new server are not in the lists, and not missed', async () => {
    const m = mirroring('0.12.4');
    await m.start();
    const { id } = m.addUser('bob', 1);
    m.at(-80_000, () => m.world.chats.add(id, { title: 'Timer', internal: true }));
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, await m.count('chats')], ['ok', 1]);
  });

  it('page is ignored up to 0.6.10: 150 chats are 150 chats', async () => {
    const m = mirroring('0.6.5');
    await mirrored(m, 150);
    assert.equal(await m.count('chats'), 150);
    assert.equal(callsTo(m, CHAT), 150);
  });

  it('the same message id in two chats is two rows', async () => {
    const m = mirroring();
    await m.start();
    m.addUser('bob', 1);
    m.at(-80_000, () => hostile(m, 'one message id in two chats'));
    const run = await m.sync(FULL);
    assert.equal(run.status, 'ok', run.error);
    assert.deepEqual(await living(m), [2, 2, 4]);
    assert.deepEqual(await m.rows('SELECT count(DISTINCT remote_id) FROM message'), [[2]]);
    assert.deepEqual(await m.rows('SELECT count(*) FROM messages_counted'), [[2]], 'counted once');
  });

  it('an answer with another chat is no chat', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 2);
    hostile(m, 'another chat than asked for', { at: CHAT + chatIds[0]! });
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 1]);
    assert.equal(await m.count('chats'), 1);
    assert.equal(await m.count('chats', "remote_id = 'another-chat'"), 0);
  });

  it('an unknown newer version is read by probing, and says so', async () => {
    const m = mirroring();
    await m.start();
    m.addUser('bob', 2);
    hostile(m, 'newer version that nobody knows');
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.serverVersion], ['ok', '1.4.0']);
    assert.match(noteOf(run, 'versionNewer') ?? '', /1\.4\.0 is newer than.*update OpenWebUI Sync\.$/);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });
});
