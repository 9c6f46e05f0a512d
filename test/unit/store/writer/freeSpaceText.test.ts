import assert from 'node:assert/strict';
import type { MessageRecord } from '../../../../src/store/records';
import type { FreeUpPlan, FreeUpKind, RetentionPolicy } from '../../../../src/store/retention/retention';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, NOON, runEnd, useMirrors, user } from '../builders';
import { publishedRows } from '../published';
import { messagesOf, publishChat, publishedTexts, SMALL_LIMITS, textOf, writeChat } from '../shards';

const months = (textMonths: number): RetentionPolicy => ({ textMonths, runDays: 90 });
const at = (utc: string): number => Date.parse(`${utc}Z`) / 1000;

function item({ items }: Pick<FreeUpPlan, 'items'>, kind: FreeUpKind) {
  const found = items.find((each) => each.kind === kind);
  assert.ok(found);
  return found;
}

describe('Freeing the text of older messages', () => {
  const { root, open, close } = useMirrors();

  /** Ids of the messages that have text, oldest first. */
  async function withText(): Promise<string[]> {
    return [...(await publishedTexts(root()))]
      .filter(([, text]) => text !== undefined)
      .map(([remoteId]) => remoteId);
  }

  function oneOf(remoteId: string, createdAt: number, content = textOf(remoteId)): MessageRecord {
    return message(remoteId, { createdAt, content });
  }

  const BORDERS: readonly {
    readonly what: string;
    readonly zone: string;
    readonly now: string;
    readonly months: number;
    readonly firstKept: string;
    readonly date: string;
  }[] = [
    {
      what: 'at local midnight, east of Greenwich',
      zone: 'Europe/Berlin',
      now: '2025-11-16T12:00:00',
      months: 12,
      firstKept: '2024-11-15T23:00:00',
      date: '2024-11-16',
    },
    {
      what: 'at local midnight, west of Greenwich',
      zone: 'America/New_York',
      now: '2025-11-16T12:00:00',
      months: 12,
      firstKept: '2024-11-16T05:00:00',
      date: '2024-11-16',
    },
    {
      what: 'where it is tomorrow already',
      zone: 'Pacific/Auckland',
      now: '2025-11-16T12:00:00',
      months: 1,
      firstKept: '2025-10-16T11:00:00',
      date: '2025-10-17',
    },
    {
      what: 'on the day that has 25 hours',
      zone: 'Europe/Berlin',
      now: '2025-11-26T12:00:00',
      months: 1,
      firstKept: '2025-10-25T22:00:00',
      date: '2025-10-26',
    },
    {
      what: 'on the day that has 23 hours',
      zone: 'Europe/Berlin',
      now: '2025-04-30T12:00:00',
      months: 1,
      firstKept: '2025-03-29T23:00:00',
      date: '2025-03-30',
    },
    {
      what: 'on a leap day, from the end of March',
      zone: 'UTC',
      now: '2024-03-31T12:00:00',
      months: 1,
      firstKept: '2024-02-29T00:00:00',
      date: '2024-02-29',
    },
    {
      what: 'a year after a leap day',
      zone: 'UTC',
      now: '2024-02-29T12:00:00',
      months: 12,
      firstKept: '2023-02-28T00:00:00',
      date: '2023-02-28',
    },
  ];
  for (const { what, zone, now, months: count, firstKept, date } of BORDERS) {
    it(`ends ${what}`, async () => {
      const mirror = await open({ zone, now: () => at(now) });
      const border = at(firstKept);
      publishChat(mirror, 'c', [oneOf('goes', border - 1), oneOf('stays', border)]);
      assert.deepEqual(item(mirror.planFreeUp(months(count)), 'text'), {
        kind: 'text',
        rows: 1,
        bytes: 100,
        olderThan: date,
      });
      mirror.freeUp(months(count));
      assert.deepEqual(await withText(), ['stays']);
    });
  }

  it('keeps the rows with all their numbers, and the titles', async () => {
    const mirror = await open();
    publishChat(mirror, 'c', [oneOf('old', NOON - 400 * 86_400, 'Grüße 🎉'), oneOf('new', NOON - 100)]);
    const facts = `SELECT m.remote_id, m.content_chars, m.row_hash, m.sync_datetime, c.title, c.row_hash
      FROM message m JOIN chats c ON c.id = m.chat_id ORDER BY m.id`;
    const before = await publishedRows(root(), facts);
    assert.equal(item(mirror.planFreeUp(months(12)), 'text').bytes, Buffer.byteLength('Grüße 🎉'));
    const result = mirror.freeUp(months(12));
    assert.equal(result.published, true);
    assert.equal(item(result, 'text').rows, 1);
    assert.deepEqual(await publishedRows(root(), facts), before);
    assert.deepEqual(await publishedRows(root(), 'SELECT content, content_chars FROM messages ORDER BY id'), [
      [null, 7],
      [textOf('new'), 100],
    ]);
  });

  it('is not undone by the next sync, unless a message was changed', async () => {
    const mirror = await open();
    const old = [oneOf('a', NOON - 400 * 86_400), oneOf('b', NOON - 399 * 86_400)];
    publishChat(mirror, 'c', old);
    mirror.freeUp(months(12));
    publishChat(mirror, 'c', old);
    assert.deepEqual(await withText(), []);
    publishChat(mirror, 'c', [oneOf('a', NOON - 400 * 86_400, 'edited'), ...old.slice(1)]);
    assert.deepEqual(await withText(), ['a']);
  });

  it('takes it from shards, and counts what is in them exactly', async () => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    const border = NOON - 366 * 86_400;
    publishChat(mirror, 'a', messagesOf('a', 11, border - 2 * 86_400));
    publishChat(mirror, 'b', messagesOf('b', 11, border + 86_400 * 2));
    const [shards] = await publishedRows(root(), 'SELECT count(DISTINCT content_shard) FROM message');
    assert.ok(Number(shards?.[0]) > 0);
    // All of one shard, or parts of it: neither changes what is told.
    assert.deepEqual(item(mirror.planFreeUp(months(12)), 'text'), {
      kind: 'text',
      rows: 11,
      bytes: 1_100,
      olderThan: '2024-11-16',
    });
    mirror.freeUp(months(12));
    assert.deepEqual(
      await withText(),
      messagesOf('b', 11).map(({ remoteId }) => remoteId),
    );
    assert.equal(item(mirror.planFreeUp(months(12)), 'text').rows, 0);
    assert.equal(mirror.freeUp(months(12)).published, false);
  });

  it('keeps all text with 0 months', async () => {
    const mirror = await open();
    publishChat(mirror, 'c', [oneOf('a', 0)]);
    assert.deepEqual(item(mirror.planFreeUp(months(0)), 'text'), { kind: 'text', rows: 0, bytes: 0 });
    mirror.freeUp(months(0));
    assert.deepEqual(await withText(), ['a']);
  });

  it('makes the file smaller', async () => {
    const mirror = await open();
    publishChat(
      mirror,
      'c',
      Array.from({ length: 200 }, (_, index) => oneOf(`m${index}`, 86_400 * index, 'x'.repeat(5_000))),
    );
    const { imageBytesBefore, imageBytesAfter } = mirror.freeUp(months(12));
    assert.ok(imageBytesBefore > 1_000_000, String(imageBytesBefore));
    assert.ok(imageBytesAfter < 450_000, String(imageBytesAfter));
  });

  it('tells what the mirror takes', async () => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    publishChat(mirror, 'a', messagesOf('a', 11));
    mirror.refreshCopies();
    const { space } = mirror.planFreeUp(months(12));
    assert.equal(space.inlineTextBytes, 300);
    assert.ok(space.shardBytes > 800);
    assert.ok(space.imageBytes > 0 && space.copyBytes > 0 && space.backupBytes > 0);
    const { imageBytes, shardBytes, backupBytes, copyBytes, totalBytes } = space;
    assert.ok(totalBytes >= imageBytes + shardBytes + backupBytes + copyBytes);
  });

  it('is planned on a throw-away copy, and done on none', async () => {
    const mirror = await open();
    publishChat(mirror, 'c', [oneOf('a', 0)]);
    const copy = await open({ isDryRun: true });
    assert.equal(item(copy.planFreeUp(months(12)), 'text').rows, 1);
    assert.throws(() => copy.freeUp(months(12)), /A preview changes nothing/);
  });

  it('is refused while a sync runs, and for a policy out of bounds', async () => {
    const mirror = await open();
    publishChat(mirror, 'c', [oneOf('a', 0)]);
    assert.throws(() => mirror.freeUp(months(-1)));
    assert.throws(() => mirror.planFreeUp(months(0.5)));
    begin(mirror, 'next');
    assert.throws(() => mirror.freeUp(months(12)), /A sync is running/);
    mirror.endRun(runEnd({ runId: 'next' }));
    mirror.publish();
    assert.deepEqual(await withText(), ['a']);
  });

  describe('by itself after a sync', () => {
    const old = NOON - 400 * 86_400;
    let now = NOON;
    beforeEach(() => {
      now = NOON;
    });
    const reopen = (mirror: MirrorDatabase | undefined, retention?: RetentionPolicy) => {
      if (mirror !== undefined) {
        close(mirror);
      }
      return open({ retention, now: () => now, shardLimits: SMALL_LIMITS });
    };
    const agree = (mirror: MirrorDatabase, textMonths: number): void => {
      mirror.freeUp({ ...months(textMonths), agreesForLater: true });
    };

    it('happens only for as many months as a person agreed to', async () => {
      let mirror = await reopen(undefined, months(12));
      publishChat(mirror, 'c', [oneOf('a', old)]);
      assert.deepEqual(await withText(), ['a']);
      assert.equal(mirror.planFreeUp(months(12)).agreedTextMonths, undefined);
      agree(mirror, 24);
      publishChat(mirror, 'd', [oneOf('b', old)]);
      assert.deepEqual(await withText(), ['a', 'b']);
      mirror = await reopen(mirror, months(24));
      publishChat(mirror, 'e', [oneOf('c', old)]);
      assert.deepEqual(await withText(), ['a', 'b', 'c']);
      agree(mirror, 12);
      assert.equal(mirror.planFreeUp(months(12)).agreedTextMonths, 12);
      mirror = await reopen(mirror, months(12));
      publishChat(mirror, 'f', [oneOf('d', old), oneOf('e', NOON - 100)]);
      assert.deepEqual(await withText(), ['e']);
    });

    it('is left to those who have the settings: the command line removes no text', async () => {
      let mirror = await reopen(undefined, months(12));
      agree(mirror, 12);
      mirror = await reopen(mirror);
      publishChat(mirror, 'c', [oneOf('a', old)]);
      assert.deepEqual(await withText(), ['a']);
    });

    it('waits for the end of a run', async () => {
      const mirror = await reopen(undefined, months(12));
      agree(mirror, 12);
      const run = begin(mirror, 'long run');
      mirror.applyUsers(run, [user('ann')]);
      mirror.applyChat(run, fetched(chat('c', { messages: [oneOf('a', old)] })));
      mirror.publish();
      assert.deepEqual(await withText(), ['a']);
      mirror.endRun(runEnd({ runId: run }));
      mirror.publish();
      assert.deepEqual(await withText(), []);
    });

    it('writes shards anew once a week, not for each day', async () => {
      const mirror = await reopen(undefined, months(12));
      agree(mirror, 12);
      // The first eleven grow too old one a day, from tomorrow on; most of them move to a shard.
      const first = NOON - 365 * 86_400;
      publishChat(
        mirror,
        'c',
        Array.from({ length: 11 }, (_, index) => oneOf(`m${index}`, first + index * 86_400)),
      );
      const sync = async (days: number): Promise<number> => {
        now = NOON + days * 86_400;
        writeChat(mirror, `at ${days}`, [oneOf(`new ${days}`, now - 100, 'short')]);
        mirror.publish();
        return 11 - (await withText()).filter((remoteId) => remoteId.startsWith('m')).length;
      };
      assert.equal(await sync(1), 0);
      assert.equal(await sync(6), 0);
      assert.equal(await sync(7), 7);
      assert.equal(await sync(8), 7);
    });
  });
});
