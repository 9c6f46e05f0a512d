import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../src/store/files/dataFolder';
import { APPLICATION_ID, generationPath, sealOf } from '../../../src/store/files/fileGeneration';
import { MigrationError } from '../../../src/store/errors';
import { readJournal } from '../../../src/store/files/journal';
import { Snapshot } from '../../../src/store/reading/snapshot';
import { SCHEMA_VERSION } from '../../../src/store/migrations';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import { loadStatus, readStatus } from '../../../src/store/status';
import { PROMISED_QUERIES } from '../../promisedQueries';
import {
  begin,
  chat,
  counts,
  exchange,
  fetched,
  NOON,
  openMirror,
  runEnd,
  user,
  useTemporaryFolder,
} from './builders';
import { filesIn, publishedRows } from './published';

const SYNCED = `'2025-11-16 13:00:00', ${NOON}`;
const TAIL = `'', 1, 1, ${SYNCED}, 0`;

/** A mirror of the first schema, with a row in each table that a first sync fills. */
const ROWS = `
  INSERT INTO meta VALUES ('generation', '4'), ('min_reader', '1'), ('zone', 'Europe/Berlin'), ('written_at', '${NOON}');
  INSERT INTO instances VALUES (1, 'one', 'https://one.example.org', '0.9.6', 1, ${SYNCED}, ${SYNCED}, ${SYNCED}, 0);
  INSERT INTO instances VALUES (2, 'two', 'https://two.example.org', NULL, 1, NULL, NULL, NULL, NULL, ${SYNCED}, 0);
  INSERT INTO users VALUES (1, 1, 'ann', 'ANN', 'ann@example.org', 'user', NULL, NULL, NULL, NULL, NULL, NULL, ${TAIL});
  INSERT INTO chats VALUES (1, 1, 'c1', 1, 'Chat c1', NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, '["work","plan"]', NULL,
    1, 1, 'Chat c1', ${NOON}, ${TAIL});
  INSERT INTO chat_models VALUES (1, 'gpt-4o', 1, 1, ${SYNCED}, 0);
  INSERT INTO message (id, instance_id, remote_id, chat_id, user_id, role, model_id, created_at, created_at_epoch,
    created_at_source, day, hour, row_hash, sync_datetime, sync_datetime_epoch)
    VALUES (1, 1, 'm1', 1, 1, 'assistant', 'gpt-4o', ${SYNCED}, 'message', 20408, 13, '', ${SYNCED});
  INSERT INTO message_text VALUES (1, 'kept');
  INSERT INTO sync_runs (id, run_id, instance_id, kind, trigger, status, started_at, started_at_epoch, sync_datetime,
    sync_datetime_epoch)
    VALUES (1, 'old-full', 1, 'full', 'manual', 'ok', ${SYNCED}, ${SYNCED}),
      (2, 'old-incremental', 1, 'incremental', 'schedule', 'ok', ${SYNCED}, ${SYNCED});
  INSERT INTO sync_run_streams (sync_run_id, stream, status, sync_datetime, sync_datetime_epoch)
    VALUES (2, 'users', 'ok', ${SYNCED});
  INSERT INTO sync_state (instance_id, stream, mark_epoch, last_complete_at, last_complete_at_epoch, sync_datetime,
    sync_datetime_epoch) VALUES (1, 'users', 77, ${SYNCED}, ${SYNCED});
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = 1;`;

/** What the first version wrote into its journal for a run that no generation holds. */
const OLD_LINES = [
  {
    type: 'start',
    pid: 1,
    zone: 'Europe/Berlin',
    run: {
      runId: 'old-late',
      instanceId: 1,
      kind: 'incremental',
      trigger: 'cli',
      startedAt: NOON + 50,
      clientVersion: '0.1.0',
    },
    instance: { id: 1, name: 'one', url: 'https://one.example.org', enabled: true },
  },
  {
    type: 'end',
    generation: 4,
    run: {
      ...{
        runId: 'old-late',
        status: 'ok',
        finishedAt: NOON + 60,
        durationMs: 10_000,
        requests: 9,
        retries: 0,
      },
      bytesReceived: 10,
      streams: [{ stream: 'users', status: 'ok', counts: counts({ seen: 1 }) }],
    },
    states: [{ stream: 'users', scope: '', mark: 88 }],
  },
];

