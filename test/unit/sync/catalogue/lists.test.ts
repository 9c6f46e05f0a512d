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
} from './support';

/** More pages than any list of the tests has, and fewer than a person would wait for. */
const BOUND = 2_500;

describe('The failure catalogue: lists', () => {
  const mirroring = useMirroring();

  it('case 11: a page that is ignored ends the list, deletes nothing and is told', async () => {
    const m = mirroring();
    const { id } = await mirrored(m, 100);
    hostile(m, 'page ignored');
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['partial', 0, 0]);
    assert.equal(streamOf(run, 'chats').errorCode, 'endlessList');
    assertTells(m, streamOf(run, 'chats').error, /repeats the pages of .*list\/user/, /Nothing was deleted/);
    assert.ok(callsTo(m, LIST + id) <= 4, `${callsTo(m, LIST + id)} calls`);
    assert.deepEqual(await living(m), [2, 100, 200]);
  });

  it('case 11: a page of users that is ignored deletes nobody', async () => {
    const m = mirroring('0.9.6');
    await m.start();
    for (let index = 0; index < 40; index += 1) {
      m.addUser(`user${index}`, 0);
    }
    await m.sync(FULL);
    hostile(m, 'page ignored', { at: '/api/v1/users/' });
    const run = await m.sync(FULL);
    assert.equal(run.counts.deleted, 0);
    assert.equal(streamOf(run, 'users').errorCode, 'endlessList');
    assert.ok(callsTo(m, '/api/v1/users/?') <= 4);
    assert.equal(await m.count('users'), 41);
  });

  it('case 11: pages without end end with an error', async function () {
    this.timeout(120_000);
    const m = mirroring();
    const { id } = await mirrored(m, 2);
    hostile(m, 'endless pages', { at: LIST + id });
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, streamOf(run, 'chats').errorCode], ['partial', 'endlessList']);
    assert.ok(callsTo(m, LIST + id) <= BOUND, `${callsTo(m, LIST + id)} calls`);
    assert.equal(callsTo(m, `${CHAT}invented`), 0);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  it('case 11: a list that tells its length ends there, however many pages would come', async () => {
    const m = mirroring();
    m.at(-86_400, () => Array.from({ length: 60 }, () => m.world.library.addFile({ filename: 'a.txt' })));
    await mirrored(m, 1);
    hostile(m, 'page ignored', { at: '/api/v1/files/' });
    const run = await m.sync(FULL);
    assert.deepEqual([streamOf(run, 'files').errorCode, run.counts.deleted], ['endlessList', 0]);
    assert.ok(callsTo(m, '/api/v1/files/') <= 4);
    assert.equal(await m.count('files'), 60);
  });

  it('case 12: of a row that comes twice the later change holds, and it is counted', async () => {
    const m = mirroring();
    await m.start();
    m.addUser('bob', 3);
    hostile(m, 'duplicate ids');
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, callsTo(m, CHAT)], ['ok', 3]);
    assert.match(noteOf(run, 'duplicates') ?? '', /3 chats more than once/);
    assert.deepEqual(await living(m), [2, 3, 6]);
    assert.equal(await m.count('chats', "list_title LIKE 'Stale%'"), 0);
    const again = await m.sync();
    assert.deepEqual([again.counts.updated, callsTo(m, CHAT)], [0, 0]);
  });

  it('case 13: a row that a deletion hides while paging is found in the same run', async () => {
    const m = mirroring();
    await m.start();
    m.addUser('bob', 130);
    hostile(m, 'rows move while paging');
    const run = await m.sync(FULL);
    assert.equal(run.status, 'ok');
    const onServer = m.world.chats.all().map(({ id }) => id);
    assert.equal(onServer.length, 129);
    const rows = await m.rows('SELECT remote_id FROM chats WHERE is_deleted = 0');
    assert.deepEqual(rows.map(([id]) => id).sort(), onServer.sort());
  });

  it('case 13: a row that is hidden while paging is never deleted', async () => {
    const m = mirroring();
    await mirrored(m, 130);
    hostile(m, 'rows move while paging');
    assert.deepEqual([(await m.sync(FULL)).status, await m.count('chats')], ['ok', 130]);
    const next = await m.sync(FULL);
    assert.deepEqual([next.status, next.counts.deleted, await m.count('chats')], ['ok', 1, 129]);
  });

  it('case 13: a chat that moves to the top while paging is fetched, and repeats nothing', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 130);
    m.server.fail(/page=2/, { kind: 'meanwhile', act: () => void m.world.chats.addTurn(chatIds[7]!) });
    const run = await m.sync(FULL);
    assert.equal(run.status, 'ok');
    assert.deepEqual(await living(m), [2, 130, 262]);
  });

  it('case 16: an empty list with status 200 is a question for a person', async () => {
    const m = mirroring();
    await mirrored(m, 30);
    hostile(m, 'empty list');
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['partial', 0, 30]);
    assert.equal(run.errorCode, 'deletionsHeldBack');
    assert.match(run.error ?? '', /All 30 chats are gone from the server at once\. They were kept\. Review/);
    assert.equal(callsTo(m, CHAT), 0, 'such a server is not asked for each of them');
    assert.equal(await m.count('held_deletions', '1'), 30);
    assert.deepEqual(await living(m), [2, 30, 60]);
  });

  it('case 16: an empty list of few chats is not believed while they can be read', async () => {
    const m = mirroring();
    await mirrored(m, 3);
    hostile(m, 'empty list');
    const run = await m.sync(FULL);
    assert.deepEqual([run.counts.deleted, callsTo(m, CHAT)], [0, 3]);
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 16: an empty list of few chats that cannot be read by id either is a question too', async () => {
    const m = mirroring();
    await mirrored(m, 3);
    hostile(m, 'empty list');
    hostile(m, 'item gone looks like 401');
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.deleted, run.counts.heldBack], ['partial', 0, 3]);
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 16: an empty list of users deletes nobody', async () => {
    const m = mirroring();
    await mirrored(m, 2);
    hostile(m, 'empty list', { at: '/api/v1/users/' });
    const run = await m.sync(FULL);
    assert.equal(run.counts.deleted, 0);
    assert.notEqual(run.status, 'ok');
    assert.deepEqual(await living(m), [2, 2, 4]);
  });
});
