import assert from 'node:assert/strict';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import {
  begin,
  chat,
  counts,
  fetched,
  NOON,
  openMirror,
  rating,
  user,
  useTemporaryFolder,
} from '../builders';
import { publishedRows } from '../published';

describe('The writer, for feedback', () => {
  const root = useTemporaryFolder();
  let mirror: MirrorDatabase;
  let run = '';
  beforeEach(async () => {
    mirror = await openMirror(root());
    run = begin(mirror);
    mirror.applyUsers(run, [user('ann')]);
  });
  afterEach(() => {
    mirror.close();
  });
  const published = async (sql: string): Promise<unknown> => {
    mirror.publish();
    return publishedRows(root(), sql);
  };

  it('mirrors what was rated, how, and by whom', async () => {
    const told = rating('r1', {
      chatRemoteId: 'c1',
      messageRemoteId: 'c1-a',
      modelId: 'gpt-4o',
      siblingModelIds: ['llama'],
      rating: -1,
      score: 3,
      reason: 'too_long',
      comment: 'Rambles',
      tags: ['style'],
      isArena: true,
      createdAt: NOON,
      updatedAt: NOON + 1,
    });
    assert.deepEqual(mirror.applyFeedback(run, [told]), counts({ seen: 1, inserted: 1 }));
    assert.deepEqual(mirror.applyFeedback(run, [told]), counts({ seen: 1, unchanged: 1 }));
    assert.deepEqual(
      await published(
        `SELECT u.name, chat_remote_id, message_remote_id, model_id, sibling_model_ids, rating, score, reason, comment,
           tags, is_arena, f.created_at, f.updated_at_epoch FROM feedback f JOIN users u ON u.id = f.user_id`,
      ),
      [
        [
          ...['ANN', 'c1', 'c1-a', 'gpt-4o', '["llama"]', -1, 3, 'too_long', 'Rambles', '["style"]', 1],
          ...['2025-11-16 13:00:00', NOON + 1],
        ],
      ],
    );
    assert.deepEqual([...mirror.knownFeedback(run)], [['r1', NOON + 1]]);
  });

  it('clears what was withdrawn', async () => {
    mirror.applyFeedback(run, [rating('r1', { comment: 'Good' })]);
    mirror.applyFeedback(run, [rating('r1', { rating: undefined })]);
    assert.deepEqual(await published('SELECT rating, comment FROM feedback'), [[null, null]]);
  });

  it('outlives its user and its chat', async () => {
    mirror.applyChat(run, fetched(chat('c1')));
    mirror.applyFeedback(run, [rating('r1', { chatRemoteId: 'c1' })]);
    mirror.markDeleted(run, 'users', ['ann']);
    assert.deepEqual(await published('SELECT remote_id, is_deleted FROM feedback'), [['r1', 0]]);
  });

  it('brings no living user of somebody whom the mirror never held, and needs none', async () => {
    mirror.applyFeedback(run, [
      rating('r1', { userRemoteId: 'gone' }),
      rating('r2', { userRemoteId: undefined }),
    ]);
    assert.deepEqual(await published(`SELECT name, is_deleted FROM users WHERE remote_id = 'gone'`), [
      [null, 1],
    ]);
    assert.deepEqual(await publishedRows(root(), `SELECT user_id FROM feedback WHERE remote_id = 'r2'`), [
      [null],
    ]);
  });

  it('is marked deleted and comes back', () => {
    mirror.applyFeedback(run, [rating('r1')]);
    assert.deepEqual(mirror.markDeleted(run, 'feedback', ['r1']), counts({ deleted: 1 }));
    assert.deepEqual([...mirror.knownFeedback(run)], []);
    assert.deepEqual(mirror.applyFeedback(run, [rating('r1')]), counts({ seen: 1, restored: 1 }));
  });
});