describe('A folder of the first schema', () => {
  const root = useTemporaryFolder();
  /** @param more SQL of somebody who had worked on the file */
  const writeOldFile = async (number: number, more = ''): Promise<void> => {
    const init = readFileSync(join(__dirname, '../../../src/store/migrations/0001_init.sql'), 'utf8');
    const database = await SqliteDatabase.open();
    database.script(init);
    database.script(ROWS + more);
    const image = database.export();
    database.close();
    const { generations } = dataFolderAt(root());
    mkdirSync(generations, { recursive: true });
    writeFileSync(generationPath(generations, number), Buffer.concat([image, sealOf(image, number)]));
  };
  beforeEach(async () => {
    await writeOldFile(4);
    writeFileSync(
      dataFolderAt(root()).journal,
      OLD_LINES.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  });

  it('keeps its last file pinned for a way back, byte for byte, however often it is opened', async () => {
    const { generations, pinned } = dataFolderAt(root());
    const before = readFileSync(generationPath(generations, 4));
    for (const run of ['a', 'b']) {
      const mirror = await openMirror(root());
      assert.deepEqual(readdirSync(pinned), ['schema-1-00000004.db'], 'before anything is published');
      begin(mirror, run);
      mirror.endRun(runEnd({ runId: run }));
      mirror.publish();
      mirror.close();
    }
    assert.deepEqual(readFileSync(join(pinned, 'schema-1-00000004.db')), before);
  });

  it('pins nothing for a preview', async () => {
    (await openMirror(root(), { isDryRun: true })).close();
    assert.deepEqual([...filesIn(root()).keys()], ['db/00000004.db', 'journal.jsonl']);
  });

  it('is left as it is when it cannot be brought up to date, and says so once', async () => {
    await writeOldFile(4, 'CREATE TABLE content_shards (mine);');
    const before = filesIn(root());
    await assert.rejects(
      openMirror(root()),
      (error) =>
        error instanceof MigrationError &&
        /^The database could not be brought from schema 1 to \d+ \(table content_shards already exists\)\. /u.test(
          error.message,
        ),
    );
    assert.deepEqual(filesIn(root()), before);
  });

  it('is brought up to date even where rows had lost their parents before', async () => {
    await writeOldFile(4, `PRAGMA foreign_keys = OFF; DELETE FROM chats;`);
    (await openMirror(root())).close();
  });

  it('is brought up to date with all its rows by the next sync', async () => {
    const mirror = await openMirror(root());
    const run = begin(mirror);
    assert.deepEqual(mirror.state(run)[0], {
      ...{
        stream: 'users',
        scope: '',
        mark: 88,
        walkJson: undefined,
        lastCompleteAt: undefined,
        problem: undefined,
      },
    });
    mirror.applyUsers(run, [user('ann'), user('bob')]);
    mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['ann', 'bob'] }]);
    mirror.applyChat(run, fetched(chat('c2', { messages: exchange('x') })));
    mirror.endRun(runEnd());
    assert.deepEqual(mirror.publish(), { generation: 5, published: true });
    mirror.close();
    assert.deepEqual(await publishedRows(root(), 'PRAGMA user_version'), [[SCHEMA_VERSION]]);
    assert.deepEqual(await publishedRows(root(), 'PRAGMA integrity_check'), [['ok']]);
    assert.deepEqual(await publishedRows(root(), 'PRAGMA foreign_key_check'), []);
    assert.deepEqual(await publishedRows(root(), 'SELECT content FROM messages WHERE id = 1'), [['kept']]);
    assert.deepEqual(await publishedRows(root(), 'SELECT tag FROM chat_tags ORDER BY 1'), [
      ['plan'],
      ['work'],
    ]);
    assert.deepEqual(await publishedRows(root(), PROMISED_QUERIES['messages per user']), [['ANN', 3]]);
  });

  it('tells of its runs what their records say now: a full one looked at everybody', async () => {
    const mirror = await openMirror(root());
    assert.equal(mirror.facts(1).hasBeenRead, true);
    assert.equal(mirror.facts(1).lastCompleteWalkAt, NOON);
    assert.equal(mirror.facts(2).hasBeenRead, false);
    begin(mirror);
    mirror.applyUsers('run-1', [user('bob')]);
    mirror.endRun(runEnd());
    mirror.publish();
    mirror.close();
    assert.deepEqual(
      await publishedRows(root(), 'SELECT run_id, walk, notes FROM sync_runs ORDER BY id LIMIT 3'),
      [
        ['old-full', 'complete', '[]'],
        ['old-incremental', 'active', '[]'],
        ['old-late', 'active', '[]'],
      ],
    );
    assert.deepEqual(await publishedRows(root(), 'SELECT id, privacy, failures FROM instances'), [
      [1, 'full', 0],
      [2, 'full', 0],
    ]);
  });

  it('can be read before any sync: status, runs and the new tables', async () => {
    const snapshot = new Snapshot(dataFolderAt(root()));
    const { instances } = await loadStatus(root(), { status: () => snapshot.status() });
    assert.deepEqual(
      instances[0]?.runs.map(({ runId, walk, requests, notes }) => [runId, walk, requests, notes]),
      [
        ['old-late', 'active', 9, []],
        ['old-incremental', 'active', 0, []],
        ['old-full', 'complete', 0, []],
      ],
    );
    const database = await snapshot.database();
    assert.deepEqual(database.all('SELECT count(*) FROM feedback'), [[0]]);
  });

  it('has a journal and a status.json that are still understood', async () => {
    const [run] = readJournal(dataFolderAt(root()));
    assert.ok(run !== undefined);
    assert.equal(run.start.walk, 'active');
    assert.ok(run.end !== undefined);
    assert.deepEqual(run.end.notes, []);
    assert.equal(run.end.streams[0]?.requests, 0);
    const { run: start } = OLD_LINES[0] as { run: object };
    const { run: end } = OLD_LINES[1] as { run: object };
    const status = {
      version: 1,
      generation: 4,
      instances: [
        {
          ...{ instanceId: 1, name: 'one', url: 'https://one.example.org', users: 1, chats: 1, messages: 1 },
          runs: [{ ...start, ...end, counts: counts({ seen: 1 }) }],
        },
      ],
    };
    writeFileSync(dataFolderAt(root()).status, JSON.stringify(status));
    const stored = await readStatus(root());
    assert.equal(stored.isStale, false);
    const [instance] = stored.status?.instances ?? [];
    assert.deepEqual([instance?.privacy, instance?.heldDeletions, instance?.problems], ['full', 0, []]);
    assert.equal(instance?.runs[0]?.walk, 'active');
  });

  it('follows a change of the zone in the new columns too', async () => {
    const berlin = await openMirror(root());
    const run = begin(berlin);
    berlin.applyGroups(run, [{ remoteId: 'g1', memberRemoteIds: ['ann'] }]);
    berlin.holdDeletions(run, 'users', ['ann'], 'many');
    berlin.setHealth(run, { failures: 1, nextAllowedAt: NOON });
    berlin.saveState(run, [
      { stream: 'files', scope: '', problem: { code: 'notAdmin', since: NOON, triedAt: NOON } },
    ]);
    berlin.endRun(runEnd());
    berlin.publish();
    berlin.close();
    const tokyo = await openMirror(root(), { zone: 'Asia/Tokyo' });
    tokyo.publish();
    tokyo.close();
    assert.deepEqual(
      await publishedRows(
        root(),
        `SELECT (SELECT first_seen_at FROM group_members), (SELECT since_at FROM held_deletions),
           (SELECT next_allowed_at FROM instances WHERE id = 1),
           (SELECT last_complete_walk FROM instances WHERE id = 1),
           (SELECT problem_since FROM stream_freshness WHERE stream = 'files')`,
      ),
      [Array.from({ length: 5 }, () => '2025-11-16 21:00:00')],
    );
  });
});
