import assert from 'node:assert/strict';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { MirrorFullError } from '../../../../src/store/errors';
import { readJournal } from '../../../../src/store/files/journal';
import { Snapshot } from '../../../../src/store/reading/snapshot';
import { MOST_RUNS, type RetentionPolicy } from '../../../../src/store/retention/retention';
import type { RunEnd, RunStart } from '../../../../src/store/runs';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import { dropRuns, spentRuns } from '../../../../src/store/writer/freeSpaceRuns';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { localTimeIn } from '../../../../src/store/localTime';
import { migrate } from '../../../../src/store/migrations';
import { NO_CHANGES } from '../../../../src/store/runs';
import {
  begin,
  chat,
  fetched,
  instanceOf,
  message,
  NOON,
  runEnd,
  runStart,
  useMirrors,
  user,
} from '../builders';
import { publishedRows } from '../published';

const DAY = 86_400;
const days = (runDays: number): RetentionPolicy => ({ textMonths: 0, runDays });

describe('Sync runs that grow old', () => {
  const { root, open, close } = useMirrors();

  /** A run so many days ago, as a sync would have written it then. */
  function run(
    mirror: MirrorDatabase,
    runId: string,
    ago: number,
    { instanceId = 1, ...start }: Partial<RunStart> = {},
    end: Partial<RunEnd> = {},
  ): void {
    const startedAt = NOON - ago * DAY;
    mirror.startRun(runStart({ runId, instanceId, startedAt, ...start }), instanceOf(instanceId));
    mirror.applyUsers(runId, [user(`of ${runId}`)]);
    const streams = [{ stream: 'users', status: 'ok', counts: NO_CHANGES, requests: 1 }] as const;
    mirror.endRun(runEnd({ runId, finishedAt: startedAt + 5, streams, ...end }));
  }

  const published = async (): Promise<unknown[]> =>
    (await publishedRows(root(), 'SELECT run_id FROM sync_runs ORDER BY started_at_epoch')).map(([id]) => id);

  it('go with a publish that writes rows anyway, with their streams', async () => {
    const mirror = await open();
    run(mirror, 'old', 91);
    run(mirror, 'border', 90);
    run(mirror, 'new', 1);
    mirror.publish();
    assert.deepEqual(await published(), ['border', 'new']);
    const streams = await publishedRows(root(), 'SELECT count(*) FROM sync_run_streams');
    assert.deepEqual(streams, [[2]]);
  });

  it('stay as long as the settings say, which the command line remembers', async () => {
    const mirror = await open({ retention: days(365) });
    run(mirror, 'old', 300);
    run(mirror, 'new', 1);
    mirror.publish();
    close(mirror);
    const later = await open();
    run(later, 'newer', 0);
    later.publish();
    assert.deepEqual(await published(), ['old', 'new', 'newer']);
    close(later);
    const shorter = await open({ retention: days(30) });
    run(shorter, 'newest', 0, { startedAt: NOON + 60 });
    shorter.publish();
    assert.deepEqual(await published(), ['new', 'newer', 'newest']);
  });

  it('stay where they are the last of their instance, the last that ended or the last look at everybody', async () => {
    const mirror = await open();
    run(mirror, 'everybody', 400, { walk: 'complete' });
    run(mirror, 'older', 399);
    run(mirror, 'ended', 398);
    run(mirror, 'broken off', 397, {}, { status: 'interrupted' });
    run(mirror, 'other instance', 500, { instanceId: 2 });
    run(mirror, 'goes too', 501, { instanceId: 2 });
    run(mirror, 'third', 1, { instanceId: 3 });
    mirror.publish();
    assert.deepEqual(await published(), ['other instance', 'everybody', 'ended', 'broken off', 'third']);
  });

  it('stay while they run', async () => {
    const mirror = await open();
    begin(mirror, 'first of the day');
    mirror.startRun(runStart({ runId: 'endless', startedAt: NOON - 100 * DAY }), instanceOf(1));
    mirror.applyUsers('endless', [user('ann')]);
    mirror.publish();
    assert.deepEqual(await published(), ['endless', 'first of the day']);
  });

  it('never lend their number to a later run: its rows would seem to be theirs', async () => {
    const mirror = await open();
    run(mirror, 'new', 1);
    // Told by the journal afterwards: the highest number, and old.
    run(mirror, 'old', 200);
    mirror.publish();
    run(mirror, 'next', 0);
    mirror.publish();
    assert.deepEqual(await published(), ['new', 'next']);
    assert.deepEqual(
      mirror.changes('next', 10).map(({ remoteId }) => remoteId),
      ['of next'],
    );
  });

  it('do not come back from the journal, neither for writers nor for readers', async () => {
    const mirror = await open();
    run(mirror, 'old', 91);
    run(mirror, 'new', 1);
    mirror.publish();
    const folder = dataFolderAt(root());
    assert.deepEqual(
      readJournal(folder).map(({ start }) => start.runId),
      ['new'],
    );
    const status = await new Snapshot(folder).status();
    assert.deepEqual(
      status.instances[0]?.runs.map(({ runId }) => runId),
      ['new'],
    );
    close(mirror);
    const again = await open();
    begin(again, 'next');
    again.applyUsers('next', [user('ann')]);
    again.publish();
    assert.deepEqual(await published(), ['new', 'next']);
  });

  it('are told before they go, and go at once when a person asks', async () => {
    const mirror = await open({ retention: days(3650) });
    run(mirror, 'old', 91);
    run(mirror, 'new', 1);
    mirror.publish();
    const [, runs] = mirror.planFreeUp(days(90)).items;
    assert.equal(runs?.kind, 'runs');
    assert.equal(runs.rows, 1);
    assert.ok(runs.bytes > 50);
    assert.equal(runs.olderThan, '2025-08-18');
    assert.equal(mirror.freeUp(days(90)).published, true);
    assert.deepEqual(await published(), ['new']);
    assert.deepEqual(
      readJournal(dataFolderAt(root())).map(({ start }) => start.runId),
      ['new'],
    );
  });
});

