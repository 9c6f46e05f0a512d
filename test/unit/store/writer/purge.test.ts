import assert from 'node:assert/strict';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { generationPath, listGenerations } from '../../../../src/store/files/fileGeneration';
import { readJournal } from '../../../../src/store/files/journal';
import type { PurgeResult } from '../../../../src/store/writeResults';
import { loadInstances } from '../../../../src/store/instances/instancesFile';
import { isPersonHash, personHash } from '../../../../src/store/instances/people';
import { Snapshot } from '../../../../src/store/reading/snapshot';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, exchange, fetched, message, NOON, rating } from '../builders';
import { runEnd, user, useMirrors } from '../builders';
import { filesHolding, filesIn, openPublished, publishedRows } from '../published';

const SENTENCE = 'The launch code is swordfish';
const NAME = 'Ann Example';
const EMAIL = 'ann.example@example.org';
const ANN = '9d1f0c52-7ce0-4d3c-a8e3-ann';
const SECRETS = [SENTENCE, NAME, EMAIL];

describe('Removing something for good', () => {
  const { root, open } = useMirrors();
  const hold = (text: string): string[] => filesHolding(root(), text);

  /** A folder that a year has left its marks on: Ann's words and name are in all kinds of files. */
  const grownFolder = async (): Promise<MirrorDatabase> => {
    let now = NOON - 2 * 86_400;
    const mirror = await open({ now: () => now });
    for (const [index, day] of [-2, -1, 0, 0].entries()) {
      now = NOON + day * 86_400;
      const run = begin(mirror, `run-${index}`);
      mirror.applyUsers(run, [
        user(ANN, { name: NAME, email: EMAIL, role: index % 2 === 0 ? 'admin' : 'user' }),
        user('bob'),
      ]);
      mirror.applyChat(
        run,
        fetched(
          chat('c-ann', {
            userRemoteId: ANN,
            title: `About ${SENTENCE}`,
            messages: [message(`q-${index}`, { content: SENTENCE.repeat(30) })],
          }),
        ),
      );
      mirror.applyChat(run, fetched(chat('c-bob', { userRemoteId: 'bob', messages: exchange('kept') })));
      mirror.saveState(run, [{ stream: 'chats', scope: ANN, mark: NOON }]);
      mirror.quarantine(run, 'chats', 'c-ann', 'serverError', NOON);
      mirror.endRun(runEnd({ runId: run, status: 'partial', error: `No chats of ${NAME}`, finishedAt: now }));
      mirror.publish();
      mirror.refreshCopies();
    }
    const folder = dataFolderAt(root());
    const newest = readFileSync(
      generationPath(folder.generations, listGenerations(folder.generations)[0] ?? 0),
    );
    writeFileSync(join(folder.corrupt, '00000001-20251101-120000-7.db'), newest.subarray(0, -9));
    writeFileSync(join(root(), 'openwebui_sync.edited-20251102-120000.db'), newest);
    writeFileSync(join(root(), 'openwebui_sync.db-wal'), SENTENCE);
    writeFileSync(join(folder.generations, '00000009.db.tmp-999999999-0a1b2c3d'), newest);
    writeFileSync(join(root(), 'openwebui_sync.log'), `chats of ${ANN} and ${NAME}\n`);
    appendFileSync(folder.journal, `{"type":"end","${SENTENCE}`);
    appendFileSync(folder.fixedName, 'edited');
    for (const text of SECRETS) {
      assert.ok(hold(text).length >= 7, `the folder is full of "${text}"`);
    }
    return mirror;
  };
  const assertClean = (texts: readonly string[]): void => {
    for (const text of texts) {
      assert.deepEqual(hold(text), [], text);
    }
  };
  const assertUsable = async (generation: number): Promise<void> => {
    const folder = dataFolderAt(root());
    assert.deepEqual(listGenerations(folder.generations), [generation]);
    assert.deepEqual(
      readFileSync(folder.fixedName),
      readFileSync(generationPath(folder.generations, generation)),
    );
    assert.deepEqual(await publishedRows(root(), 'PRAGMA integrity_check'), [['ok']]);
    assert.deepEqual(await publishedRows(root(), 'PRAGMA foreign_key_check'), []);
    const next = await open();
    begin(next, 'run-next', 2);
    next.applyUsers('run-next', [user('dee')]);
    next.endRun(runEnd({ runId: 'run-next' }));
    assert.equal(next.publish().generation, generation + 1);
    assert.deepEqual(await publishedRows(root(), `SELECT value FROM meta WHERE key = 'purge'`), []);
  };

  describe('by a stricter privacy mode', () => {
    it('leaves no byte of it in any file', async () => {
      const mirror = await grownFolder();
      const { files } = mirror.planPrivacy(1, 'pseudonyms');
      assert.deepEqual(files, [
        'corrupt/00000001-20251101-120000-7.db',
        'daily/2025-11-14.db',
        'daily/2025-11-15.db',
        'daily/2025-11-16.db',
        'db/00000002.db',
        'db/00000003.db',
        'db/00000004.db',
        'db/00000009.db.tmp-999999999-0a1b2c3d',
        'openwebui_sync.db',
        'openwebui_sync.db-wal',
        'openwebui_sync.edited-20251102-120000.db',
        'openwebui_sync.log',
      ]);
      assert.deepEqual(await mirror.tightenPrivacy(1, 'pseudonyms'), {
        generation: 5,
        published: true,
        filesLeft: [],
      });
      assertClean(SECRETS);
      await assertUsable(5);
    });

    it('hashes the ids of users wherever they stand', async () => {
      const mirror = await grownFolder();
      const run = begin(mirror, 'run-x');
      mirror.holdDeletions(run, 'users', [ANN], 'many');
      mirror.applyModels(run, [{ modelId: 'm', source: 'workspace', isActive: true, owner: ANN }]);
      mirror.endRun(runEnd({ runId: run }));
      await mirror.tightenPrivacy(1, 'counts');
      assertClean([...SECRETS, ANN]);
      const { salt = '' } = await loadInstances(root());
      const hash = personHash(salt, 1, ANN);
      const ids = await publishedRows(
        root(),
        `SELECT (SELECT remote_id FROM users WHERE role IS NOT NULL ORDER BY id LIMIT 1), (SELECT scope FROM sync_state),
           (SELECT remote_id FROM held_deletions), (SELECT owner FROM models)`,
      );
      assert.deepEqual(ids, [[hash, hash, hash, hash]]);
      begin(mirror, 'run-y', 1, { privacy: 'counts' });
      assert.ok(mirror.knownUsers('run-y').every(({ remoteId }) => isPersonHash(remoteId)));
      assert.deepEqual(
        mirror.knownChats('run-y', hash).map(({ remoteId }) => remoteId),
        ['c-ann'],
      );
    });

    it('keeps what may stay: messages with their numbers, and the history of runs', async () => {
      const mirror = await grownFolder();
      const before = await publishedRows(root(), 'SELECT count(*), sum(content_chars) FROM message');
      await mirror.tightenPrivacy(1, 'counts');
      assert.deepEqual(
        await publishedRows(root(), 'SELECT count(*), sum(content_chars) FROM message'),
        before,
      );
      assert.deepEqual(await publishedRows(root(), 'SELECT DISTINCT status FROM sync_runs'), [['partial']]);
      const status = await new Snapshot(dataFolderAt(root())).status();
      assert.deepEqual([status.instances[0]?.privacy, status.instances[0]?.runs.length], ['counts', 4]);
    });

    it('leaves the journal lines of other instances', async () => {
      const mirror = await grownFolder();
      begin(mirror, 'other', 2);
      await mirror.tightenPrivacy(1, 'names');
      assert.deepEqual(
        readJournal(dataFolderAt(root())).map(({ start }) => start.runId),
        ['other'],
      );
    });

    it('goes step by step, down to counts', async () => {
      const mirror = await grownFolder();
      await mirror.tightenPrivacy(1, 'names');
      assertClean([SENTENCE]);
      assert.ok(hold(NAME).length > 0);
      await mirror.tightenPrivacy(1, 'pseudonyms');
      assertClean(SECRETS);
      assert.ok(hold(ANN).length > 0);
      await mirror.tightenPrivacy(1, 'counts');
      assertClean([...SECRETS, ANN]);
    });
  });

  describe('when somebody is erased', () => {
    it('leaves no byte of his in any file, and the others untouched', async () => {
      const mirror = await grownFolder();
      const plan = mirror.planErasure(1, ANN);
      assert.deepEqual(
        Object.entries(plan.rows).filter(([, count]) => count > 0),
        [
          ['messages', 4],
          ['chats', 1],
          ['users', 1],
        ],
      );
      const result: PurgeResult = await mirror.erasePerson(1, ANN);
      assert.deepEqual(result, { generation: 5, published: true, filesLeft: [] });
      assertClean([...SECRETS, ANN, 'c-ann']);
      assert.deepEqual(await publishedRows(root(), 'SELECT remote_id, name FROM users'), [['bob', 'BOB']]);
      assert.deepEqual(await publishedRows(root(), 'SELECT content FROM messages ORDER BY 1'), [
        ['text of kept-a'],
        ['text of kept-q'],
      ]);
      await assertUsable(5);
    });

    it('takes memberships and ratings along, and leaves what was his without an owner', async () => {
      const mirror = await open();
      const run = begin(mirror);
      mirror.applyUsers(run, [user(ANN), user('bob')]);
      mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: [ANN, 'bob'] }]);
      mirror.applyFeedback(run, [
        rating('r-ann', { userRemoteId: ANN }),
        rating('r-bob', { userRemoteId: 'bob' }),
      ]);
      mirror.applyKnowledgeBases(run, [{ remoteId: 'kb', name: 'Base', userRemoteId: ANN }]);
      mirror.applyFiles(run, [{ remoteId: 'f1', filename: 'plan.pdf', userRemoteId: ANN }]);
      mirror.applyModels(run, [{ modelId: 'm', source: 'workspace', isActive: true, owner: ANN }]);
      mirror.holdDeletions(run, 'feedback', ['r-ann', 'r-bob'], 'many');
      mirror.endRun(runEnd());
      await mirror.erasePerson(1, ANN);
      const database = await openPublished(root());
      assert.deepEqual(database.all('SELECT name, member_count FROM user_groups'), [['Sales', 1]]);
      assert.deepEqual(database.all('SELECT remote_id FROM feedback'), [['r-bob']]);
      assert.deepEqual(database.all('SELECT remote_id FROM held_deletions'), [['r-bob']]);
      assert.deepEqual(database.all('SELECT name, user_id FROM knowledge_bases'), [['Base', null]]);
      assert.deepEqual(database.all('SELECT filename, user_id FROM files'), [['plan.pdf', null]]);
      assert.deepEqual(database.all('SELECT model_id, owner FROM models'), [['m', null]]);
      database.close();
    });

    it('lets later runs know whom to leave out, also when the mirror never held him', async () => {
      const mirror = await grownFolder();
      await mirror.erasePerson(1, ANN);
      await mirror.erasePerson(1, 'never seen');
      const { salt = '' } = await loadInstances(root());
      const next = await open();
      begin(next, 'run-next');
      assert.deepEqual(
        [...next.erasedPeople('run-next')].sort(),
        [personHash(salt, 1, ANN), personHash(salt, 1, 'never seen')].sort(),
      );
      begin(next, 'run-other', 2);
      assert.deepEqual(next.erasedPeople('run-other'), []);
    });

    it('says so where the database holds nothing of his instance', async () => {
      const mirror = await grownFolder();
      await mirror.removeInstance(1, 'delete');
      for (const id of [1, 99]) {
        await assert.rejects(mirror.erasePerson(id, ANN), {
          name: 'InvalidInstanceError',
          message: 'The database holds nothing of this instance: it was removed, or never synced.',
        });
      }
    });

    it('knows him by his hash where ids are not kept', async () => {
      const mirror = await grownFolder();
      await mirror.tightenPrivacy(1, 'counts');
      const { salt = '' } = await loadInstances(root());
      const hash = personHash(salt, 1, ANN);
      await mirror.erasePerson(1, hash);
      begin(mirror, 'run-next', 1, { privacy: 'counts' });
      assert.deepEqual(mirror.erasedPeople('run-next'), [hash]);
      assert.deepEqual(mirror.knownChats('run-next', hash), []);
    });

    it('lets a copy of his chat that somebody else has count from then on', async () => {
      const mirror = await open();
      const run = begin(mirror);
      const messages = exchange('same');
      mirror.applyChat(run, fetched(chat('c1', { userRemoteId: ANN, createdAt: NOON - 900, messages })));
      mirror.applyChat(run, fetched(chat('c2', { userRemoteId: 'bob', createdAt: NOON - 600, messages })));
      mirror.endRun(runEnd());
      mirror.publish();
      assert.deepEqual(await publishedRows(root(), 'SELECT DISTINCT chat_id FROM messages_counted'), [[1]]);
      await mirror.erasePerson(1, ANN);
      assert.deepEqual(await publishedRows(root(), 'SELECT count(*), min(chat_id) FROM messages_counted'), [
        [2, 2],
      ]);
    });
  });

  it('is refused while the instance syncs, and not while another one does', async () => {
    const mirror = await grownFolder();
    begin(mirror, 'other', 2);
    begin(mirror, 'run-x', 1);
    await assert.rejects(mirror.tightenPrivacy(1, 'names'), /is running/u);
    await assert.rejects(mirror.erasePerson(1, ANN), /is running/u);
    assert.ok(hold(SENTENCE).length > 0);
    mirror.endRun(runEnd({ runId: 'run-x' }));
    await mirror.erasePerson(1, ANN);
  });

  it('is refused while another process holds the lock', async () => {
    const mirror = await grownFolder();
    const lock = { pid: 1, host: 'another', start: NOON, id: 'x', version: '1', beat: 3 };
    writeFileSync(dataFolderAt(root()).lock, JSON.stringify(lock));
    await assert.rejects(mirror.erasePerson(1, ANN), /syncing/u);
  });

  it('does not disturb who has an older file open', async () => {
    const mirror = await grownFolder();
    const folder = dataFolderAt(root());
    const snapshot = new Snapshot(folder);
    await snapshot.status();
    const descriptor = openSync(generationPath(folder.generations, 3), 'r');
    await mirror.tightenPrivacy(1, 'names');
    assert.equal(readSync(descriptor, Buffer.alloc(16), 0, 16, 0), 16);
    closeSync(descriptor);
    assert.equal((await snapshot.status()).generation, 5);
  });

  it('says which files it could not delete, and deletes them when the database is opened next', async () => {
    const mirror = await grownFolder();
    // A folder under the name of a file stands for one that another program holds open.
    const stubborn = join(dataFolderAt(root()).daily, '2025-11-15.db');
    rmSync(stubborn);
    mkdirSync(join(stubborn, 'inside'), { recursive: true });
    const busy = await mirror.erasePerson(1, ANN);
    assert.deepEqual(busy.filesLeft, ['daily/2025-11-15.db']);
    rmSync(stubborn, { recursive: true });
    writeFileSync(stubborn, SENTENCE);
    const clean = join(dataFolderAt(root()).daily, '2025-11-16.db');
    writeFileSync(clean, readFileSync(dataFolderAt(root()).fixedName));
    await open();
    assert.equal(existsSync(stubborn), false);
    assert.equal(existsSync(clean), true, 'a name that was given again to a clean file');
    assertClean([...SECRETS, ANN]);
  });

  it('is finished at the next start after it was broken off right behind its publish', async () => {
    const mirror = await grownFolder();
    const old = [...filesIn(root())].filter(([name]) => /^(?:daily|corrupt)\//u.test(name));
    await mirror.erasePerson(1, ANN);
    for (const [name, bytes] of old) {
      writeFileSync(join(root(), name), bytes);
    }
    assert.ok(hold(SENTENCE).length > 0);
    await open();
    assertClean([...SECRETS, ANN]);
  });

  it('keeps the older files when the new one cannot be read back', async () => {
    const mirror = await grownFolder();
    const conflicting = await open();
    begin(conflicting, 'run-faster', 2);
    conflicting.endRun(runEnd({ runId: 'run-faster' }));
    conflicting.publish();
    await assert.rejects(mirror.erasePerson(1, ANN), /Another process has published/u);
    assert.ok(listGenerations(dataFolderAt(root()).generations).length > 1);
  });

  it('leaves a file that SQLite opens', async () => {
    await (await grownFolder()).tightenPrivacy(1, 'counts');
    const database = await SqliteDatabase.open(readFileSync(dataFolderAt(root()).fixedName));
    assert.deepEqual(database.get('PRAGMA freelist_count'), [0]);
    database.close();
  });
});
