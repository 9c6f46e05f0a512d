import assert from 'node:assert/strict';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { generationPath } from '../../../../src/store/files/fileGeneration';
import { acquireSyncLock } from '../../../../src/store/locks/syncLock';
import type { MirrorDatabase, MirrorOptions } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, NOON, rating, runEnd, user, useMirrors } from '../builders';
import { filesIn, publishedRows } from '../published';

describe('A dry run', () => {
  const { root, open, close } = useMirrors();
  const dry = (options: Partial<MirrorOptions> = {}): Promise<MirrorDatabase> =>
    open({ isDryRun: true, ...options });
  const publishUser = (mirror: MirrorDatabase, remoteId: string): void => {
    const run = begin(mirror, `run-${remoteId}`);
    mirror.applyUsers(run, [user(remoteId)]);
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
    mirror.refreshCopies();
  };
  /** Uses everything that a run uses. */
  const wholeRun = (mirror: MirrorDatabase): void => {
    const run = begin(mirror, 'run-dry');
    mirror.applyUsers(run, [user('ann', { role: 'admin', lastActiveAt: NOON }), user('new')]);
    mirror.applyChat(run, fetched(chat('c1')));
    mirror.applyFeedback(run, [rating('r1')]);
    mirror.applyFiles(run, [{ remoteId: 'f1' }]);
    mirror.holdDeletions(run, 'users', ['ann'], 'many');
    mirror.markDeleted(run, 'users', ['new']);
    mirror.quarantine(run, 'chats', 'c2', 'serverError', NOON);
    mirror.saveState(run, [{ stream: 'users', scope: '', mark: NOON }]);
    mirror.setHealth(run, { failures: 0 });
    mirror.publish();
    mirror.endRun(runEnd({ runId: run, status: 'failed' }));
    assert.equal(mirror.publish().published, false);
    mirror.refreshCopies();
    close(mirror);
  };

  it('leaves the folder as it was, byte for byte', async () => {
    publishUser(await open(), 'ann');
    const { generations, corrupt } = dataFolderAt(root());
    // Things that a writer would clear up.
    writeFileSync(generationPath(generations, 2), 'damaged');
    writeFileSync(join(generations, '00000003.db.tmp-999999999-0a1b2c3d'), 'half');
    const before = filesIn(root());
    const times = [...before.keys()].map((name) => statSync(join(root(), name)).mtimeMs);
    wholeRun(await dry());
    assert.deepEqual(filesIn(root()), before);
    assert.deepEqual(
      [...before.keys()].map((name) => statSync(join(root(), name)).mtimeMs),
      times,
    );
    assert.equal(existsSync(corrupt), true);
  });

  it('tells what a sync would change, beginning with what is published', async () => {
    publishUser(await open(), 'ann');
    const mirror = await dry();
    assert.equal(mirror.facts(1).users, 1);
    const run = begin(mirror, 'run-dry');
    mirror.applyUsers(run, [user('ann', { role: 'admin' }), user('bob')]);
    assert.deepEqual(
      mirror.changes(run, 5).map(({ change, remoteId }) => [change, remoteId]),
      [
        ['inserted', 'bob'],
        ['updated', 'ann'],
      ],
    );
  });

  it('needs no database, and not even a folder', async () => {
    wholeRun(await dry());
    assert.deepEqual([...filesIn(root()).keys()], []);
    const missing = join(root(), 'missing');
    wholeRun(await dry({ folder: missing }));
    assert.equal(existsSync(missing), false);
  });

  it('works in a folder that may only be read', async () => {
    publishUser(await open(), 'ann');
    chmodSync(root(), 0o500);
    try {
      const mirror = await dry();
      assert.equal(mirror.facts(1).users, 1);
      wholeRun(mirror);
    } finally {
      chmodSync(root(), 0o700);
    }
  });

  it('does not mind a sync that publishes meanwhile, and is no conflict for it', async () => {
    const syncing = await open();
    publishUser(syncing, 'ann');
    const result = await acquireSyncLock(root(), { version: '1' });
    assert.equal(result.status, 'acquired');
    const mirror = await dry();
    const run = begin(mirror, 'run-dry');
    mirror.applyUsers(run, [user('cy')]);
    publishUser(syncing, 'bob');
    mirror.applyUsers(run, [user('dee')]);
    mirror.endRun(runEnd({ runId: run }));
    assert.equal(mirror.publish().published, false);
    publishUser(syncing, 'eve');
    assert.deepEqual(await publishedRows(root(), 'SELECT remote_id FROM users ORDER BY 1'), [
      ['ann'],
      ['bob'],
      ['eve'],
    ]);
    await result.lock.release();
  });

  it('removes nothing', async () => {
    publishUser(await open(), 'ann');
    const before = filesIn(root());
    const mirror = await dry();
    await assert.rejects(mirror.removeInstance(1, 'delete'), /preview/u);
    await assert.rejects(mirror.tightenPrivacy(1, 'counts'), /preview/u);
    await assert.rejects(mirror.erasePerson(1, 'ann'), /preview/u);
    assert.deepEqual(filesIn(root()), before);
  });
});
