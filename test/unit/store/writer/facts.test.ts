import assert from 'node:assert/strict';
import { NO_CHANGES, type StreamResult } from '../../../../src/store/runs';
import { loadStatus } from '../../../../src/store/status';
import type { MirrorDatabase, MirrorOptions } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, instanceOf, NOON } from '../builders';
import { runEnd, runStart, user, useMirrors } from '../builders';
import { publishedRows } from '../published';

const DAY = 86_400;
const CHATS_READ: StreamResult = { stream: 'chats', status: 'ok', counts: NO_CHANGES, requests: 4 };

describe('What is known of an instance', () => {
  const { root, open, close } = useMirrors();

  describe('before a run', () => {
    it('is nothing for one that was never synced', async () => {
      assert.deepEqual((await open()).facts(7), {
        users: 0,
        chats: 0,
        knowledgeBases: 0,
        files: 0,
        recentlyActiveUsers: 0,
        hasBeenRead: false,
        lastCompleteWalkAt: undefined,
        lastCompleteTryAt: undefined,
        serverVersion: undefined,
        failures: 0,
        nextAllowedAt: undefined,
      });
    });

    it('is what the mirror holds, and who was active in the day before the last run', async () => {
      const mirror = await open();
      const run = begin(mirror);
      mirror.applyUsers(run, [
        user('ann', { lastActiveAt: NOON - 60 }),
        user('bob', { lastActiveAt: NOON - 2 * DAY }),
        user('cy'),
        user('dee', { lastActiveAt: NOON }),
      ]);
      mirror.markDeleted(run, 'users', ['dee']);
      mirror.applyChat(run, fetched(chat('c1')));
      mirror.applyKnowledgeBases(run, [{ remoteId: 'kb' }]);
      mirror.applyFiles(run, [{ remoteId: 'f1' }, { remoteId: 'f2' }]);
      mirror.endRun(runEnd({ serverVersion: '0.9.6' }));
      const facts = mirror.facts(1);
      assert.deepEqual(
        [facts.users, facts.chats, facts.knowledgeBases, facts.files, facts.recentlyActiveUsers],
        [3, 1, 1, 2, 1],
      );
      assert.equal(facts.serverVersion, '0.9.6');
    });

    it('counts as read after a complete walk that read the chats, whatever else failed', async () => {
      const mirror = await open();
      const runs = [
        { walk: 'active', status: 'ok', chats: 'ok', hasBeenRead: false },
        { walk: 'complete', status: 'partial', chats: 'failed', hasBeenRead: false },
        { walk: 'complete', status: 'cancelled', chats: 'ok', hasBeenRead: false },
        { walk: 'complete', status: 'partial', chats: 'ok', hasBeenRead: true },
      ] as const;
      for (const [index, { walk, status, chats, hasBeenRead }] of runs.entries()) {
        const runId = `run-${index}`;
        mirror.startRun(runStart({ runId, walk }), instanceOf(1));
        mirror.endRun(
          runEnd({ runId, status, finishedAt: NOON + index, streams: [{ ...CHATS_READ, status: chats }] }),
        );
        assert.equal(mirror.facts(1).hasBeenRead, hasBeenRead, `${walk} ${status} ${chats}`);
      }
      assert.equal(mirror.facts(1).lastCompleteWalkAt, NOON + 3);
    });
  });

  describe('of its server’s health', () => {
    const failAndRest = (mirror: MirrorDatabase): void => {
      begin(mirror, 'run-2');
      mirror.setHealth('run-2', { failures: 3, nextAllowedAt: NOON + 900 });
      mirror.endRun(runEnd({ runId: 'run-2', status: 'deferred' }));
    };
    const synced = async (options: Partial<MirrorOptions> = {}): Promise<MirrorDatabase> => {
      const mirror = await open(options);
      const run = begin(mirror);
      mirror.applyUsers(run, [user('ann')]);
      mirror.endRun(runEnd());
      mirror.publish();
      return mirror;
    };
    const health = (mirror: MirrorDatabase): unknown => {
      const { failures, nextAllowedAt } = mirror.facts(1);
      return { failures, nextAllowedAt };
    };

    it('lasts over restarts and shows in the status', async () => {
      const mirror = await synced();
      failAndRest(mirror);
      mirror.publish();
      mirror.refreshCopies();
      assert.deepEqual(health(await open()), { failures: 3, nextAllowedAt: NOON + 900 });
      assert.deepEqual(await publishedRows(root(), 'SELECT next_allowed_at FROM instances'), [
        ['2025-11-16 13:15:00'],
      ]);
      const status = await loadStatus(root(), { status: () => Promise.reject(new Error('not needed')) });
      assert.equal(status.instances[0]?.nextAllowedEpoch, NOON + 900);
    });

    it('lasts where a large file leaves the run to the journal, or the writer ends without a publish', async () => {
      const large = await synced({ smallImage: 0 });
      failAndRest(large);
      assert.equal(large.publish().published, false);
      assert.deepEqual(health(await open()), { failures: 3, nextAllowedAt: NOON + 900 });
      begin(large, 'run-3');
      large.setHealth('run-3', { failures: 4 });
      large.endRun(runEnd({ runId: 'run-3', status: 'failed' }));
      close(large);
      assert.deepEqual(health(await open()), { failures: 4, nextAllowedAt: undefined });
    });
  });

  describe('of what a run wrote', () => {
    it('names new, changed and deleted rows, also after its end', async () => {
      const mirror = await open();
      const first = begin(mirror);
      mirror.applyUsers(first, [user('ann'), user('bob'), user('same')]);
      mirror.applyChat(first, fetched(chat('c1')));
      mirror.endRun(runEnd());
      const run = begin(mirror, 'run-2');
      mirror.applyUsers(run, [user('ann', { role: 'admin' }), user('same'), user('new')]);
      mirror.markDeleted(run, 'users', ['bob']);
      mirror.applyChat(run, fetched(chat('c1', { title: 'Renamed' })));
      mirror.applyFiles(run, [{ remoteId: 'f1', filename: 'plan.pdf', userRemoteId: 'gone' }]);
      mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['ann'] }]);
      mirror.endRun(runEnd({ runId: 'run-2' }));
      assert.deepEqual(mirror.changes('run-2', 10), [
        { stream: 'users', change: 'inserted', remoteId: 'new', label: 'NEW' },
        { stream: 'users', change: 'updated', remoteId: 'ann', label: 'ANN' },
        { stream: 'users', change: 'deleted', remoteId: 'bob', label: 'BOB' },
        { stream: 'groups', change: 'inserted', remoteId: 'g1', label: 'Sales' },
        { stream: 'chats', change: 'updated', remoteId: 'c1', label: 'Renamed' },
        { stream: 'files', change: 'inserted', remoteId: 'f1', label: 'plan.pdf' },
      ]);
      assert.deepEqual(mirror.changes('unknown', 10), []);
    });

    it('names a chat whose messages alone have changed', async () => {
      const mirror = await open();
      const first = begin(mirror);
      mirror.applyChat(first, fetched(chat('c1')));
      mirror.endRun(runEnd());
      const run = begin(mirror, 'run-2');
      mirror.applyChat(run, fetched(chat('c1', { messages: [] })));
      assert.deepEqual(
        mirror.changes(run, 10).map(({ remoteId, change }) => [remoteId, change]),
        [['c1', 'updated']],
      );
    });

    it('names no more than asked for', async () => {
      const mirror = await open();
      const run = begin(mirror);
      mirror.applyUsers(run, [user('ann'), user('bob'), user('cy')]);
      assert.equal(mirror.changes(run, 2).length, 2);
    });
  });
});
