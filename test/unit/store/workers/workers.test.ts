import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { NoDatabaseError, TextFileError, WorkerGoneError } from '../../../../src/store/errors';
import { PublishConflictError } from '../../../../src/store/errors';
import type { StoreWriter } from '../../../../src/store/mirrorWriter';
import { openWriter } from '../../../../src/store/openWriter';
import { createQueryRunner } from '../../../../src/store/queryRunner';
import { createReader } from '../../../../src/store/reader';
import { rowsOf, SqlError } from '../../../../src/store/resultSet';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import { bundle } from '../bundle';
import {
  chat,
  fetched,
  instanceOf,
  NOON,
  openMirror,
  runEnd,
  runStart,
  user,
  useTemporaryFolder,
} from '../builders';
import { messagesOf, publishChat, shardFiles, SMALL_LIMITS, textOf } from '../shards';

const ENDLESS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

describe('The store’s workers', () => {
  const root = useTemporaryFolder();
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-workers-'));
  let workerPath: (name: string) => string;
  before(async () => {
    workerPath = await bundle(outdir, {
      writer: 'test/unit/store/jsonWriterWorker.ts',
      reader: 'src/store/readerWorker.ts',
      query: 'src/store/queryWorker.ts',
    });
  });
  after(() => {
    rmSync(outdir, { recursive: true, force: true });
  });

  const disposables: { dispose(): void }[] = [];
  const writers: StoreWriter[] = [];
  afterEach(async () => {
    for (const disposable of disposables.splice(0)) {
      disposable.dispose();
    }
    await Promise.all(writers.splice(0).map((writer) => writer.close()));
  });
  const newWriter = async (isDryRun = false): Promise<StoreWriter> => {
    const options = {
      isDryRun,
      folder: root(),
      workerPath: workerPath('writer'),
      zone: 'Europe/Berlin',
      clock: () => NOON,
    };
    const writer = await openWriter(options);
    writers.push(writer);
    return writer;
  };
  const newReader = (options = {}): ReturnType<typeof createReader> => {
    const reader = createReader({ folder: root(), workerPath: workerPath('reader'), ...options });
    disposables.push(reader);
    return reader;
  };
  const newRunner = (): ReturnType<typeof createQueryRunner> => {
    const runner = createQueryRunner({ folder: root(), workerPath: workerPath('query') });
    disposables.push(runner);
    return runner;
  };
  const syncOnce = async (writer: StoreWriter, runId: string, userId: string): Promise<void> => {
    await writer.startRun(runStart({ runId }), instanceOf(1));
    await writer.applyUsers(runId, [user(userId)]);
    await writer.endRun(runEnd({ runId }));
    await writer.publish();
  };

  describe('writer', () => {
    it('takes a chat’s bytes over, writes with the caller’s time and publishes', async () => {
      const writer = await newWriter();
      await writer.startRun(runStart(), instanceOf(1));
      const body = new Uint8Array(Buffer.from(JSON.stringify(chat('c1'))));
      const result = await writer.applyChat('run-1', fetched(chat('c1'), { body }));
      assert.equal(result.outcome, 'applied');
      assert.equal(body.byteLength, 0, 'the bytes were moved, not copied');
      assert.deepEqual(await writer.publish(), { generation: 1, published: true });
      const reader = newReader();
      const rows = rowsOf(await reader.query('SELECT remote_id, sync_datetime_epoch FROM chats'));
      assert.deepEqual(rows, [{ remote_id: 'c1', sync_datetime_epoch: NOON }]);
    });

    it('tells a conflict by its class', async () => {
      const slow = await newWriter();
      await syncOnce(await newWriter(), 'fast', 'ann');
      await assert.rejects(syncOnce(slow, 'slow', 'bob'), PublishConflictError);
      await slow.close();
    });

    it('tries on a copy what a sync would change', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      const preview = await newWriter(true);
      assert.equal((await preview.facts(1)).users, 1);
      await syncOnce(preview, 'run-2', 'bob');
      assert.deepEqual(
        (await preview.changes('run-2', 9)).map(({ remoteId }) => remoteId),
        ['bob'],
      );
      assert.equal(await newReader().generation(), 1);
    });

    it('erases a person and makes a privacy mode stricter, salt and all', async () => {
      const writer = await newWriter();
      await syncOnce(writer, 'run-1', 'ann');
      await syncOnce(writer, 'run-2', 'bob');
      assert.equal((await writer.planErasure(1, 'ann')).rows.users, 1);
      assert.deepEqual(await writer.erasePerson(1, 'ann'), { generation: 3, published: true, filesLeft: [] });
      assert.equal((await writer.planPrivacy(1, 'counts')).rows.users, 1);
      await writer.tightenPrivacy(1, 'counts');
      const [row] = rowsOf(await newReader().query('SELECT remote_id, name, email FROM users'));
      assert.match(String(row?.remote_id), /^person-/u);
      assert.match(String(row?.name), /^User /u);
      assert.equal(row?.email, null);
    });

    it('answers nothing after its end', async () => {
      const writer = await newWriter();
      await writer.close();
      await writer.close();
      await assert.rejects(writer.publish(), WorkerGoneError);
    });

    it('reports a worker that cannot start', async () => {
      const options = { folder: root(), workerPath: join(outdir, 'missing.js'), zone: 'UTC' };
      await assert.rejects(openWriter(options), WorkerGoneError);
    });
  });

  describe('reader', () => {
    it('says what to do when there is no database', async () => {
      const reader = newReader();
      assert.equal(await reader.generation(), 0);
      await assert.rejects(reader.query('SELECT 1'), NoDatabaseError);
      await assert.rejects(reader.query('SELECT 1'), /run a sync first/);
    });

    it('reads the newest generation at each question', async () => {
      const writer = await newWriter();
      const reader = newReader();
      await syncOnce(writer, 'run-1', 'ann');
      const count = async (): Promise<unknown> =>
        rowsOf(await reader.query('SELECT count(*) AS n FROM users WHERE instance_id = :id', { id: 1 }));
      assert.deepEqual(await count(), [{ n: 1 }]);
      await syncOnce(writer, 'run-2', 'bob');
      assert.deepEqual(await count(), [{ n: 2 }]);
      assert.equal(await reader.generation(), 2);
    });

    it('reads the older generation where the newest is damaged', async () => {
      const writer = await newWriter();
      await syncOnce(writer, 'run-1', 'ann');
      writeFileSync(join(root(), 'db', '00000002.db'), 'damaged');
      const reader = newReader();
      assert.equal(await reader.generation(), 1);
    });

    it('tells of a run that only the journal knows', async () => {
      const writer = await newWriter();
      const reader = newReader();
      await syncOnce(writer, 'run-1', 'ann');
      await reader.generation();
      await writer.startRun(runStart({ runId: 'run-2', startedAt: NOON + 1 }), instanceOf(1));
      const rows = rowsOf(await reader.query('SELECT run_id, status FROM sync_runs ORDER BY id'));
      assert.deepEqual(rows, [
        { run_id: 'run-1', status: 'ok' },
        { run_id: 'run-2', status: 'interrupted' },
      ]);
      assert.equal((await reader.status()).instances[0]?.runs[0]?.runId, 'run-2');
    });

    it('cannot write', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      await assert.rejects(newReader().query('DELETE FROM users'), SqlError);
    });

    it('case 52: is dropped when idle and comes back with the next question', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      const reader = newReader({ idleMs: 0 });
      assert.equal(await reader.generation(), 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(await reader.generation(), 1);
      reader.dispose();
      await assert.rejects(reader.generation());
    });
  });

  describe('text in shards', () => {
    /** Publishes two chats of which the older one lies in a shard. @returns the shard's path */
    const publishSharded = async (): Promise<string> => {
      const mirror = await openMirror(root(), { shardLimits: SMALL_LIMITS });
      publishChat(mirror, 'c1', messagesOf('m', 20));
      mirror.close();
      const [name = ''] = shardFiles(root());
      return join(root(), 'content', name);
    };
    const ALL = 'SELECT content FROM messages ORDER BY id';

    it('is read by reports, a person’s SQL and a complete copy', async () => {
      await publishSharded();
      const texts = Array.from({ length: 20 }, (_, index) => ({ content: textOf(`m${index}`) }));
      assert.deepEqual(rowsOf(await newReader().query(ALL)), texts);
      assert.deepEqual(rowsOf(await newRunner().run(ALL, { limit: 100 })), texts);
      const copy = `${root()}-copy.db`;
      try {
        await newReader().saveCopy(copy);
        const database = await SqliteDatabase.open(readFileSync(copy));
        assert.deepEqual(database.get('SELECT count(content) FROM messages'), [20]);
        database.close();
      } finally {
        rmSync(copy, { force: true });
      }
    });

    it('that is missing is told by its class and the file’s name', async () => {
      const path = await publishSharded();
      rmSync(path);
      const isTold = (error: unknown): boolean =>
        error instanceof TextFileError && error.message.includes(`content/${basename(path)} is missing`);
      await assert.rejects(newReader().query(ALL), isTold);
      await assert.rejects(newRunner().run(ALL, { limit: 100 }), isTold);
      await assert.rejects(newReader().saveCopy(`${root()}-copy.db`), isTold);
    });
  });

  describe('query runner', () => {
    it('runs each statement on a pristine copy that cannot be written to', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      const runner = newRunner();
      await assert.rejects(
        runner.run('DELETE FROM users', { limit: 10 }),
        /^SqlError: This is a read-only copy/,
      );
      await runner.run('PRAGMA query_only = OFF', { limit: 10 });
      await assert.rejects(runner.run('DELETE FROM users', { limit: 10 }), SqlError);
      const result = await runner.run("SELECT name, 9007199254740993 AS big, x'00ff' AS bytes FROM users", {
        limit: 10,
      });
      assert.deepEqual(rowsOf(result), [
        { name: 'ANN', big: 9_007_199_254_740_993n, bytes: new Uint8Array([0, 255]) },
      ]);
    });

    it('tells where an error stands', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      await assert.rejects(newRunner().run('SELECT nam FROM users', { limit: 1 }), (error: unknown) => {
        assert.ok(error instanceof SqlError);
        assert.equal(error.offset, 7);
        return true;
      });
    });

    it('case 43: stops a statement at once when it is cancelled, and only that one', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      const runner = newRunner();
      await runner.run('SELECT 1', { limit: 1 });
      const abort = new AbortController();
      const endless = runner.run(ENDLESS, { limit: 1, signal: abort.signal });
      const next = runner.run('SELECT 2 AS n', { limit: 1 });
      setImmediate(() => abort.abort());
      await assert.rejects(endless, { name: 'AbortError' });
      assert.deepEqual(rowsOf(await next), [{ n: 2 }]);
      await assert.rejects(runner.run('SELECT 1', { limit: 1, signal: AbortSignal.abort() }), {
        name: 'AbortError',
      });
    });

    it('settles a cancelled statement that still waits for its turn', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      const runner = newRunner();
      const first = new AbortController();
      const second = new AbortController();
      const endless = runner.run(ENDLESS, { limit: 1, signal: first.signal });
      const waiting = runner.run('SELECT 1', { limit: 1, signal: second.signal });
      second.abort();
      await assert.rejects(waiting, { name: 'AbortError' });
      first.abort();
      await assert.rejects(endless, { name: 'AbortError' });
    });

    it('settles what runs when it is disposed', async () => {
      await syncOnce(await newWriter(), 'run-1', 'ann');
      const runner = newRunner();
      const endless = runner.run(ENDLESS, { limit: 1 });
      setImmediate(() => runner.dispose());
      await assert.rejects(endless, WorkerGoneError);
    });

    it('says what to do when there is no database', async () => {
      await assert.rejects(newRunner().run('SELECT 1', { limit: 1 }), NoDatabaseError);
    });
  });
});
