import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups } from '../../../../src/store/backups/backups';
import { ContentShards } from '../../../../src/store/content/contentShards';
import { listShards } from '../../../../src/store/content/shardFile';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { MigrationError, RestoreError } from '../../../../src/store/errors';
import { injectFaults } from '../../../../src/store/files/failpoints';
import { generationPath, newestGeneration, sealOf } from '../../../../src/store/files/fileGeneration';
import { addInstance, removeInstance } from '../../../../src/store/instances/instancesFile';
import { PublishConflictError } from '../../../../src/store/errors';
import { Snapshot } from '../../../../src/store/reading/snapshot';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import type { Cell } from '../../../../src/store/resultSet';
import { loadStatus } from '../../../../src/store/status';
import type { MirrorDatabase, MirrorOptions } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, NOON, runEnd, user, useMirrors } from '../builders';
import { publishedRows } from '../published';

const DAY = 86_400;
/** Everything but a little goes to shards at once. */
const SMALL_SHARDS = { beforeFirst: 500, inline: 500, kept: 100, shard: 2_000, shards: 9 };

describe('Restoring a backup', () => {
  const { root, open, close } = useMirrors();
  afterEach(() => injectFaults(undefined));

  /** One sync with one chat more, named by its run. */
  const sync = (
    mirror: MirrorDatabase,
    run: string,
    changes: { content?: string; at?: number } = {},
  ): void => {
    const { content = `words of ${run}`, at = NOON } = changes;
    begin(mirror, run);
    mirror.applyUsers(run, [user('ann')]);
    mirror.applyChat(run, fetched(chat(`c-${run}`, { messages: [message(`m-${run}`, { content })] })));
    mirror.saveState(run, [{ stream: 'chats', scope: '', mark: at }]);
    mirror.endRun(runEnd({ runId: run, finishedAt: at }));
    mirror.publish();
  };
  /** Chats of three syncs: generations 1 to 3. */
  const threeSyncs = async (options: Partial<MirrorOptions> = {}): Promise<MirrorDatabase> => {
    const mirror = await open(options);
    ['a', 'b', 'c'].forEach((run) => sync(mirror, run));
    return mirror;
  };
  const column = async (sql: string): Promise<Cell[]> =>
    (await publishedRows(root(), sql)).map(([cell]) => cell ?? null);
  const chats = (): Promise<unknown[]> => column('SELECT remote_id FROM chats ORDER BY id');
  const runs = (): Promise<unknown[]> => column('SELECT run_id FROM sync_runs ORDER BY id');
  const newest = (): number => newestGeneration(dataFolderAt(root()).generations);

  it('publishes it as the next generation, and pins what was there before', async () => {
    const mirror = await threeSyncs();
    const result = await mirror.restore('db/00000001.db');
    assert.deepEqual(result, { generation: 4, published: true, before: 'pinned/restore-00000003.db' });
    assert.deepEqual(await chats(), ['c-a']);
    assert.deepEqual(await runs(), ['a']);
    assert.deepEqual(await column(`SELECT value FROM meta WHERE key = 'generation'`), ['4']);
    assert.deepEqual(await column('PRAGMA integrity_check'), ['ok']);
  });

  it('can be taken back', async () => {
    const mirror = await threeSyncs();
    const { before } = await mirror.restore('db/00000001.db');
    ['d', 'e', 'f', 'g'].forEach((run) => sync(mirror, run));
    await mirror.restore(before ?? '');
    assert.deepEqual(await chats(), ['c-a', 'c-b', 'c-c']);
  });

  it('lets syncs go on from where the backup stood, in the same writer and in the next', async () => {
    const mirror = await threeSyncs();
    await mirror.restore('db/00000001.db');
    sync(mirror, 'd');
    close(mirror);
    const next = await open();
    begin(next, 'e');
    assert.deepEqual(
      next.knownChats('e', 'ann').map(({ remoteId }) => remoteId),
      ['c-a', 'c-d'],
    );
    assert.equal(next.state('e')[0]?.mark, NOON);
    assert.deepEqual(await runs(), ['a', 'd']);
  });

  it('is seen by readers as a publish, with status and copy', async () => {
    const mirror = await threeSyncs();
    const snapshot = new Snapshot(dataFolderAt(root()));
    assert.equal(await snapshot.generation(), 3);
    await mirror.restore('db/00000001.db');
    mirror.refreshCopies();
    assert.equal(await snapshot.generation(), 4);
    assert.deepEqual((await snapshot.database()).all('SELECT count(*) FROM chats'), [[1]]);
    const fails = (): never => assert.fail('status.json is up to date');
    const { generation, instances } = await loadStatus(root(), { status: fails });
    assert.equal(generation, 4);
    assert.deepEqual(
      instances[0]?.runs.map(({ runId }) => runId),
      ['a'],
    );
    assert.equal(readFileSync(dataFolderAt(root()).fixedName).length > 0, true);
  });

  it('keeps ends and states of later runs away that only the journal knows', async () => {
    const mirror = await threeSyncs({ smallImage: 0 });
    begin(mirror, 'quiet');
    mirror.saveState('quiet', [{ stream: 'chats', scope: '', mark: NOON + 999 }]);
    mirror.endRun(runEnd({ runId: 'quiet' }));
    assert.equal(mirror.publish().published, false, 'it is in the journal alone');
    close(mirror);
    const again = await open();
    const { before } = await again.restore('db/00000002.db');
    assert.equal(before, 'pinned/restore-00000004.db');
    close(again);
    const after = await open();
    begin(after, 'next');
    assert.equal(after.state('next')[0]?.mark, NOON);
    after.endRun(runEnd({ runId: 'next' }));
    after.publish();
    assert.deepEqual(await runs(), ['a', 'b', 'next']);
    await after.restore(before);
    assert.deepEqual(await runs(), ['a', 'b', 'c', 'quiet'], 'the backup of what was there has it');
  });

  it('brings the oldest daily back with its texts in shards', async () => {
    let now = NOON - 2 * DAY;
    const mirror = await open({ now: () => now, shardLimits: SMALL_SHARDS, collectAfterMs: 0 });
    const text = (run: string): string => `${run} says it. `.repeat(60);
    for (const [index, run] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
      now = NOON - 2 * DAY + Math.floor(index / 2) * DAY;
      sync(mirror, run, { content: text(run), at: now });
    }
    const { content, daily } = dataFolderAt(root());
    const oldest = readdirSync(daily).sort()[0] ?? '';
    const [backup] = (await listBackups(root())).filter(({ name }) => name === `daily/${oldest}`);
    assert.deepEqual(backup?.missingTexts, []);
    const highest = Math.max(...listShards(content).map((name) => Number.parseInt(name, 10)));
    await mirror.restore(`daily/${oldest}`);
    assert.deepEqual(await chats(), ['c-a']);
    const [named] = await publishedRows(
      root(),
      `SELECT s.name, m.id FROM message m JOIN content_shards s ON s.id = m.content_shard`,
    );
    assert.ok(named !== undefined, 'its text is in a shard');
    const shards = new ContentShards(content);
    assert.equal(Buffer.from(shards.text(String(named[0]), Number(named[1])) ?? []).toString(), text('a'));
    shards.close();
    // Numbers of shards that others hold are not given again.
    sync(mirror, 'x', { content: text('x') });
    const ids = await column('SELECT id FROM content_shards WHERE is_deleted = 0 ORDER BY id');
    assert.ok(Number(ids.at(-1)) > highest, `${String(ids)} goes on after ${highest}`);
  });

  it('never gives the number of a shard again that only the given-up state had', async () => {
    const mirror = await open({ shardLimits: SMALL_SHARDS, collectAfterMs: 0 });
    sync(mirror, 'a');
    sync(mirror, 'b', { content: 'long text '.repeat(100) });
    const [before] = await column('SELECT max(id) FROM content_shards');
    await mirror.restore('db/00000001.db');
    rmSync(dataFolderAt(root()).content, { recursive: true });
    assert.deepEqual(await publishedRows(root(), 'SELECT id, name, is_deleted FROM content_shards'), [
      [before, `removed ${String(before)}`, 1],
    ]);
  });

  it('says of each backup what it holds and whether its texts are there', async () => {
    const mirror = await open({ shardLimits: SMALL_SHARDS });
    sync(mirror, 'a');
    sync(mirror, 'b', { content: 'long text '.repeat(100) });
    const folder = dataFolderAt(root());
    writeFileSync(join(folder.corrupt, '00000001-20251101-120000-7.db'), 'rubbish');
    const list = async (): Promise<unknown[]> =>
      (await listBackups(root())).map(({ name, kind, number, isNewest, writtenAt, instances, problem }) => [
        ...[name, kind, number, isNewest, writtenAt],
        ...[instances.map(({ users, chats: held, messages }) => [users, held, messages]), problem],
      ]);
    assert.deepEqual(await list(), [
      ['db/00000002.db', 'generation', 2, true, NOON, [[1, 2, 2]], undefined],
      ['daily/2025-11-16.db', 'daily', 1, false, NOON, [[1, 1, 1]], undefined],
      ['db/00000001.db', 'generation', 1, false, NOON, [[1, 1, 1]], undefined],
      [
        ...['corrupt/00000001-20251101-120000-7.db', 'damaged', undefined, false, undefined],
        ...[[], 'The file is damaged.'],
      ],
    ]);
    const [shard] = listShards(folder.content);
    rmSync(join(folder.content, shard ?? ''));
    assert.deepEqual((await listBackups(root()))[0]?.missingTexts, [shard]);
  });

  it('counts what the server has no more: only a backup can bring that back', async () => {
    const mirror = await threeSyncs();
    begin(mirror, 'd');
    mirror.markDeleted('d', 'chats', ['c-a']);
    mirror.endRun(runEnd({ runId: 'd' }));
    mirror.publish();
    const [backup] = await listBackups(root());
    assert.deepEqual(backup?.instances, [
      { instanceId: 1, name: 'instance 1', users: 1, chats: 2, messages: 2, deletedChats: 1 },
    ]);
  });

  it('restores a file that was put aside as long as its seal is good', async () => {
    const mirror = await threeSyncs();
    const { corrupt, generations } = dataFolderAt(root());
    const name = '00000001-20251101-120000-7.db';
    writeFileSync(join(corrupt, name), readFileSync(generationPath(generations, 1)));
    await mirror.restore(`corrupt/${name}`);
    assert.deepEqual(await chats(), ['c-a']);
  });

  it('restores into a folder whose files are all damaged', async () => {
    const mirror = await threeSyncs();
    await mirror.restore('db/00000001.db');
    close(mirror);
    const { generations, daily, fixedName } = dataFolderAt(root());
    for (const path of [
      ...readdirSync(generations).map((name) => join(generations, name)),
      ...readdirSync(daily).map((name) => join(daily, name)),
      fixedName,
    ]) {
      writeFileSync(path, '');
    }
    const empty = await open();
    const { generation, before } = await empty.restore('pinned/restore-00000003.db');
    assert.equal(generation, 5);
    assert.equal(before, undefined, 'there was nothing to keep');
    assert.deepEqual(await chats(), ['c-a', 'c-b', 'c-c']);
  });

  it('brings a file of an older schema up to date', async () => {
    const mirror = await threeSyncs();
    const { pinned } = dataFolderAt(root());
    const init = readFileSync(join(__dirname, '../../../../src/store/migrations/0001_init.sql'), 'utf8');
    const write = async (name: string, sql: string): Promise<void> => {
      const database = await SqliteDatabase.open();
      database.script(`${init}; PRAGMA application_id = 0x4f575553; PRAGMA user_version = 1;
        INSERT INTO instances (id, name, url, sync_datetime, sync_datetime_epoch) VALUES (1, 'old', 'https://o', '', 1); ${sql}`);
      const image = database.export();
      database.close();
      writeFileSync(join(pinned, name), Buffer.concat([image, sealOf(image, 1)]));
    };
    await write('schema-1-00000001.db', '');
    await write('schema-1-00000002.db', 'CREATE TABLE content_shards (mine)');
    await assert.rejects(mirror.restore('pinned/schema-1-00000002.db'), MigrationError);
    assert.deepEqual(await chats(), ['c-a', 'c-b', 'c-c']);
    await mirror.restore('pinned/schema-1-00000001.db');
    assert.deepEqual(await chats(), []);
    assert.deepEqual(await column('SELECT name FROM instances'), ['instance 1'], 'names are those of now');
  });

  it('has the times of the zone of now', async () => {
    const mirror = await threeSyncs();
    close(mirror);
    const tokyo = await open({ zone: 'Asia/Tokyo' });
    await tokyo.restore('db/00000001.db');
    assert.deepEqual(await column('SELECT sync_datetime FROM chats'), ['2025-11-16 21:00:00']);
  });

  describe('refuses', () => {
    const refuses = (restoring: Promise<unknown>, words: RegExp): Promise<void> =>
      assert.rejects(restoring, (error) => error instanceof RestoreError && words.test(error.message));

    it('what is no backup, and what is damaged', async () => {
      const mirror = await threeSyncs();
      const { daily, generations, root: folder } = dataFolderAt(root());
      writeFileSync(join(daily, '2025-11-01.db'), 'rubbish');
      writeFileSync(join(folder, 'other.db'), readFileSync(generationPath(generations, 1)));
      await refuses(mirror.restore('db/00000099.db'), /There is no backup db\/00000099\.db/u);
      await refuses(mirror.restore('db/../other.db'), /There is no backup/u);
      await refuses(mirror.restore('daily/2025-11-01.db'), /is damaged. Choose another one/u);
      assert.equal(newest(), 3);
    });

    it('while a sync is under way here', async () => {
      const mirror = await threeSyncs();
      begin(mirror, 'd');
      await assert.rejects(mirror.restore('db/00000001.db'), /A sync is running/u);
    });

    it('while another process holds the lock', async () => {
      const mirror = await threeSyncs();
      const lock = { pid: 1, host: 'elsewhere', start: NOON, id: 'x', version: '1', beat: 0 };
      writeFileSync(dataFolderAt(root()).lock, JSON.stringify(lock));
      await assert.rejects(mirror.restore('db/00000001.db'), /Another window or program is syncing/u);
    });

    it('to go against a stricter privacy mode', async () => {
      const mirror = await threeSyncs();
      const kept = readFileSync(generationPath(dataFolderAt(root()).generations, 1));
      await mirror.tightenPrivacy(1, 'names');
      writeFileSync(join(dataFolderAt(root()).daily, '2025-11-01.db'), kept);
      await refuses(
        mirror.restore('daily/2025-11-01.db'),
        /holds more of instance 1 than its privacy mode allows/u,
      );
    });

    it('to bring an erased person back', async () => {
      const mirror = await threeSyncs();
      const kept = readFileSync(generationPath(dataFolderAt(root()).generations, 1));
      await mirror.erasePerson(1, 'ann');
      writeFileSync(join(dataFolderAt(root()).daily, '2025-11-01.db'), kept);
      await refuses(mirror.restore('daily/2025-11-01.db'), /holds a person of instance 1 who was erased/u);
    });

    it('to bring an instance back that was removed with its data', async () => {
      await addInstance(root(), { name: 'one', url: 'https://one.example.org' });
      await addInstance(root(), { name: 'two', url: 'https://two.example.org' });
      const mirror = await threeSyncs();
      begin(mirror, 'two', 2);
      mirror.applyUsers('two', [user('bob')]);
      mirror.endRun(runEnd({ runId: 'two' }));
      mirror.publish();
      const kept = readFileSync(generationPath(dataFolderAt(root()).generations, 4));
      await mirror.removeInstance(2, 'delete');
      await removeInstance(root(), 2);
      writeFileSync(join(dataFolderAt(root()).daily, '2025-11-01.db'), kept);
      await refuses(
        mirror.restore('daily/2025-11-01.db'),
        /holds data of instance 2, which was removed for good/u,
      );
    });
  });

  it('remembers who was erased and which instances there are', async () => {
    await addInstance(root(), { name: 'one', url: 'https://one.example.org' });
    await addInstance(root(), { name: 'two', url: 'https://two.example.org' });
    const mirror = await open();
    sync(mirror, 'a');
    begin(mirror, 'b', 2);
    mirror.applyUsers('b', [user('bob'), user('eve')]);
    mirror.endRun(runEnd({ runId: 'b' }));
    mirror.publish();
    const kept = readFileSync(generationPath(dataFolderAt(root()).generations, 1));
    await mirror.erasePerson(2, 'eve');
    await mirror.removeInstance(1, 'keep');
    await removeInstance(root(), 1);
    writeFileSync(join(dataFolderAt(root()).daily, '2025-11-01.db'), kept);
    await mirror.restore('daily/2025-11-01.db');
    assert.deepEqual(await publishedRows(root(), 'SELECT id, name, is_deleted FROM instances ORDER BY id'), [
      [1, 'instance 1', 1],
      [2, 'instance 2', 0],
    ]);
    begin(mirror, 'c', 2);
    assert.equal(mirror.erasedPeople('c').length, 1);
    assert.equal(mirror.facts(2).hasBeenRead, false, 'the other instance gets a full sync');
  });

  describe('when the process ends on the way', () => {
    class Killed extends Error {}
    const POINTS = ['restore:journaled', 'publish:synced', 'publish:linked', 'restore:published'] as const;

    for (const point of POINTS) {
      it(`leaves the present state or the backup, whole: ${point}`, async () => {
        const mirror = await threeSyncs({ smallImage: 0 });
        begin(mirror, 'quiet');
        mirror.saveState('quiet', [{ stream: 'chats', scope: '', mark: NOON + 999 }]);
        mirror.endRun(runEnd({ runId: 'quiet' }));
        mirror.publish();
        let isArmed = false;
        injectFaults({
          at: (reached) => {
            isArmed ||= reached === 'restore:journaled';
            if (isArmed && reached === point) {
              throw new Killed();
            }
          },
        });
        await assert.rejects(mirror.restore('db/00000001.db'), Killed);
        injectFaults(undefined);
        const again = await open();
        begin(again, 'next');
        const [state] = again.state('next');
        again.applyUsers('next', [user('bob')]);
        again.endRun(runEnd({ runId: 'next' }));
        again.publish();
        const isRestored = (await chats()).length === 1;
        assert.deepEqual(await runs(), isRestored ? ['a', 'next'] : ['a', 'b', 'c', 'quiet', 'next']);
        assert.equal(state?.mark, isRestored ? NOON : NOON + 999);
        assert.equal(isRestored, point === 'restore:published');
        assert.ok(existsSync(join(dataFolderAt(root()).pinned, 'restore-00000004.db')));
      });
    }
  });

  it('gives way to a writer that was faster', async () => {
    const mirror = await threeSyncs();
    const other = await open();
    sync(other, 'd');
    await assert.rejects(mirror.restore('db/00000002.db'), PublishConflictError);
    assert.deepEqual(await chats(), ['c-a', 'c-b', 'c-c', 'c-d']);
  });

  it('makes a writer that had not noticed start over', async () => {
    const mirror = await threeSyncs();
    const other = await open();
    await mirror.restore('db/00000001.db');
    assert.throws(() => sync(other, 'd'), PublishConflictError);
    assert.deepEqual(await chats(), ['c-a']);
    close(other);
    const next = await open();
    sync(next, 'e');
    assert.deepEqual(await publishedRows(root(), 'SELECT run_id, status FROM sync_runs ORDER BY id'), [
      ['a', 'ok'],
      ['d', 'interrupted'],
      ['e', 'ok'],
    ]);
  });
});