describe('Sync runs that are many', () => {
  it(`go beyond the newest ${MOST_RUNS}, however young they are`, async () => {
    const database = await SqliteDatabase.open();
    migrate(database);
    const session = { database, localTime: localTimeIn('UTC'), now: () => NOON };
    database.run(
      `INSERT INTO instances (id, name, url, sync_datetime, sync_datetime_epoch) VALUES (1, 'a', 'b', '', 0)`,
    );
    database.run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MOST_RUNS + 3})
       INSERT INTO sync_runs (id, run_id, instance_id, kind, trigger, status, started_at, started_at_epoch,
         sync_datetime, sync_datetime_epoch)
       SELECT i, 'run ' || i, 1, 'incremental', 'schedule', 'ok', '2025-11-15 12:00:00', ${NOON} - ${DAY} + i, '', 0 FROM n`,
    );
    assert.equal(spentRuns(session, days(90)).rows, 3);
    assert.deepEqual(dropRuns(session, days(90)), ['run 1', 'run 2', 'run 3']);
    assert.equal(spentRuns(session, days(90)).rows, 0);
    database.close();
  });
});

describe('A mirror that has reached its largest size', () => {
  const { root, open } = useMirrors();

  it('keeps and publishes what it has, with the end of the run', async () => {
    const mirror = await open({ maxPages: 256 });
    const run = begin(mirror, 'run');
    mirror.applyUsers(run, [user('ann')]);
    let chats = 0;
    const fill = (): void => {
      for (;;) {
        const messages = [message(`m${chats}`, { createdAt: 0, content: 'x'.repeat(50_000) })];
        mirror.applyChat(run, fetched(chat(`c${chats}`, { messages })));
        chats += 1;
      }
    };
    assert.throws(fill, MirrorFullError);
    assert.ok(chats > 5);
    mirror.saveState(
      run,
      Array.from({ length: 50 }, (_, index) => ({
        stream: 'chats' as const,
        scope: `u${index}`,
        mark: NOON,
      })),
    );
    mirror.endRun(runEnd({ runId: run, status: 'failed', errorCode: 'mirrorFull', error: 'Full.' }));
    mirror.publish();
    assert.deepEqual(await publishedRows(root(), 'SELECT count(*) FROM chats'), [[chats]]);
    assert.deepEqual(await publishedRows(root(), 'SELECT status, error_code FROM sync_runs'), [
      ['failed', 'mirrorFull'],
    ]);

    mirror.freeUp({ textMonths: 12, runDays: 90 });
    begin(mirror, 'next');
    mirror.applyChat('next', fetched(chat('one more', { messages: [message('q')] })));
    mirror.publish();
    assert.deepEqual(await publishedRows(root(), 'SELECT count(*) FROM chats'), [[chats + 1]]);
  });
});
