import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolderAt } from '../../../src/store/files/dataFolder';
import { NewerDatabaseError } from '../../../src/store/errors';
import { generationPath, openSealed, sealOf } from '../../../src/store/files/fileGeneration';
import { PublishConflictError } from '../../../src/store/errors';
import { openWriter } from '../../../src/store/openWriter';
import { createQueryRunner } from '../../../src/store/queryRunner';
import { createReader } from '../../../src/store/reader';
import { rowsOf } from '../../../src/store/resultSet';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import { loadStatus } from '../../../src/store/status';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import { bundle } from './bundle';
import { begin, runEnd, useMirrors, user } from './builders';
import { filesIn } from './published';

const UPDATE =
  /^The database was written by a newer version of OpenWebUI Sync\. Update this one, then restart it\.$/u;

describe('A window that meets a file of a newer version', () => {
  const { root, open } = useMirrors();
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-newer-'));
  let workerPath: (name: string) => string;
  before(async () => {
    workerPath = await bundle(outdir, {
      writer: 'test/unit/store/jsonWriterWorker.ts',
      reader: 'src/store/readerWorker.ts',
      query: 'src/store/queryWorker.ts',
    });
  });
  after(() => rmSync(outdir, { recursive: true, force: true }));
  const disposables: { dispose(): void }[] = [];
  afterEach(() => disposables.splice(0).forEach((disposable) => disposable.dispose()));

  const sync = (mirror: MirrorDatabase, run: string): void => {
    begin(mirror, run);
    mirror.applyUsers(run, [user(run)]);
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
    mirror.refreshCopies();
  };
  /** What the newer window publishes: one column more that has to be told, and a run under way. */
  const publishNewer = async (minReader: number, base = 1): Promise<void> => {
    const { generations } = dataFolderAt(root());
    const image = openSealed(readFileSync(generationPath(generations, base)))?.image;
    const database = await SqliteDatabase.open(image);
    database.script(`
      CREATE TABLE sync_run_moods (sync_run_id INTEGER NOT NULL);
      CREATE TRIGGER moods BEFORE INSERT ON sync_runs BEGIN SELECT raise(ABORT, 'a mood is missing'); END;
      UPDATE sync_runs SET status = 'running';
      UPDATE meta SET value = '${minReader}' WHERE key = 'min_reader';
      PRAGMA user_version = 99;`);
    const newer = database.export();
    database.close();
    writeFileSync(generationPath(generations, base + 1), Buffer.concat([newer, sealOf(newer, base + 1)]));
  };
  const newReader = (): ReturnType<typeof createReader> => {
    const reader = createReader({ folder: root(), workerPath: workerPath('reader') });
    disposables.push(reader);
    return reader;
  };
  const newRunner = (): ReturnType<typeof createQueryRunner> => {
    const runner = createQueryRunner({ folder: root(), workerPath: workerPath('query') });
    disposables.push(runner);
    return runner;
  };
  const isToldToUpdate = (error: unknown): boolean =>
    error instanceof NewerDatabaseError && UPDATE.test(error.message);

  it('case 39: never writes: it says so once, previews included, and the folder stays as it is', async () => {
    sync(await open(), 'ann');
    await publishNewer(3);
    const before = filesIn(root());
    await assert.rejects(open(), isToldToUpdate);
    await assert.rejects(open({ isDryRun: true }), isToldToUpdate);
    assert.deepEqual(filesIn(root()), before);
  });

  it('loses the race where it had opened the older file before', async () => {
    const mirror = await open();
    sync(mirror, 'ann');
    await publishNewer(3);
    assert.throws(() => sync(mirror, 'bob'), PublishConflictError);
  });

  it('reads what it may read, as it is', async () => {
    const mirror = await open();
    sync(mirror, 'ann');
    begin(mirror, 'bob');
    await publishNewer(3);
    const sql = 'SELECT name, (SELECT status FROM sync_runs) AS run FROM users';
    const expected = [{ name: 'ANN', run: 'running' }];
    assert.deepEqual(rowsOf(await newReader().query(sql)), expected);
    assert.deepEqual(rowsOf(await newRunner().run(sql, { limit: 9 })), expected);
    await assert.rejects(newRunner().run('DELETE FROM users', { limit: 9 }), /read-only copy/u);
    const { generation, instances } = await loadStatus(root(), newReader());
    assert.deepEqual([generation, instances[0]?.users], [2, 1]);
  });

  it('is told to update where the newer file says that it would not understand it', async () => {
    sync(await open(), 'ann');
    await publishNewer(99);
    await assert.rejects(newReader().query('SELECT 1'), isToldToUpdate);
    await assert.rejects(newReader().status(), isToldToUpdate);
    await assert.rejects(newRunner().run('SELECT 1', { limit: 9 }), isToldToUpdate);
  });

  for (const minReader of [3, 99]) {
    it(`case 40: goes back to what was pinned, and keeps the newer file as it is: min_reader ${minReader}`, async () => {
      const { generations, pinned } = dataFolderAt(root());
      const mirror = await open();
      sync(mirror, 'ann');
      await mirror.erasePerson(1, 'bob');
      const kept = readFileSync(generationPath(generations, 2));
      await publishNewer(minReader, 2);
      const newer = readFileSync(generationPath(generations, 3));
      writeFileSync(join(pinned, 'schema-3-00000002.db'), kept);
      const options = { folder: root(), workerPath: workerPath('writer'), zone: 'Europe/Berlin' };
      await assert.rejects(openWriter(options), isToldToUpdate);
      const writer = await openWriter({ ...options, isForRestore: true });
      try {
        await assert.rejects(writer.restore('pinned/none.db'), /There is no backup/u);
        assert.deepEqual(await writer.restore('pinned/schema-3-00000002.db'), {
          ...{ generation: 4, published: true, before: 'pinned/restore-00000003.db' },
        });
        await writer.refreshCopies();
      } finally {
        await writer.close();
      }
      assert.deepEqual(readFileSync(join(pinned, 'restore-00000003.db')), newer);
      const again = await open();
      begin(again, 'next');
      assert.equal(again.erasedPeople('next').length, 1);
      assert.deepEqual(
        again.knownUsers('next').map(({ remoteId }) => remoteId),
        ['ann'],
      );
    });
  }

  it('lists the file among the backups, and does not restore it', async () => {
    const mirror = await open();
    sync(mirror, 'ann');
    await publishNewer(3);
    const backups = await newReader().backups();
    const newer = backups.find(({ name }) => name === 'db/00000002.db');
    assert.equal(newer?.schema, 99);
    assert.match(newer.problem ?? '', /newer version of OpenWebUI Sync/u);
    await assert.rejects(mirror.restore('db/00000002.db'), isToldToUpdate);
    const { findings } = await newReader().check();
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'ok').map(({ file, severity }) => [file, severity]),
      [['db/00000002.db', 'warning']],
    );
  });
});
