import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { NewerDatabaseError } from '../../../../src/store/errors';
import { generationPath, listGenerations, sealOf } from '../../../../src/store/files/fileGeneration';
import { readJournal } from '../../../../src/store/files/journal';
import { PublishConflictError } from '../../../../src/store/errors';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import {
  begin,
  chat,
  exchange,
  fetched,
  instanceOf,
  NOON,
  runEnd,
  runStart,
  user,
  useMirrors,
} from '../builders';
import { PROMISED_QUERIES } from '../../../promisedQueries';
import { nativeSqlite } from '../nativeSqlite';
import { publishedRows } from '../published';

describe('Publishing a mirror', () => {
  const { root, open, close } = useMirrors();
  const numbers = (): number[] => listGenerations(dataFolderAt(root()).generations);
  const generation = (number: number): string => generationPath(dataFolderAt(root()).generations, number);
  const names = (): Promise<unknown> => publishedRows(root(), 'SELECT name FROM users ORDER BY 1');
  /** Publishes one more user. */
  const publishUser = (mirror: MirrorDatabase, remoteId: string): void => {
    const run = begin(mirror, `run-${remoteId}`);
    mirror.applyUsers(run, [user(remoteId)]);
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
  };

  it('is nothing to do for a database without a row', async () => {
    const mirror = await open();
    assert.deepEqual(mirror.publish(), { generation: 0, published: false });
    assert.deepEqual(mirror.refreshCopies(), { fixedName: 'none' });
    assert.deepEqual(numbers(), []);
  });

  it('makes all rows visible as the next generation and names it inside', async () => {
    const mirror = await open();
    publishUser(mirror, 'ann');
    publishUser(mirror, 'bob');
    assert.deepEqual(numbers(), [2, 1]);
    assert.deepEqual(await names(), [['ANN'], ['BOB']]);
    assert.deepEqual(await publishedRows(root(), 'SELECT key, value FROM meta ORDER BY 1'), [
      ['generation', '2'],
      ['min_reader', '1'],
      ['written_at', String(NOON)],
      ['written_by', '0.1.0'],
      ['zone', 'Europe/Berlin'],
    ]);
    assert.deepEqual(await publishedRows(root(), 'PRAGMA foreign_key_check'), []);
  });

  it('goes on from the newest generation', async () => {
    publishUser(await open(), 'ann');
    publishUser(await open(), 'bob');
    assert.deepEqual(await names(), [['ANN'], ['BOB']]);
  });

  it('records a run that found nothing new while the file is small', async () => {
    const mirror = await open();
    publishUser(mirror, 'ann');
    begin(mirror, 'run-2');
    assert.equal(mirror.publish().published, false, 'a running sync alone is not worth a generation');
    mirror.endRun(runEnd({ runId: 'run-2' }));
    assert.deepEqual(mirror.publish(), { generation: 2, published: true });
    assert.deepEqual(mirror.publish(), { generation: 2, published: false });
  });

  it('leaves such a run to the journal when the file is large, and loses nothing by it', async () => {
    const large = { smallImage: 0 };
    const mirror = await open(large);
    publishUser(mirror, 'ann');
    begin(mirror, 'run-2');
    mirror.saveState('run-2', [{ stream: 'users', scope: '', mark: 77 }]);
    mirror.endRun(runEnd({ runId: 'run-2', finishedAt: NOON + 100 }));
    assert.deepEqual(mirror.publish(), { generation: 1, published: false });
    const next = await open(large);
    begin(next, 'run-3');
    assert.equal(next.state('run-3')[0]?.mark, 77);
    publishUser(next, 'bob');
    assert.deepEqual(await publishedRows(root(), 'SELECT run_id, status FROM sync_runs ORDER BY id'), [
      ['run-ann', 'ok'],
      ['run-2', 'ok'],
      ['run-3', 'running'],
      ['run-bob', 'ok'],
    ]);
  });

  it('publishes a large file after a day even though nothing changed', async () => {
    let now = NOON;
    const mirror = await open({ smallImage: 0, now: () => now });
    publishUser(mirror, 'ann');
    now += 86_400;
    begin(mirror, 'run-2');
    mirror.endRun(runEnd({ runId: 'run-2' }));
    assert.equal(mirror.publish().published, true);
  });

  it('case 44: lets the slower of two writers start again from the newer state', async () => {
    const slow = await open();
    const fast = await open();
    publishUser(fast, 'ann');
    const run = begin(slow, 'run-slow');
    slow.applyUsers(run, [user('bob')]);
    assert.throws(() => slow.publish(), PublishConflictError);
    assert.throws(() => slow.applyUsers(run, [user('cy')]), PublishConflictError);
    assert.throws(() => slow.publish(), PublishConflictError);
    publishUser(await open(), 'bob');
    assert.deepEqual(await names(), [['ANN'], ['BOB']]);
  });

  it('notices a publish that fell into its own opening', async () => {
    const fast = await open();
    publishUser(fast, 'ann');
    const opening = open();
    publishUser(fast, 'bob');
    const slow = await opening;
    assert.throws(() => {
      publishUser(slow, 'cy');
    }, PublishConflictError);
    assert.deepEqual(await names(), [['ANN'], ['BOB']]);
  });

  describe('with damaged files', () => {
    beforeEach(async () => {
      const mirror = await open();
      publishUser(mirror, 'ann');
      publishUser(mirror, 'bob');
    });

    const damages: Record<string, (path: string) => void> = {
      'is empty': (path) => writeFileSync(path, ''),
      'was cut short': (path) => truncateSync(path, statSync(path).size - 100),
      'has a flipped byte': (path) => {
        const bytes = readFileSync(path);
        bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
      'is a web page': (path) => writeFileSync(path, '<html></html>'.repeat(100)),
      'is sealed but not ours': (path) => {
        const foreign = Buffer.alloc(8192, 1);
        writeFileSync(path, Buffer.concat([foreign, sealOf(foreign, 2)]));
      },
      'is sealed but makes no sense to SQLite': (path) => {
        const image = Buffer.from(readFileSync(path).subarray(0, -64));
        image.fill(0, 4096, 12_288);
        writeFileSync(path, Buffer.concat([image, sealOf(image, 2)]));
      },
    };
    for (const [damage, apply] of Object.entries(damages)) {
      it(`opens the older one where the newest ${damage}, and keeps the damaged one`, async () => {
        apply(generation(2));
        const mirror = await open();
        assert.equal(readdirSync(dataFolderAt(root()).corrupt).length, 1);
        publishUser(mirror, 'cy');
        assert.deepEqual(numbers(), [3, 1], 'the number of the damaged file is not used again');
        assert.deepEqual(await names(), [['ANN'], ['CY']]);
      });
    }

    it('falls back to the day’s file, then starts empty, and keeps all that was damaged', async () => {
      writeFileSync(generation(1), 'x');
      writeFileSync(generation(2), 'x');
      const fromDaily = await open();
      begin(fromDaily);
      assert.equal(fromDaily.knownUsers('run-1').length, 1, 'one generation a day is kept');
      writeFileSync(join(dataFolderAt(root()).daily, '2025-11-16.db'), 'x');
      const empty = await open();
      begin(empty);
      assert.deepEqual(empty.knownUsers('run-1'), []);
      assert.equal(readdirSync(dataFolderAt(root()).corrupt).length, 3);
      publishUser(empty, 'dee');
      assert.deepEqual(numbers(), [3]);
    });

    it('says of a run whose rows were lost with a file that it was interrupted', async () => {
      writeFileSync(generation(2), 'x');
      const mirror = await open();
      publishUser(mirror, 'cy');
      assert.deepEqual(await publishedRows(root(), 'SELECT run_id, status FROM sync_runs ORDER BY id'), [
        ['run-ann', 'ok'],
        ['run-bob', 'interrupted'],
        ['run-cy', 'ok'],
      ]);
    });
  });

  it('never writes into a database of a newer version', async () => {
    publishUser(await open(), 'ann');
    const database = await SqliteDatabase.open(readFileSync(generation(1)).subarray(0, -64));
    database.script('PRAGMA user_version = 99');
    const image = database.export();
    database.close();
    writeFileSync(generation(2), Buffer.concat([image, sealOf(image, 2)]));
    await assert.rejects(open(), NewerDatabaseError);
    assert.deepEqual(readdirSync(dataFolderAt(root()).corrupt), []);
  });

  it('writes the fixed name and the status, for their owner only', async () => {
    const mirror = await open();
    publishUser(mirror, 'ann');
    assert.deepEqual(mirror.refreshCopies(), { fixedName: 'replaced', keptEditedAs: undefined });
    const { fixedName, status } = dataFolderAt(root());
    assert.equal(statSync(status).mode & 0o777, 0o600);
    assert.deepEqual(readFileSync(fixedName), readFileSync(generation(1)));
    const content = JSON.parse(readFileSync(status, 'utf8')) as { generation: number; instances: unknown[] };
    assert.equal(content.generation, 1);
    assert.equal(content.instances.length, 1);
  });

  describe('runs', () => {
    it('case 31: are durable from their start and interrupted when they never end', async () => {
      const mirror = await open();
      mirror.startRun(runStart({ trigger: 'schedule' }), instanceOf(1));
      assert.deepEqual(
        readJournal(dataFolderAt(root())).map(({ start }) => start.trigger),
        ['schedule'],
      );
      const next = await open();
      publishUser(next, 'ann');
      assert.deepEqual(await publishedRows(root(), 'SELECT run_id, status, error_code FROM sync_runs'), [
        ['run-1', 'interrupted', 'interrupted'],
        ['run-ann', 'ok', null],
      ]);
    });

    it('write counters, streams and the last sync', async () => {
      const mirror = await open();
      mirror.startRun(runStart({ kind: 'full' }), instanceOf(1));
      const counts = {
        seen: 9,
        inserted: 1,
        updated: 2,
        unchanged: 3,
        deleted: 4,
        restored: 5,
        quarantined: 6,
      };
      const stream = {
        stream: 'users',
        status: 'ok',
        counts: { ...counts, heldBack: 7 },
        requests: 3,
      } as const;
      mirror.endRun(
        runEnd({ serverVersion: '0.9.6', skewMs: -20, streams: [stream, { ...stream, stream: 'chats' }] }),
      );
      mirror.publish();
      assert.deepEqual(
        await publishedRows(
          root(),
          `SELECT status, inserted, updated, unchanged, deleted, restored, quarantined, requests, skew_ms,
             server_version, started_at, finished_at, duration_ms, client_version FROM sync_runs`,
        ),
        [
          [
            'ok',
            2,
            4,
            6,
            8,
            10,
            12,
            7,
            -20,
            '0.9.6',
            '2025-11-16 13:00:00',
            '2025-11-16 13:00:05',
            5000,
            '0.1.0',
          ],
        ],
      );
      assert.deepEqual(
        await publishedRows(root(), 'SELECT stream, seen, held_back FROM sync_run_streams ORDER BY 1'),
        [
          ['chats', 9, 7],
          ['users', 9, 7],
        ],
      );
      assert.deepEqual(
        await publishedRows(root(), 'SELECT last_sync, last_full_sync, version FROM instances'),
        [['2025-11-16 13:00:05', '2025-11-16 13:00:05', '0.9.6']],
      );
    });

    it('that failed or were incremental do not count as the last full sync', async () => {
      const mirror = await open();
      mirror.startRun(runStart({ runId: 'a', kind: 'full' }), instanceOf(1));
      mirror.endRun(runEnd({ runId: 'a', status: 'failed', error: 'The key was rejected' }));
      begin(mirror, 'b');
      mirror.endRun(runEnd({ runId: 'b', status: 'partial', finishedAt: NOON + 9 }));
      mirror.publish();
      assert.deepEqual(
        await publishedRows(root(), 'SELECT last_sync_epoch, last_full_sync_epoch FROM instances'),
        [[NOON + 9, null]],
      );
    });

    it('that failed are told of although nothing was published after them', async () => {
      const mirror = await open();
      publishUser(mirror, 'ann');
      begin(mirror, 'run-2');
      mirror.endRun(runEnd({ runId: 'run-2', status: 'failed', errorCode: 'disk_full' }));
      close(mirror);
      publishUser(await open(), 'bob');
      assert.deepEqual(
        await publishedRows(root(), `SELECT status, error_code FROM sync_runs WHERE run_id = 'run-2'`),
        [['failed', 'disk_full']],
      );
    });

    it('may start again under the same id after a conflict', async () => {
      const mirror = await open();
      begin(mirror, 'again');
      const other = await open();
      begin(other, 'again');
      other.endRun(runEnd({ runId: 'again' }));
      other.publish();
      assert.deepEqual(await publishedRows(root(), 'SELECT run_id, status FROM sync_runs'), [
        ['again', 'ok'],
      ]);
    });
  });

  describe('a removed instance', () => {
    beforeEach(async () => {
      const mirror = await open();
      for (const id of [1, 2]) {
        const run = begin(mirror, `run-${id}`, id);
        mirror.applyUsers(run, [user('ann')]);
        mirror.applyChat(run, fetched(chat(`c${id}`, { messages: exchange(`secret-${id}`) })));
        mirror.applyKnowledgeBases(run, [{ remoteId: 'kb', userRemoteId: 'ann' }]);
        mirror.applyFiles(run, [{ remoteId: 'f', userRemoteId: 'ann' }], 'kb');
        mirror.endRun(runEnd({ runId: run }));
        mirror.publish();
      }
      mirror.refreshCopies();
    });

    it('keeps its rows where they are wanted', async () => {
      await (await open()).removeInstance(1, 'keep');
      assert.deepEqual(await publishedRows(root(), 'SELECT id, is_deleted, enabled FROM instances'), [
        [1, 1, 0],
        [2, 0, 1],
      ]);
      assert.deepEqual(await publishedRows(root(), 'SELECT count(*) FROM message'), [[4]]);
    });

    it('leaves nothing of itself in any file when its data is erased', async () => {
      const mirror = await open();
      assert.equal((await mirror.removeInstance(1, 'delete')).published, true);
      assert.deepEqual(await publishedRows(root(), 'SELECT DISTINCT instance_id FROM messages'), [[2]]);
      assert.deepEqual(await publishedRows(root(), 'PRAGMA foreign_key_check'), []);
      const files = readdirSync(root(), { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      for (const entry of files) {
        const bytes = readFileSync(join(entry.parentPath, entry.name));
        assert.equal(bytes.includes('secret-1'), false, entry.name);
      }
      publishUser(await open(), 'bob');
      assert.deepEqual(
        await publishedRows(root(), 'SELECT id FROM instances'),
        [[1], [2]],
        'only the run that came after the removal brings its row',
      );
    });

    it('is refused while it syncs', async () => {
      const mirror = await open();
      begin(mirror, 'run-3');
      await assert.rejects(mirror.removeInstance(1, 'delete'), /is running/);
    });
  });

  it('rewrites all local times when the zone was changed, and nothing else', async () => {
    const mirror = await open();
    const run = begin(mirror);
    mirror.applyChat(run, fetched(chat('c1', { messages: exchange('x') })));
    mirror.endRun(runEnd());
    mirror.publish();
    const tokyo = await open({ zone: 'Asia/Tokyo' });
    assert.equal(tokyo.publish().published, true);
    assert.deepEqual(
      await publishedRows(root(), 'SELECT created_at, day, hour, sync_datetime FROM message LIMIT 1'),
      [['2025-11-15 21:00:00', 20_407, 21, '2025-11-16 21:00:00']],
    );
    begin(tokyo, 'run-2');
    const again = tokyo.applyChat('run-2', fetched(chat('c1', { messages: exchange('x') })));
    assert.equal(again.outcome === 'applied' && again.messages.unchanged, 2);
  });

  describe('the three queries people rely on', () => {
    const QUERIES: readonly (readonly [sql: string, expected: string])[] = [
      [PROMISED_QUERIES['messages per user'], 'ANN|6\nBOB|2\n'],
      [PROMISED_QUERIES['model usage'], 'gpt-4o|2\nllama|1\n'],
      [PROMISED_QUERIES['daily volume'], '2025-11-15|8\n'],
      ['SELECT COUNT(*) FROM messages;', '8\n'],
      ['PRAGMA integrity_check;', 'ok\n'],
    ];
    beforeEach(async () => {
      const mirror = await open();
      const run = begin(mirror);
      mirror.applyUsers(run, [user('ann'), user('bob')]);
      mirror.applyChat(run, fetched(chat('c1', { messages: exchange('a') })));
      mirror.applyChat(run, fetched(chat('c2', { messages: [...exchange('b'), ...exchange('c')] })));
      mirror.applyChat(run, fetched(chat('c3', { userRemoteId: 'bob', messages: exchange('d', 'llama') })));
      mirror.endRun(runEnd());
      mirror.publish();
      mirror.refreshCopies();
    });

    it('work verbatim in sql.js', async () => {
      for (const [sql, expected] of QUERIES) {
        const rows = await publishedRows(root(), sql);
        assert.equal(rows.map((row) => `${row.join('|')}\n`).join(''), expected);
      }
    });

    it('work verbatim with the sqlite3 program on the fixed name', function () {
      const ask = nativeSqlite();
      if (ask === undefined) {
        this.skip();
      }
      for (const [sql, expected] of QUERIES) {
        assert.equal(ask(dataFolderAt(root()).fixedName, sql), expected);
      }
    });
  });
});
