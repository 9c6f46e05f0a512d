import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { FAILPOINTS, injectFaults, type Failpoint } from '../../../../src/store/files/failpoints';
import { PublishConflictError } from '../../../../src/store/errors';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { NOON, openMirror, useMirrors } from '../builders';
import { publishedRows } from '../published';
import {
  ageShards,
  messagesOf,
  publishChat,
  publishedTexts,
  shardFiles,
  SMALL_LIMITS,
  textOf,
  textsIn,
  writeChat,
  type Texts,
} from '../shards';

const DAY = 86_400;
const POINTS = Object.keys(FAILPOINTS) as Failpoint[];
/** What a publish that seals passes. */
const STEPS = POINTS.filter((point) => /^(?:shard|compaction|publish):/u.test(point));
/** Where another writer may still be first. */
const UNDECIDED: readonly Failpoint[] = [
  ...(['shard:written', 'shard:named', 'compaction:done'] as const),
  ...(['publish:written', 'publish:synced'] as const),
];

describe('Sealing text', () => {
  const mirrors = useMirrors();
  const { root } = mirrors;
  const open = (changes: Parameters<typeof mirrors.open>[0] = {}): Promise<MirrorDatabase> =>
    mirrors.open({ shardLimits: SMALL_LIMITS, ...changes });
  const assertTexts = (texts: Texts, prefix: string, count: number): void => {
    for (const { remoteId } of messagesOf(prefix, count)) {
      assert.equal(texts.get(remoteId), textOf(remoteId), remoteId);
    }
  };
  /** Shards that the newest generation names. */
  const named = async (): Promise<string[]> => {
    const rows = await publishedRows(root(), 'SELECT name FROM content_shards WHERE is_deleted = 0');
    return rows.map(([name]) => String(name)).sort();
  };
  /** A mirror whose next publish seals, on the first of a new day. */
  const aboutToSeal = async (): Promise<MirrorDatabase> => {
    let now = NOON;
    const mirror = await open({ now: () => now });
    publishChat(mirror, 'a', messagesOf('a', 11, NOON - 2 * DAY));
    now += DAY;
    writeChat(mirror, 'b', messagesOf('b', 8));
    return mirror;
  };
  /** Calls back once when a point is reached. */
  const at = (wanted: Failpoint, act: () => void): void => {
    injectFaults({
      at: (point) => {
        if (point === wanted) {
          injectFaults(undefined);
          act();
        }
      },
    });
  };
  afterEach(() => {
    injectFaults(undefined);
  });

  describe('in two writers at once', () => {
    for (const point of UNDECIDED) {
      it(`lets one of them win that meets at "${point}"; no text of either is lost`, async () => {
        publishChat(await open(), 'old', messagesOf('old', 5, NOON - 2 * DAY));
        const slow = await open();
        const fast = await open();
        writeChat(slow, 'slow', messagesOf('slow', 8));
        writeChat(fast, 'fast', messagesOf('fast', 8));
        at(point, () => {
          fast.publish();
        });
        assert.throws(() => slow.publish(), PublishConflictError);
        assertTexts(await publishedTexts(root()), 'fast', 8);
        assert.equal(shardFiles(root()).length, 2, 'the loser leaves its file');

        publishChat(await open(), 'slow', messagesOf('slow', 8));
        const texts = await publishedTexts(root());
        assertTexts(texts, 'old', 5);
        assertTexts(texts, 'fast', 8);
        assertTexts(texts, 'slow', 8);
        const ids = await publishedRows(root(), 'SELECT id FROM content_shards');
        assert.equal(new Set(ids.map(([id]) => id)).size, ids.length);
      });
    }

    it('lets the file of the loser be collected, and no other', async () => {
      const slow = await open();
      const fast = await open();
      writeChat(slow, 'slow', messagesOf('slow', 11));
      writeChat(fast, 'fast', messagesOf('fast', 11));
      at('compaction:done', () => {
        fast.publish();
      });
      assert.throws(() => slow.publish(), PublishConflictError);
      ageShards(root());
      publishChat(await open(), 'next', messagesOf('next', 1, NOON));
      assert.deepEqual(shardFiles(root()), await named());
      assertTexts(await publishedTexts(root()), 'fast', 11);
    });
  });

  describe('when the process is killed', () => {
    for (const point of STEPS) {
      it(`at "${point}" leaves a folder in which nothing is lost`, async () => {
        const mirror = await aboutToSeal();
        const left = mkdtempSync(join(tmpdir(), 'openwebui-sync-killed-'));
        try {
          at(point, () => {
            cpSync(root(), left, { recursive: true });
          });
          mirror.publish();
          assert.ok(readdirSync(left).length > 0, 'the point was reached');
          assertTexts(await publishedTexts(left), 'a', 11);
          const next = await openMirror(left, { shardLimits: SMALL_LIMITS, collectAfterMs: 0 });
          publishChat(next, 'b', messagesOf('b', 8));
          publishChat(next, 'c', messagesOf('c', 8, NOON));
          next.close();
          const texts = await publishedTexts(left);
          assertTexts(texts, 'a', 11);
          assertTexts(texts, 'b', 8);
          assertTexts(texts, 'c', 8);
          assert.deepEqual(await publishedRows(left, 'PRAGMA integrity_check'), [['ok']]);
        } finally {
          rmSync(left, { recursive: true, force: true });
        }
      });
    }
  });

  describe('when it fails', () => {
    for (const point of STEPS) {
      it(`at "${point}" is done by the next publish`, async () => {
        const mirror = await aboutToSeal();
        at(point, () => {
          throw new Error('stopped');
        });
        assert.throws(() => mirror.publish(), /stopped/u);
        const next = await open();
        publishChat(next, 'b', messagesOf('b', 8));
        publishChat(next, 'c', messagesOf('c', 8, NOON));
        const texts = await publishedTexts(root());
        assertTexts(texts, 'a', 11);
        assertTexts(texts, 'b', 8);
        assertTexts(texts, 'c', 8);
      });
    }
  });

  describe('and backups', () => {
    it('keeps the texts of the oldest daily until it goes', async () => {
      let now = NOON;
      const days = await open({ now: () => now, collectAfterMs: 0 });
      publishChat(days, 'day 0', messagesOf('day0-', 11, NOON - 9 * DAY));
      const [first = ''] = shardFiles(root());
      for (const day of [1, 2]) {
        now += DAY;
        publishChat(days, `day ${day}`, messagesOf(`day${day}-`, 8, now));
      }
      // The first generations are gone; the day's copy alone names the first shard.
      for (const count of [1, 2, 3]) {
        publishChat(days, `later ${count}`, messagesOf(`later${count}-`, 1, now));
      }
      assert.ok(!(await named()).includes(first));
      const oldest = join(dataFolderAt(root()).daily, '2025-11-16.db');
      assertTexts(await textsIn(root(), oldest), 'day0-', 11);
      for (const day of [3, 4]) {
        now += DAY;
        publishChat(days, `day ${day}`, messagesOf(`day${day}-`, 1, now));
      }
      assert.ok(!shardFiles(root()).includes(first));
      assertTexts(await publishedTexts(root()), 'day0-', 11);
    });
  });
});
