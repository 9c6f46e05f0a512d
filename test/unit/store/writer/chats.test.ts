import assert from 'node:assert/strict';
import type { ApplyChatResult } from '../../../../src/store/writeResults';
import type { ChatRecord, MessageRecord } from '../../../../src/store/records';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import {
  begin,
  chat,
  counts,
  exchange,
  fetched,
  message,
  NOON,
  openMirror,
  user,
  useTemporaryFolder,
} from '../builders';
import { publishedRows } from '../published';

describe('The writer, for chats and their messages', () => {
  const root = useTemporaryFolder();
  let mirror: MirrorDatabase;
  let now = NOON;
  let run = '';
  beforeEach(async () => {
    now = NOON;
    mirror = await openMirror(root(), { now: () => now });
    run = begin(mirror);
    mirror.applyUsers(run, [user('ann'), user('bob')]);
  });
  afterEach(() => {
    mirror.close();
  });
  const published = async (sql: string): Promise<unknown> => {
    mirror.publish();
    return publishedRows(root(), sql);
  };
  const apply = (record: ChatRecord, changes = {}): Extract<ApplyChatResult, { outcome: 'applied' }> => {
    const result = mirror.applyChat(run, fetched(record, changes));
    assert.ok(result.outcome === 'applied');
    return result;
  };

  it('writes a chat with its tree, its text and the models that answered', async () => {
    const record = chat('c1', { tags: ['a', 'b'], archived: true, messages: exchange('x', 'llama') });
    assert.deepEqual(apply(record), {
      outcome: 'applied',
      chats: counts({ seen: 1, inserted: 1 }),
      messages: counts({ seen: 2, inserted: 2 }),
      isSettled: true,
    });
    assert.deepEqual(
      await published('SELECT title, archived, tags, message_count, is_settled, fetched_at_epoch FROM chats'),
      [['Chat c1', 1, '["a","b"]', 2, 1, NOON]],
    );
    assert.deepEqual(
      await publishedRows(
        root(),
        `SELECT m.remote_id, p.remote_id, m.role, m.model_id, m.created_at, m.input_tokens, m.content, m.content_chars
         FROM messages m LEFT JOIN messages p ON p.id = m.parent_id ORDER BY m.id`,
      ),
      [
        ['x-q', null, 'user', null, '2025-11-15 13:00:00', null, 'text of x-q', 11],
        ['x-a', 'x-q', 'assistant', 'llama', '2025-11-15 13:00:00', 10, 'text of x-a', 11],
      ],
    );
    assert.deepEqual(
      await publishedRows(root(), 'SELECT model_id, message_count, instance_id FROM chat_models'),
      [['llama', 1, 1]],
    );
  });

  it('leaves equal rows untouched and keeps ids when others change', async () => {
    apply(chat('c1', { messages: exchange('x') }));
    const ids = 'SELECT remote_id, id, sync_datetime_epoch FROM message ORDER BY id';
    const before = (await published(ids)) as [string, number, number][];
    now += 60;
    const [question, answer] = exchange('x') as [MessageRecord, MessageRecord];
    const result = apply(chat('c1', { messages: [question, { ...answer, rating: 1, content: 'better' }] }));
    assert.deepEqual(result.messages, counts({ seen: 2, updated: 1, unchanged: 1 }));
    assert.deepEqual(result.chats, counts({ seen: 1, unchanged: 1 }));
    assert.deepEqual(await published(ids), [before[0], ['x-a', before[1]?.[1], NOON + 60]]);
    assert.deepEqual(await publishedRows(root(), 'SELECT rating, content FROM messages WHERE rating = 1'), [
      [1, 'better'],
    ]);
  });

  it('dates a chat by the run that changed no more than a message of it', async () => {
    const [question, ...others] = exchange('m');
    assert.ok(question !== undefined);
    apply(chat('c1', { messages: [question, ...others] }));
    now = NOON + 60;
    apply(chat('c1', { messages: [{ ...question, content: 'an edit' }, ...others] }));
    assert.deepEqual(await published('SELECT sync_datetime_epoch FROM chats'), [[now]]);
  });

  it('writes nothing at all when nothing has changed', () => {
    apply(chat('c1'));
    mirror.publish();
    now += 60;
    const result = apply(chat('c1'), { fetchedAt: NOON + 60 });
    assert.deepEqual(result.messages, counts({ seen: 2, unchanged: 2 }));
    assert.equal(mirror.publish().published, false);
  });

  it('marks a message that left the tree, keeps its text, and unmarks it when it is back', async () => {
    const messages = [...exchange('x'), ...exchange('y', 'llama')];
    apply(chat('c1', { messages }));
    assert.deepEqual(
      apply(chat('c1', { messages: exchange('x') })).messages,
      counts({ seen: 2, unchanged: 2, deleted: 2 }),
    );
    assert.deepEqual(
      await published(
        "SELECT remote_id, is_deleted, content FROM messages WHERE remote_id > 'y' ORDER BY id",
      ),
      [
        ['y-q', 1, 'text of y-q'],
        ['y-a', 1, 'text of y-a'],
      ],
    );
    assert.deepEqual(await publishedRows(root(), 'SELECT message_count FROM chats'), [[2]]);
    assert.deepEqual(await publishedRows(root(), 'SELECT model_id FROM chat_models'), [['gpt-4o']]);
    assert.deepEqual(
      apply(chat('c1', { messages })).messages,
      counts({ seen: 4, unchanged: 2, restored: 2 }),
    );
    assert.deepEqual(await published('SELECT message_count FROM chats'), [[4]]);
  });

  it('marks a deleted chat with its messages and restores all when it is back', async () => {
    apply(chat('c1'));
    assert.deepEqual(mirror.markDeleted(run, 'chats', ['c1']), counts({ deleted: 1 }));
    const flags = `SELECT c.is_deleted, c.message_count, sum(m.is_deleted), max(cm.is_deleted) FROM chats c
      JOIN message m ON m.chat_id = c.id JOIN chat_models cm ON cm.chat_id = c.id`;
    assert.deepEqual(await published(flags), [[1, 0, 2, 1]]);
    const back = apply(chat('c1'));
    assert.deepEqual(back.chats, counts({ seen: 1, restored: 1 }));
    assert.deepEqual(back.messages, counts({ seen: 2, restored: 2 }));
    assert.deepEqual(await published(flags), [[0, 2, 0, 0]]);
  });

  it('gives a message whose parent is not there no parent, and takes a repeated id once', async () => {
    apply(chat('c1', { messages: [message('a', { parentRemoteId: 'gone' }), message('b'), message('b')] }));
    assert.deepEqual(await published('SELECT remote_id, parent_id FROM message ORDER BY id'), [
      ['a', null],
      ['b', null],
    ]);
  });

  it('files a message under its local day and hour', async () => {
    const lateEvening = Date.UTC(2025, 6, 1, 22, 30) / 1000;
    apply(chat('c1', { messages: [message('a', { createdAt: lateEvening })] }));
    assert.deepEqual(await published('SELECT created_at, day, hour FROM message'), [
      ['2025-07-02 00:30:00', 20_271, 0],
    ]);
  });

  it('counts characters as SQLite does', async () => {
    apply(chat('c1', { messages: [message('a', { content: 'né 😀' })] }));
    assert.deepEqual(await published('SELECT content_chars, length(content) FROM messages'), [[4, 4]]);
  });

  it('moves messages along with a chat that has another owner', async () => {
    apply(chat('c1'));
    apply(chat('c1', { userRemoteId: 'bob' }));
    assert.deepEqual(
      await published('SELECT DISTINCT u.remote_id FROM message m JOIN users u ON u.id = m.user_id'),
      [['bob']],
    );
  });

  describe('a body that is no chat', () => {
    it('is malformed and changes nothing', () => {
      apply(chat('c1'));
      mirror.publish();
      const broken = mirror.applyChat(run, fetched(chat('c1'), { body: Buffer.from('{"id":') }));
      assert.deepEqual(broken, { outcome: 'malformed', reason: 'not JSON' });
      const other = mirror.applyChat(run, { ...fetched(chat('c2')), remoteId: 'c1' });
      assert.equal(other.outcome, 'malformed');
      assert.equal(mirror.publish().published, false);
    });
  });

  describe('what decides about the next fetch', () => {
    const known = (): unknown => mirror.knownChats(run, 'ann')[0];

    it('is the title of the list, the time and the state of the last fetch', () => {
      const listed = { remoteId: 'c1', title: 'Listed', updatedAt: NOON - 86_000 };
      apply(chat('c1'), { listed });
      assert.deepEqual(known(), {
        remoteId: 'c1',
        updatedAt: NOON - 86_000,
        listTitle: 'Listed',
        isSettled: true,
        fetchedAt: NOON,
        isDeleted: false,
      });
      apply(chat('c1'));
      assert.equal(mirror.knownChats(run, 'ann')[0]?.listTitle, 'Listed', 'a fetch without a list keeps it');
      assert.deepEqual(mirror.knownChats(run, 'nobody'), []);
    });

    it('is unsettled within ten minutes after a change', () => {
      const record = chat('c1', { updatedAt: NOON - 599 });
      assert.equal(apply(record).isSettled, false);
      const later = apply(record, { serverNow: NOON + 1, fetchedAt: NOON + 1 });
      assert.equal(later.isSettled, true);
      assert.deepEqual(later.messages.unchanged, 2);
      const { isSettled, fetchedAt } = mirror.knownChats(run, 'ann')[0] ?? {};
      assert.deepEqual([isSettled, fetchedAt], [true, NOON + 1]);
    });

    it('is settled when the chat is dated in the future: waiting for that day would tell nothing', () => {
      assert.equal(apply(chat('c1', { updatedAt: NOON + 86_400 })).isSettled, true);
    });

    it('is the time of a fetch that changed nothing only where that was asked for', () => {
      apply(chat('c1'));
      const at = (fetchedAt: number, keepsTime?: boolean): number | undefined => {
        apply(chat('c1'), { fetchedAt, keepsTime });
        return mirror.knownChats(run, 'ann')[0]?.fetchedAt;
      };
      assert.deepEqual([at(NOON + 1), at(NOON + 2, true)], [NOON, NOON + 2]);
    });

    it('is unsettled while an answer runs, for a day at most', () => {
      const answering = [message('q'), message('a', { role: 'assistant', isDone: false })];
      const record = chat('c1', { updatedAt: NOON - 3600, messages: answering });
      assert.equal(apply(record).isSettled, false);
      assert.equal(apply(record, { serverNow: NOON + 86_400 }).isSettled, true);
    });
  });

  describe('messages that a cloned chat repeats', () => {
    const copies =
      'SELECT c.remote_id, m.is_copy FROM message m JOIN chats c ON c.id = m.chat_id GROUP BY 1, 2';
    const original = chat('original', { createdAt: NOON - 9_000, messages: exchange('x') });
    const clone = chat('clone', { createdAt: NOON - 5_000, messages: exchange('x') });

    it('count once, in the oldest chat', async () => {
      apply(original);
      apply(clone);
      assert.deepEqual(await published(copies), [
        ['clone', 1],
        ['original', 0],
      ]);
      assert.deepEqual(
        await publishedRows(root(), 'SELECT count(*), sum(input_tokens) FROM messages_counted'),
        [[2, 10]],
      );
    });

    it('count in the oldest chat also when it arrives later', async () => {
      apply(clone);
      apply(original);
      assert.deepEqual(await published(copies), [
        ['clone', 1],
        ['original', 0],
      ]);
    });

    it('count in the copy once the original is deleted, and in the original again when it is back', async () => {
      apply(original);
      apply(clone);
      mirror.markDeleted(run, 'chats', ['original']);
      assert.deepEqual(await published(copies), [
        ['clone', 0],
        ['original', 1],
      ]);
      apply(original);
      assert.deepEqual(await published(copies), [
        ['clone', 1],
        ['original', 0],
      ]);
    });

    it('count per instance', async () => {
      apply(original);
      const other = begin(mirror, 'run-2', 2);
      mirror.applyChat(other, fetched(clone));
      assert.deepEqual(await published(copies), [
        ['clone', 0],
        ['original', 0],
      ]);
    });
  });
});
