import assert from 'node:assert/strict';
import type { Backup } from '../../../../src/store/backups/backupTypes';
import {
  amountsText,
  consequenceText,
  flawText,
  kindText,
  originText,
  restoredText,
  timeText,
} from '../../../../src/sync/texts/backupText';

const NOON = Date.UTC(2025, 10, 16, 12) / 1000;

function backup(
  changes: Partial<Backup> & Partial<Record<'chats' | 'messages' | 'deletedChats', number>> = {},
): Backup {
  const { chats = 10, messages = 100, deletedChats = 0, ...rest } = changes;
  return {
    ...{ name: 'db/00001234.db', kind: 'generation', number: 1234, writtenAt: NOON, schema: 3, bytes: 4_200 },
    ...{ missingTexts: [], isNewest: false },
    instances: [{ instanceId: 1, name: 'one', users: 2, chats, messages, deletedChats }],
    ...rest,
  };
}

describe('the words about a backup', () => {
  const now = backup({ name: 'db/00001235.db', isNewest: true, chats: 22, messages: 140 });

  it('tell its time, what it holds and where it comes from', () => {
    assert.equal(timeText(backup(), 'Europe/Berlin'), '2025-11-16 13:00:00');
    assert.equal(timeText(backup({ writtenAt: undefined }), 'UTC'), 'db/00001234.db');
    assert.equal(amountsText(backup({ chats: 1, messages: 1_245 })), '2 users, 1 chat, 1,245 messages');
    assert.equal(originText(backup()), 'one of the last · no. 1,234 · 4.2 kB');
    assert.equal(originText(now), 'now · one of the last · no. 1,234 · 4.2 kB');
    assert.deepEqual(
      (['daily/a.db', 'pinned/restore-1.db', 'pinned/schema-2-1.db', 'corrupt/a.db'] as const).map((name) =>
        kindText({
          name,
          kind: name.startsWith('daily') ? 'daily' : name.startsWith('pinned') ? 'pinned' : 'damaged',
        }),
      ),
      ['one a day', 'before a restore', 'before an update', 'put aside'],
    );
  });

  it('say what a restore would change', () => {
    const first = (item: Backup, present = now): string | undefined =>
      consequenceText(item, [present, item])[0];
    assert.equal(first(backup()), 'It holds 12 chats and 40 messages fewer than now.');
    assert.equal(first(backup({ chats: 22, messages: 141 })), 'It holds 1 message more than now.');
    assert.equal(
      first(backup({ chats: 21, messages: 150 })),
      'It holds 1 chat fewer and 10 messages more than now.',
    );
    assert.equal(
      first(backup({ chats: 22, messages: 140 })),
      'It holds as many users, chats and messages as now.',
    );
    assert.equal(
      consequenceText(backup(), [backup()])[0],
      'It holds 2 users, 10 chats and 100 messages more than now.',
      'where nothing is there now',
    );
    assert.deepEqual(consequenceText(backup(), [now]).slice(1), [
      'What is there now stays as a backup. The next sync goes on from where the backup stood.',
    ]);
  });

  it('say before it is too late what only the present state has, and which text is gone', () => {
    const present = { ...now, instances: backup({ deletedChats: 3 }).instances };
    const lines = consequenceText(backup({ deletedChats: 1, missingTexts: ['0001-a.db', '0002-b.db'] }), [
      present,
    ]);
    assert.deepEqual(lines.slice(1, 3), [
      '2 chats that the server has no more would be in the backup of now alone.',
      'Text of older messages is not there any more: 2 files below content/ missing.',
    ]);
    assert.equal(flawText(backup()), undefined);
    assert.equal(flawText(backup({ problem: 'The file is damaged.' })), 'The file is damaged.');
  });

  it('say what was done and where the earlier state is', () => {
    const done = { generation: 9, published: true } as const;
    assert.equal(
      restoredText(backup(), { ...done, before: 'pinned/restore-00001235.db' }, 'UTC'),
      'Restored the backup of 2025-11-16 12:00:00: 2 users, 10 chats, 100 messages. What was there before is kept as pinned/restore-00001235.db.',
    );
    assert.equal(
      restoredText(backup(), done, 'UTC'),
      'Restored the backup of 2025-11-16 12:00:00: 2 users, 10 chats, 100 messages.',
    );
  });
});
