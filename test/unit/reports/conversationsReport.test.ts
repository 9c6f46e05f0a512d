import assert from 'node:assert/strict';
import { conversationsReport } from '../../../src/reports/conversations/conversationsReport';
import type { ReportModel } from '../../../src/reports/reportModel';
import { expandSql } from '../../../src/reports/sqlTemplate';
import { type MessageOptions, TestMirror, at } from './mirror';
import { report, rows, table, tile, total, type Asked } from './reading';

const definition = conversationsReport;

interface Said extends MessageOptions {
  readonly at?: string;
  /** Not on the path that the chat shows. */
  readonly isAside?: boolean;
}

describe('the report on conversations', () => {
  let mirror: TestMirror;
  let instance: number;
  let ann: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
    ann = mirror.user(instance, 'Ann');
  });
  afterEach(() => mirror.dispose());

  const conversations = (asked: Asked = {}): Promise<ReportModel> => report(mirror, { definition, ...asked });

  /** A message on the path of its chat, which then ends with it. */
  function say(
    chat: number,
    { at: time = '2026-03-02 10:00', isAside = false, ...options }: Said = {},
  ): number {
    const id = mirror.message(chat, at(time), {
      ...options,
      columns: { is_active_branch: Number(!isAside) },
    });
    if (!isAside) {
      mirror.run(
        'UPDATE chats SET current_message_id = (SELECT remote_id FROM message WHERE message.id = ?) WHERE id = ?',
        [id, chat],
      );
    }
    return id;
  }

  const answer = { role: 'assistant' } as const;

  /** A chat of so many turns, each answered. */
  function talk(
    turns: number,
    time = '2026-03-02 10:00',
    columns: Record<string, string | number> = {},
  ): number {
    const chat = mirror.chat(ann);
    for (const [field, value] of Object.entries(columns)) {
      mirror.run(`UPDATE chats SET ${field} = ? WHERE id = ?`, [value, chat]);
    }
    let parent: number | null = null;
    for (let turn = 0; turn < turns; turn++) {
      parent = say(chat, { at: time, parent });
      parent = say(chat, { at: time, parent, ...answer });
    }
    return chat;
  }

  describe('tells length by the path and volume by all branches', () => {
    let chat: number;

    beforeEach(() => {
      chat = mirror.chat(ann);
      const first = say(chat);
      say(chat, { ...answer, parent: first, isAside: true });
      const again = say(chat, { ...answer, parent: first });
      say(chat, { parent: again, isAside: true });
      const edited = say(chat, { parent: again });
      say(chat, { ...answer, parent: edited, model: 'llama3', isAside: true });
      say(chat, { ...answer, parent: edited });
    });

    it('with edits, regenerations and models side by side', async () => {
      const model = await conversations();
      assert.equal(total(model, 'messages_per_chat'), 4);
      assert.equal(total(model, 'rework'), 7 / 4);
      assert.equal(total(model, 'edits'), 1);
      assert.equal(rows(model, 'again')[0]?.['regenerations'], 1);
      const [row] = rows(model, 'longest');
      assert.deepEqual(
        ['path_turns', 'path_messages', 'tree_messages', 'edits'].map((field) => row?.[field]),
        [2, 4, 7, 1],
      );
    });

    it('an edited first turn is an edit too', async () => {
      say(chat, { isAside: true });
      assert.equal(total(await conversations(), 'edits'), 2);
    });

    it('without messages that were removed from a chat that is still there', async () => {
      say(chat, { isDeleted: true });
      assert.equal(total(await conversations(), 'messages_per_chat'), 4);
    });

    it('and all messages of a deleted chat', async () => {
      mirror.run('UPDATE message SET is_deleted = 1');
      mirror.run('UPDATE chats SET is_deleted = 1');
      const model = await conversations();
      assert.equal(total(model, 'messages_per_chat'), 4);
      assert.ok(tile(model, 'chats').note?.endsWith('1 deleted'));
      assert.equal(total(await conversations({ filter: { withoutDeleted: true } }), 'chats'), undefined);
    });

    it('not at all where the path is not known', async () => {
      mirror.run('UPDATE message SET is_active_branch = 0');
      const model = await conversations();
      assert.equal(total(model, 'chats'), 1);
      assert.equal(total(model, 'messages_per_chat'), null);
      assert.equal(total(model, 'single_turn_share'), null);
      assert.equal(tile(model, 'rework').value, '–');
    });
  });

  describe('counts chats with a message in the period', () => {
    it('as wholes, with what came before', async () => {
      const chat = talk(2, '2026-02-10 10:00');
      say(chat, { at: '2026-03-02 10:00' });
      talk(4, '2026-02-11 10:00');
      const model = await conversations();
      assert.equal(total(model, 'chats'), 1);
      assert.equal(total(model, 'messages_per_chat'), 5);
      assert.deepEqual(
        rows(model, 'by_bucket')
          .map(({ started_chats }) => started_chats)
          .filter((count) => count !== 0),
        [],
      );
    });

    it('picked by a model when asked', async () => {
      talk(2);
      const chat = mirror.chat(ann);
      const asked = say(chat);
      say(chat, { ...answer, parent: asked, model: 'llama3' });
      const model = await conversations({ filter: { models: ['llama3'] } });
      assert.equal(total(model, 'chats'), 1);
      assert.equal(total(model, 'messages_per_chat'), 2);
    });
  });

  it('gives mean, median and 90th percentile of the length', async () => {
    for (const turns of [1, 1, 1, 1, 1, 2, 2, 2, 3, 20]) {
      talk(turns);
    }
    const model = await conversations();
    assert.equal(total(model, 'messages_per_chat'), 6.8);
    assert.equal(total(model, 'median_messages_per_chat'), 2);
    assert.equal(total(model, 'p90_messages_per_chat'), 6);
    assert.equal(total(model, 'longest_chat'), 40);
    assert.equal(total(model, 'single_turn_share'), 0.5);
    assert.deepEqual(
      rows(model, 'lengths').map((row) => [row['turns'], row['chats']]),
      [
        ['1', 5],
        ['2', 3],
        ['3', 1],
        ['4', 0],
        ['5', 0],
        ['6 to 10', 0],
        ['11 to 20', 1],
        ['21 to 50', 0],
        ['51 and more', 0],
      ],
    );
  });

  it('divides turns by chats over the whole step, never a mean of days', async () => {
    talk(1, '2026-03-02 10:00');
    talk(1, '2026-03-03 10:00');
    talk(7, '2026-03-03 11:00');
    const [, week] = rows(await conversations({ unit: 'week' }), 'by_bucket');
    assert.deepEqual([week?.['started_chats'], week?.['turns'], week?.['turns_per_chat']], [3, 9, 3]);
  });

  describe('says how chats end', () => {
    it('answered, failed, unanswered, or still open within ten minutes of the sync', async () => {
      talk(1);
      const failed = talk(1);
      say(failed, { ...answer, isError: true, at: '2026-03-02 10:05' });
      const unanswered = talk(1);
      say(unanswered, { at: '2026-03-31 12:20' });
      const running = talk(1);
      say(running, { ...answer, isDone: false, at: '2026-03-02 10:05' });
      const open = talk(1);
      say(open, { at: '2026-03-31 12:21' });
      const unknown = talk(1);
      mirror.run('UPDATE chats SET current_message_id = NULL WHERE id = ?', [unknown]);
      const model = await conversations();
      assert.equal(total(model, 'abandoned_chats'), 3);
      assert.equal(total(model, 'abandoned_share'), 3 / 4);
      assert.equal(tile(model, 'abandoned_share').note, '2 unanswered, 1 failed');
      assert.deepEqual(
        rows(model, 'abandoned').map((row) => [row['chat_id'], row['outcome']]),
        [
          [unanswered, 'No answer'],
          [failed, 'The answer failed'],
          [running, 'No answer'],
        ],
      );
    });

    it('and leads to the chat, by its id where no title is kept', async () => {
      const titled = talk(1, '2026-03-02 10:00', { title: 'Leave days' });
      say(titled, { at: '2026-03-02 10:10' });
      const untitled = talk(1, '2026-03-02 09:00', { remote_id: 'b7f0' });
      say(untitled, { at: '2026-03-02 09:10' });
      const { rows: lines } = table(await conversations(), 'abandoned');
      assert.deepEqual(
        lines.map(([title]) => title),
        [
          { text: 'Leave days', link: { kind: 'chat', chatId: titled } },
          { text: 'b7f0', link: { kind: 'chat', chatId: untitled } },
        ],
      );
    });
  });

  it('counts a chat for each of its tags, and those without any', async () => {
    talk(1, '2026-03-02 10:00', { tags: '["law","code"]' });
    talk(3, '2026-03-02 10:00', { tags: '["law"]' });
    talk(5);
    assert.deepEqual(
      rows(await conversations(), 'by_tag').map((row) => [
        row['tag'],
        row['chats'],
        row['chat_share'],
        row['messages_per_chat'],
        row['single_turn_share'],
      ]),
      [
        ['law', 2, 2 / 3, 4, 0.5],
        ['code', 1, 1 / 3, 2, 1],
        ['No tag', 1, 1 / 3, 10, 0],
      ],
    );
  });

  it("lists people's folders", async () => {
    talk(1, '2026-03-02 10:00', { folder_id: 'f1' });
    talk(2, '2026-03-09 10:00', { folder_id: 'f1' });
    talk(2);
    assert.deepEqual(
      rows(await conversations(), 'by_folder').map((row) => [
        row['folder'],
        row['user'],
        row['chats'],
        row['last_message_on'],
      ]),
      [['f1', 'Ann', 2, '2026-03-09']],
    );
  });

  describe('finds sittings', () => {
    it('by pauses of 30 minutes, over all chats of a user', async () => {
      const chats = [mirror.chat(ann), mirror.chat(ann)] as const;
      for (const [chat, time] of [
        [0, '2026-03-02 10:00'],
        [1, '2026-03-02 10:29'],
        [0, '2026-03-02 10:58'],
        [0, '2026-03-02 11:28'],
        [0, '2026-03-03 11:00'],
      ] as const) {
        mirror.message(chats[chat], at(time));
      }
      const ben = mirror.chat(mirror.user(instance, 'Ben'));
      mirror.message(ben, at('2026-03-02 10:30'));
      const [found] = rows(await conversations(), 'sittings');
      assert.deepEqual(
        ['sittings', 'sittings_per_user', 'median_turns_per_sitting'].map((id) => found?.[id]),
        [4, 2, 1],
      );
    });

    it('of the period alone, and against the span before', async () => {
      const chat = mirror.chat(ann);
      for (const time of ['2026-01-10 10:00', '2026-02-28 23:50', '2026-03-01 00:10', '2026-03-01 00:20']) {
        mirror.message(chat, at(time));
      }
      const model = await conversations();
      assert.equal(tile(model, 'sittings').value, '1');
      assert.equal(tile(model, 'sittings').change?.before, 'from 1');
      assert.equal(tile(model, 'median_turns_per_sitting').value, '2');
    });
  });

  for (const [zone, first] of [
    ['Asia/Kolkata', '2026-03-05'],
    ['America/New_York', '2026-03-06'],
    ['America/New_York', '2025-10-31'],
    ['UTC', '2026-03-06'],
  ] as const) {
    it(`adds single days up to the whole around the nights of ${zone} from ${first}`, async () => {
      mirror.dispose();
      mirror = await TestMirror.create(zone);
      instance = mirror.instance('fasgpt');
      ann = mirror.user(instance, 'Ann');
      const start = at(`${first} 00:00`);
      for (let time = start - 86_400; time < start + 5 * 86_400; time += 3600) {
        mirror.message(mirror.chat(ann), time);
      }
      const iso = (day: number): string => new Date((start + day * 86_400) * 1000).toISOString().slice(0, 10);
      const chatsOf = async (from: number, to: number): Promise<number> =>
        Number(
          total(await conversations({ period: { kind: 'days', from: iso(from), to: iso(to) } }), 'chats'),
        );
      const days = [await chatsOf(0, 0), await chatsOf(1, 1), await chatsOf(2, 2)];
      assert.equal(
        days.reduce((sum, count) => sum + count, 0),
        await chatsOf(0, 2),
      );
      const hours = zone === 'America/New_York' ? (first < '2026' ? 25 : 23) : 24;
      assert.deepEqual(days, [24, 24, hours]);
    });
  }

  it('reads conversations from an index alone', () => {
    for (const [id, dataset] of Object.entries(definition.datasets)) {
      if ('sql' in dataset && id !== 'late_input') {
        for (const access of ['index', 'scan'] as const) {
          const steps = mirror.plan(expandSql(dataset.sql, { access, filter: {} }), {});
          const scans = steps.filter((step) => /^SCAN m$/u.test(step));
          assert.deepEqual(scans, [], `${id} by ${access}`);
        }
      }
    }
  });
});
