import assert from 'node:assert/strict';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, counts, fetched, NOON, openMirror, user, useTemporaryFolder } from '../builders';
import { publishedRows } from '../published';

describe('The writer, for users, models, knowledge bases and files', () => {
  const root = useTemporaryFolder();
  let mirror: MirrorDatabase;
  let now = NOON;
  let run = '';
  beforeEach(async () => {
    now = NOON;
    mirror = await openMirror(root(), { now: () => now });
    run = begin(mirror);
  });
  afterEach(() => {
    mirror.close();
  });
  const published = async (sql: string): Promise<unknown> => {
    mirror.publish();
    return publishedRows(root(), sql);
  };

  it('writes times as local text with the epoch beside it', async () => {
    mirror.applyUsers(run, [user('ann', { createdAt: NOON, lastActiveAt: NOON + 60 })]);
    assert.deepEqual(
      await published(
        'SELECT created_at, created_at_epoch, updated_at, updated_at_epoch, last_active_at, sync_datetime FROM users',
      ),
      [['2025-11-16 13:00:00', NOON, null, null, '2025-11-16 13:01:00', '2025-11-16 13:00:00']],
    );
  });

  it('counts what is new, changed and the same', () => {
    assert.deepEqual(mirror.applyUsers(run, [user('ann'), user('bob')]), counts({ seen: 2, inserted: 2 }));
    assert.deepEqual(
      mirror.applyUsers(run, [user('ann'), user('bob', { role: 'admin' }), user('cy')]),
      counts({ seen: 3, inserted: 1, updated: 1, unchanged: 1 }),
    );
  });

  it('does not touch a row that is the same', async () => {
    mirror.applyUsers(run, [user('ann'), user('bob')]);
    now += 3600;
    mirror.applyUsers(run, [user('ann'), user('bob', { lastActiveAt: NOON })]);
    assert.deepEqual(await published('SELECT remote_id, sync_datetime_epoch FROM users ORDER BY 1'), [
      ['ann', NOON],
      ['bob', NOON + 3600],
    ]);
  });

  it('notes when a user was last active without counting him as changed', async () => {
    mirror.applyUsers(run, [user('ann', { lastActiveAt: NOON })]);
    const again = mirror.applyUsers(run, [user('ann', { lastActiveAt: NOON + 60 })]);
    assert.deepEqual(again, counts({ seen: 1, unchanged: 1 }));
    assert.deepEqual(await published('SELECT last_active_at, last_active_at_epoch FROM users'), [
      ['2025-11-16 13:01:00', NOON + 60],
    ]);
  });

  it('keeps what a shorter list of users does not tell', async () => {
    mirror.applyUsers(run, [user('ann', { lastActiveAt: NOON })]);
    assert.equal(mirror.applyUsers(run, [{ remoteId: 'ann', name: 'ANN' }]).unchanged, 1);
    assert.deepEqual(await published('SELECT email, last_active_at_epoch FROM users'), [
      ['ann@example.org', NOON],
    ]);
  });

  it('keeps the same id of two instances apart', async () => {
    const other = begin(mirror, 'run-2', 2);
    mirror.applyUsers(run, [user('ann')]);
    assert.equal(mirror.applyUsers(other, [user('ann', { name: 'Other Ann' })]).inserted, 1);
    assert.deepEqual(await published('SELECT instance_id, name FROM users ORDER BY 1'), [
      [1, 'ANN'],
      [2, 'Other Ann'],
    ]);
  });

  it('marks a user with his chats and messages, and only counts the user', async () => {
    mirror.applyUsers(run, [user('ann'), user('bob')]);
    mirror.applyChat(run, fetched(chat('c1')));
    mirror.applyChat(run, fetched(chat('c2', { userRemoteId: 'bob' })));
    assert.deepEqual(mirror.markDeleted(run, 'users', ['ann', 'nobody']), counts({ deleted: 1 }));
    assert.deepEqual(mirror.markDeleted(run, 'users', ['ann']), counts({}));
    assert.deepEqual(
      await published(
        `SELECT c.remote_id, u.is_deleted, c.is_deleted, c.message_count, min(m.is_deleted), max(m.is_deleted),
           (SELECT max(is_deleted) FROM chat_models cm WHERE cm.chat_id = c.id)
         FROM chats c JOIN users u ON u.id = c.user_id JOIN messages m ON m.chat_id = c.id GROUP BY c.id ORDER BY 1`,
      ),
      [
        ['c1', 1, 1, 0, 1, 1, 1],
        ['c2', 0, 0, 2, 0, 0, 0],
      ],
    );
  });

  it('unmarks what is back', () => {
    mirror.applyUsers(run, [user('ann')]);
    mirror.markDeleted(run, 'users', ['ann']);
    assert.equal(mirror.knownUsers(run)[0]?.isDeleted, true);
    assert.deepEqual(mirror.applyUsers(run, [user('ann')]), counts({ seen: 1, restored: 1 }));
    assert.deepEqual(mirror.knownUsers(run), [
      { remoteId: 'ann', lastActiveAt: undefined, isDeleted: false },
    ]);
  });

  it('unmarks the chats of a user who is back only as they are fetched again', async () => {
    mirror.applyUsers(run, [user('ann')]);
    mirror.applyChat(run, fetched(chat('c1')));
    mirror.applyChat(run, fetched(chat('c2')));
    mirror.markDeleted(run, 'users', ['ann']);
    mirror.applyUsers(run, [user('ann')]);
    const rows = `SELECT c.remote_id, c.is_deleted, c.message_count, sum(m.is_deleted),
        (SELECT max(is_deleted) FROM chat_models cm WHERE cm.chat_id = c.id)
      FROM chats c JOIN messages m ON m.chat_id = c.id GROUP BY c.id ORDER BY 1`;
    assert.deepEqual(await published(rows), [
      ['c1', 1, 0, 2, 1],
      ['c2', 1, 0, 2, 1],
    ]);
    const back = mirror.applyChat(run, fetched(chat('c1')));
    assert.deepEqual(back.outcome === 'applied' && [back.chats.restored, back.messages.restored], [1, 2]);
    assert.deepEqual(await published(rows), [
      ['c1', 0, 2, 0, 0],
      ['c2', 1, 0, 2, 1],
    ]);
  });

  it('gives an owner that no list has shown a row without a name', async () => {
    mirror.applyChat(run, fetched(chat('c1')));
    mirror.applyFiles(run, [{ remoteId: 'f1', userRemoteId: 'gone' }]);
    assert.deepEqual(await published('SELECT remote_id, name, is_deleted FROM users ORDER BY 1'), [
      ['ann', null, 0],
      ['gone', null, 1],
    ]);
  });

  it('mirrors models and clears what the server no longer tells', async () => {
    const model = { modelId: 'helper', source: 'workspace', isActive: true } as const;
    mirror.applyModels(run, [{ ...model, name: 'Helper', baseModelId: 'gpt-4o' }]);
    assert.equal(mirror.applyModels(run, [{ ...model, name: 'Helper', isActive: false }]).updated, 1);
    assert.deepEqual(await published('SELECT model_id, name, base_model_id, is_active FROM models'), [
      ['helper', 'Helper', null, 0],
    ]);
    mirror.markDeleted(run, 'models', ['helper']);
    assert.deepEqual(mirror.knownIds(run, 'models'), []);
  });

  describe('files of a knowledge base', () => {
    const LINKS = `SELECT f.remote_id, b.remote_id FROM files f
      LEFT JOIN knowledge_bases b ON b.id = f.knowledge_base_id ORDER BY 1`;
    beforeEach(() => {
      mirror.applyKnowledgeBases(run, [
        { remoteId: 'kb1', name: 'One', userRemoteId: 'ann', updatedAt: 5 },
        { remoteId: 'kb2', name: 'Two' },
      ]);
      mirror.applyFiles(run, [{ remoteId: 'f1', size: 9 }, { remoteId: 'f2' }], 'kb1');
    });

    it('are linked and counted', async () => {
      assert.deepEqual(await published(LINKS), [
        ['f1', 'kb1'],
        ['f2', 'kb1'],
      ]);
      assert.deepEqual(
        await publishedRows(root(), 'SELECT remote_id, file_count FROM knowledge_bases ORDER BY 1'),
        [
          ['kb1', 2],
          ['kb2', 0],
        ],
      );
      assert.deepEqual(
        [...mirror.knownKnowledgeBases(run)],
        [
          ['kb1', 5],
          ['kb2', undefined],
        ],
      );
    });

    it('are unlinked when they are no longer listed', async () => {
      mirror.applyFiles(run, [{ remoteId: 'f2' }], 'kb1');
      assert.deepEqual(await published(LINKS), [
        ['f1', null],
        ['f2', 'kb1'],
      ]);
    });

    it('stay with their first base, so that two bases do not take turns', async () => {
      const shared = [{ remoteId: 'f1', size: 9 }];
      assert.equal(mirror.applyFiles(run, shared, 'kb2').unchanged, 1);
      mirror.publish();
      mirror.applyFiles(run, shared, 'kb2');
      assert.equal(mirror.publish().published, false);
      assert.deepEqual(await publishedRows(root(), LINKS), [
        ['f1', 'kb1'],
        ['f2', 'kb1'],
      ]);
      assert.deepEqual(
        await publishedRows(root(), 'SELECT file_count FROM knowledge_bases ORDER BY remote_id'),
        [[2], [1]],
      );
    });

    it('no longer count in their base once they are deleted', async () => {
      mirror.markDeleted(run, 'files', ['f1']);
      mirror.markDeleted(run, 'files', ['f1']);
      assert.deepEqual(await published('SELECT remote_id, file_count FROM knowledge_bases ORDER BY 1'), [
        ['kb1', 1],
        ['kb2', 0],
      ]);
    });

    it('move on when their base was deleted', async () => {
      mirror.markDeleted(run, 'knowledge_bases', ['kb1']);
      mirror.applyFiles(run, [{ remoteId: 'f1' }], 'kb2');
      assert.deepEqual(await published(LINKS), [
        ['f1', 'kb2'],
        ['f2', 'kb1'],
      ]);
    });
  });

  it('quarantines after three tries, then lets a chat be tried weekly', () => {
    const week = 7 * 86_400;
    for (let attempt = 1; attempt <= 3; attempt++) {
      assert.deepEqual(mirror.quarantined(run, NOON), []);
      mirror.quarantine(run, 'chats', 'c1', 'the server answers 500', NOON);
    }
    assert.deepEqual(mirror.quarantined(run, NOON + week - 1), ['c1']);
    assert.deepEqual(mirror.quarantined(run, NOON + week), []);
    mirror.applyChat(run, fetched(chat('c1')));
    mirror.quarantine(run, 'chats', 'c1', 'again', NOON);
    assert.deepEqual(mirror.quarantined(run, NOON), [], 'a recovery starts the count anew');
  });

  it('keeps where streams stand, per scope', () => {
    mirror.saveState(run, [
      { stream: 'users', scope: '', mark: NOON, lastCompleteAt: NOON },
      { stream: 'chats', scope: 'ann', walkJson: '{"page":2}' },
    ]);
    mirror.saveState(run, [{ stream: 'chats', scope: 'ann', mark: NOON + 1 }]);
    const unknown = { walkJson: undefined, lastCompleteAt: undefined, problem: undefined };
    const byScope = [...mirror.state(run)].sort((a, b) => a.scope.localeCompare(b.scope));
    assert.deepEqual(byScope, [
      { ...unknown, stream: 'users', scope: '', mark: NOON, lastCompleteAt: NOON },
      { ...unknown, stream: 'chats', scope: 'ann', mark: NOON + 1 },
    ]);
  });

  it('knows no run that was not started here', () => {
    assert.throws(() => mirror.applyUsers('nobody', []), /was not started here/);
  });
});
