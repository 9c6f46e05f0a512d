import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dataFolderAt } from '../../../src/store/files/dataFolder';
import type { MirrorStatus } from '../../../src/store/runs';
import { loadStatus, readStatus } from '../../../src/store/status';
import { Snapshot } from '../../../src/store/reading/snapshot';
import { acquireSyncLock } from '../../../src/store/locks/syncLock';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, instanceOf, NOON, runEnd, runStart, user, useMirrors } from './builders';

describe('The status of a mirror', () => {
  const { root, open } = useMirrors();
  let asked = 0;
  beforeEach(() => {
    asked = 0;
  });
  /** What the reader worker does, in this thread. */
  const reader = {
    status: (): Promise<MirrorStatus> => {
      asked++;
      return new Snapshot(dataFolderAt(root())).status();
    },
  };
  const load = (): Promise<MirrorStatus> => loadStatus(root(), reader);
  const runs = ({ instances }: MirrorStatus): unknown =>
    instances[0]?.runs.map(({ runId, status }) => [runId, status]);
  const syncOnce = async (runId: string): Promise<MirrorDatabase> => {
    const mirror = await open();
    begin(mirror, runId);
    mirror.applyUsers(runId, [user('ann'), user('bob')]);
    mirror.applyChat(runId, fetched(chat(`chat of ${runId}`)));
    mirror.markDeleted(runId, 'users', ['bob']);
    mirror.endRun(runEnd({ runId, serverVersion: '0.9.6' }));
    mirror.publish();
    mirror.refreshCopies();
    return mirror;
  };

  it('is empty in an empty folder, without asking a database', async () => {
    assert.deepEqual(await load(), { version: 1, generation: 0, instances: [] });
    assert.equal(asked, 0);
  });

  it('tells counts, last sync and runs from status.json alone', async () => {
    await syncOnce('run-1');
    const status = await load();
    assert.equal(asked, 0);
    assert.equal(status.generation, 1);
    const [instance] = status.instances;
    assert.ok(instance !== undefined);
    const { runs: shown, ...rest } = instance;
    assert.deepEqual(JSON.parse(JSON.stringify(rest)), {
      instanceId: 1,
      name: 'instance 1',
      url: 'https://chat1.example.com',
      version: '0.9.6',
      lastSync: '2025-11-16 13:00:05',
      lastSyncEpoch: NOON + 5,
      users: 1,
      chats: 1,
      messages: 2,
      privacy: 'full',
      heldDeletions: 0,
      problems: [],
    });
    assert.deepEqual(
      shown.map((run) => [run.status, run.requests]),
      [['ok', 7]],
    );
  });

  it('tells what the mirror takes, and what a person agreed to', async () => {
    await syncOnce('run-1');
    const mirror = await open();
    assert.equal((await load()).agreedTextMonths, undefined);
    mirror.freeUp({ textMonths: 12, runDays: 90, agreesForLater: true });
    mirror.refreshCopies();
    const { sizes, agreedTextMonths } = await load();
    assert.equal(agreedTextMonths, 12);
    assert.ok((sizes?.imageBytes ?? 0) > 100_000);
    assert.equal(sizes?.shardBytes, 0);
    assert.equal(asked, 0);
  });

  it('asks the database when the file is older than the newest generation, damaged or gone', async () => {
    await syncOnce('run-1');
    const mirror = await open();
    begin(mirror, 'run-2');
    mirror.endRun(runEnd({ runId: 'run-2' }));
    mirror.publish();
    assert.equal((await readStatus(root())).isStale, true);
    assert.deepEqual(runs(await load()), [
      ['run-2', 'ok'],
      ['run-1', 'ok'],
    ]);
    writeFileSync(dataFolderAt(root()).status, '{"version":1}');
    assert.equal((await load()).generation, 2);
    assert.equal(asked, 2);
  });

  it('asks the database when only the journal knows of a run', async () => {
    await syncOnce('run-1');
    const mirror = await open({ smallImage: 0 });
    begin(mirror, 'run-2');
    mirror.endRun(runEnd({ runId: 'run-2', finishedAt: NOON + 500 }));
    assert.equal(mirror.publish().published, false);
    const status = await load();
    assert.equal(asked, 1);
    assert.equal(status.instances[0]?.lastSync, '2025-11-16 13:08:20');
    mirror.refreshCopies();
    assert.deepEqual(runs(await load()), runs(status));
    assert.equal(asked, 1);
  });

  it('tells a run whose process is gone from one that is under way', async () => {
    await syncOnce('run-1');
    const mirror = await open();
    mirror.startRun(runStart({ runId: 'run-2', startedAt: NOON + 60 }), instanceOf(1));
    assert.deepEqual(runs(await load()), [
      ['run-2', 'interrupted'],
      ['run-1', 'ok'],
    ]);
    const result = await acquireSyncLock(root(), { version: '0.1.0', now: () => NOON * 1000 });
    assert.ok(result.status === 'acquired');
    assert.deepEqual(runs(await load()), [
      ['run-2', 'running'],
      ['run-1', 'ok'],
    ]);
    assert.deepEqual(runs(await reader.status()), runs(await load()));
    await result.lock.release();
    assert.deepEqual(runs(await load()), [
      ['run-2', 'interrupted'],
      ['run-1', 'ok'],
    ]);
  });

  it('tells of a first run before anything was published', async () => {
    begin(await open());
    const status = await load();
    assert.equal(status.generation, 0);
    assert.deepEqual(runs(status), [['run-1', 'interrupted']]);
  });

  it('shows twenty runs, newest first', async () => {
    const mirror = await open();
    for (let index = 1; index <= 25; index++) {
      const runId = `run-${index}`;
      mirror.startRun(runStart({ runId, startedAt: NOON + index }), instanceOf(1));
      mirror.endRun(runEnd({ runId }));
    }
    mirror.publish();
    mirror.refreshCopies();
    const [instance] = (await load()).instances;
    assert.equal(instance?.runs.length, 20);
    assert.equal(instance.runs[0]?.runId, 'run-25');
    assert.equal((await readStatus(root())).isStale, false);
  });
});
