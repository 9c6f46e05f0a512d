import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { generationPath } from '../../../../src/store/files/fileGeneration';
import type { Row } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, exchange, fetched, NOON, runEnd, user, useMirrors } from '../builders';
import { openPublished, publishedRows } from '../published';

const DAY = 86_400;
const ANN = '9d1f0c52-7ce0-4d3c-a8e3-ann';
const WORDS = [ANN, 'Ann Example', 'ann.example@example.org', 'swordfish', 'c-ann'];

describe('A tombstone', () => {
  const { root, open } = useMirrors();

  const sync = (mirror: MirrorDatabase, runId: string): void => {
    begin(mirror, runId);
    mirror.applyUsers(runId, [user('bob'), user(ANN, { name: WORDS[1], email: WORDS[2] })]);
    mirror.applyChat(runId, fetched(chat('c-ann', { userRemoteId: ANN, title: WORDS[3] })));
    mirror.applyChat(runId, fetched(chat('c-bob', { userRemoteId: 'bob', messages: exchange('bob') })));
    mirror.endRun(runEnd({ runId }));
    mirror.publish();
  };
  const synced = async (): Promise<MirrorDatabase> => {
    const mirror = await open();
    sync(mirror, 'run-1');
    return mirror;
  };
  const kept = (): Promise<Row[]> =>
    publishedRows(
      root(),
      'SELECT kind, instance_id, user_id, mode, created_at, created_at_epoch FROM tombstones ORDER BY id',
    );
  const NOW = ['2025-11-16 13:00:00', NOON];

  it('says by integers alone who was erased', async () => {
    const mirror = await synced();
    const [[ann] = []] = await publishedRows(root(), `SELECT id FROM users WHERE remote_id = '${ANN}'`);
    await mirror.erasePerson(1, ANN);
    assert.deepEqual(await kept(), [['person', 1, ann, null, ...NOW]]);
  });

  it('says which mode came into force', async () => {
    const mirror = await synced();
    await mirror.tightenPrivacy(1, 'pseudonyms');
    assert.deepEqual(await kept(), [['privacy', 1, null, 'pseudonyms', ...NOW]]);
  });

  it('says which instance was removed with its data, and stays when that is gone', async () => {
    const mirror = await synced();
    await mirror.removeInstance(1, 'delete');
    assert.deepEqual(await kept(), [['instance', 1, null, null, ...NOW]]);
    assert.deepEqual(await publishedRows(root(), 'SELECT count(*) FROM users'), [[0]]);
  });

  it('holds nothing of anybody', async () => {
    const mirror = await synced();
    await mirror.erasePerson(1, ANN);
    await mirror.tightenPrivacy(1, 'counts');
    const database = await openPublished(root());
    const rows = JSON.stringify(database.all('SELECT * FROM tombstones'));
    const hashes = database.all<[string]>('SELECT person_hash FROM erased_people').map(([hash]) => hash);
    database.close();
    assert.equal(hashes.length, 1);
    for (const word of [...WORDS, ...hashes]) {
      assert.ok(!rows.includes(word), word);
    }
  });

  it('is noted once for each removal, under an id of its own', async () => {
    const mirror = await synced();
    await mirror.erasePerson(1, ANN);
    await mirror.erasePerson(1, 'bob');
    await mirror.erasePerson(1, 'never mirrored');
    await mirror.tightenPrivacy(1, 'names');
    await mirror.tightenPrivacy(1, 'pseudonyms');
    const ids = await publishedRows(root(), 'SELECT DISTINCT id FROM tombstones');
    assert.equal(ids.length, 4);
    assert.ok(ids.every(([id]) => Number.isSafeInteger(id) && Number(id) > 0));
  });

  it('is not noted by a looser mode, nor where an instance goes and its data stays', async () => {
    const mirror = await synced();
    await mirror.tightenPrivacy(1, 'names');
    await mirror.tightenPrivacy(1, 'full');
    mirror.removeInstance(1, 'keep');
    assert.deepEqual(
      (await kept()).map(([kind, , , mode]) => [kind, mode]),
      [['privacy', 'names']],
    );
  });

  it('is not noted by pruning: that text may stay elsewhere', async () => {
    const mirror = await synced();
    const old = exchange('old').map((each) => ({ ...each, createdAt: NOON - 400 * DAY }));
    const run = begin(mirror, 'run-2');
    mirror.applyChat(run, fetched(chat('c-old', { userRemoteId: 'bob', messages: old })));
    mirror.endRun(runEnd({ runId: run }));
    const { items } = mirror.freeUp({ textMonths: 12, runDays: 1 });
    assert.equal(items.find(({ kind }) => kind === 'text')?.rows, 2);
    assert.deepEqual(await kept(), []);
  });

  it('is not noted where nothing was removed, because another process published first', async () => {
    const mirror = await synced();
    const faster = await open();
    sync(faster, 'run-2');
    await assert.rejects(mirror.erasePerson(1, ANN));
    assert.deepEqual(await kept(), []);
  });

  it('outlives the restore of a backup from before', async () => {
    const mirror = await open();
    begin(mirror, 'run-0');
    mirror.applyUsers('run-0', [user('bob')]);
    mirror.endRun(runEnd({ runId: 'run-0' }));
    mirror.publish();
    const { generations, daily } = dataFolderAt(root());
    const aside = join(root(), 'aside');
    copyFileSync(generationPath(generations, mirror.publish().generation), aside);
    sync(mirror, 'run-1');
    await mirror.erasePerson(1, ANN);
    const before = await publishedRows(root(), 'SELECT * FROM tombstones');
    // The purge deletes all older files; somebody put one back.
    writeFileSync(join(daily, '2025-11-10.db'), readFileSync(aside));
    await mirror.restore('daily/2025-11-10.db');
    assert.deepEqual(await publishedRows(root(), 'SELECT remote_id FROM users'), [['bob']]);
    assert.deepEqual(await publishedRows(root(), 'SELECT * FROM tombstones'), before);
    await mirror.restore('daily/2025-11-10.db');
    assert.deepEqual(await publishedRows(root(), 'SELECT * FROM tombstones'), before, 'once');
  });
});
