import assert from 'node:assert/strict';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { Snapshot } from '../../../../src/store/reading/snapshot';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, NOON, openMirror, rating, user, useTemporaryFolder } from '../builders';
import { publishedRows } from '../published';

describe('Deletions that the brake held back', () => {
  const root = useTemporaryFolder();
  let mirror: MirrorDatabase;
  let now = NOON;
  let run = '';
  beforeEach(async () => {
    now = NOON;
    mirror = await openMirror(root(), { now: () => now });
    run = begin(mirror);
    mirror.applyUsers(run, [user('ann'), user('bob'), user('cy')]);
  });
  afterEach(() => {
    mirror.close();
  });

  it('are kept per stream until they are replaced', () => {
    mirror.holdDeletions(run, 'users', ['ann', 'bob'], 'many');
    mirror.holdDeletions(run, 'chats', ['c1'], 'emptied');
    assert.deepEqual(mirror.heldDeletions(run, 'users'), ['ann', 'bob']);
    mirror.holdDeletions(run, 'users', ['bob', 'cy'], 'many');
    assert.deepEqual(mirror.heldDeletions(run, 'users'), ['bob', 'cy']);
    mirror.holdDeletions(run, 'users', [], 'many');
    assert.deepEqual(mirror.heldDeletions(run, 'users'), []);
    assert.deepEqual(mirror.heldDeletions(run, 'chats'), ['c1']);
  });

  it('leave the rows as they were, tell why and since when, and are counted in the status', async () => {
    mirror.holdDeletions(run, 'users', ['ann', 'bob'], 'serverReplaced');
    now += 3600;
    mirror.holdDeletions(run, 'users', ['bob', 'cy'], 'serverReplaced');
    mirror.publish();
    assert.deepEqual(
      await publishedRows(
        root(),
        'SELECT remote_id, reason, since_at, since_at_epoch, is_deleted FROM held_deletions ORDER BY 1',
      ),
      [
        ['ann', 'serverReplaced', '2025-11-16 13:00:00', NOON, 1],
        ['bob', 'serverReplaced', '2025-11-16 13:00:00', NOON, 0],
        ['cy', 'serverReplaced', '2025-11-16 14:00:00', NOON + 3600, 0],
      ],
    );
    assert.deepEqual(await publishedRows(root(), 'SELECT sum(is_deleted) FROM users'), [[0]]);
    const status = await new Snapshot(dataFolderAt(root())).status();
    assert.equal(status.instances[0]?.heldDeletions, 2);
  });

  it('keep the reason for which they were held first', async () => {
    mirror.holdDeletions(run, 'users', ['ann'], 'serverReplaced');
    mirror.holdDeletions(run, 'users', ['ann', 'bob'], 'many');
    mirror.publish();
    assert.deepEqual(await publishedRows(root(), 'SELECT remote_id, reason FROM held_deletions ORDER BY 1'), [
      ['ann', 'serverReplaced'],
      ['bob', 'many'],
    ]);
  });

  it('are no news when they are held again', () => {
    mirror.holdDeletions(run, 'users', ['ann'], 'many');
    mirror.publish();
    mirror.holdDeletions(run, 'users', ['ann'], 'many');
    assert.equal(mirror.publish().published, false);
  });

  it('end with the deletion that a person agreed to', () => {
    mirror.holdDeletions(run, 'users', ['ann', 'bob'], 'many');
    mirror.markDeleted(run, 'users', ['ann']);
    assert.deepEqual(mirror.heldDeletions(run, 'users'), ['bob']);
  });

  it('end when the server shows the row again, in each stream', () => {
    const model = { modelId: 'm', source: 'provider', isActive: true } as const;
    const show: Readonly<Record<string, () => unknown>> = {
      users: () => mirror.applyUsers(run, [user('ann')]),
      groups: () => mirror.applyGroups(run, [{ remoteId: 'g' }]),
      chats: () => mirror.applyChat(run, fetched(chat('c1'))),
      feedback: () => mirror.applyFeedback(run, [rating('r')]),
      models: () => mirror.applyModels(run, [model]),
      knowledge_bases: () => mirror.applyKnowledgeBases(run, [{ remoteId: 'kb' }]),
      files: () => mirror.applyFiles(run, [{ remoteId: 'f' }]),
    };
    const held = [
      ...([
        ['users', 'ann'],
        ['groups', 'g'],
        ['chats', 'c1'],
        ['feedback', 'r'],
        ['models', 'm'],
      ] as const),
      ...([
        ['knowledge_bases', 'kb'],
        ['files', 'f'],
      ] as const),
    ];
    for (const [stream, remoteId] of held) {
      mirror.holdDeletions(run, stream, [remoteId], 'many');
      show[stream]?.();
      assert.deepEqual(mirror.heldDeletions(run, stream), [], stream);
    }
  });
});
