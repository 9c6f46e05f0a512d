import assert from 'node:assert/strict';
import { BIG_INTEGER } from '../../../../src/sample/hostile/answers';
import type { ChatBody, SampleMessage } from '../../../../src/sample/model';
import { useMirroring } from '../engine/harness';
import {
  assertTells,
  callsTo,
  CHAT,
  FULL,
  hostile,
  LIST,
  living,
  mirrored,
  noteOf,
  streamOf,
} from './support';

describe('The failure catalogue: bodies', () => {
  const mirroring = useMirroring();

  for (const name of ['truncated JSON', 'truncated close-delimited'] as const) {
    for (const [what, at] of [
      ['a chat', CHAT],
      ['a list of chats', LIST],
      ['the list of users', '/api/v1/users/'],
    ] as const) {
      it(`case 8: ${name}: ${what} is asked for again, and complete`, async () => {
        const m = mirroring();
        await m.start();
        m.addUser('bob', 3);
        hostile(m, name, { at, times: 1 });
        const run = await m.sync(FULL);
        assert.deepEqual([run.status, run.counts.quarantined], ['ok', 0]);
        assert.deepEqual(await living(m), [2, 3, 6]);
      });
    }

    it(`case 8: ${name} for good: the page is dropped whole and deletes nothing`, async () => {
      const m = mirroring();
      const { id, chatIds } = await mirrored(m, 3);
      m.world.chats.remove(chatIds[0]!);
      hostile(m, name, { at: LIST + id });
      const run = await m.sync(FULL);
      assert.deepEqual([run.status, run.counts.deleted], ['partial', 0]);
      assert.equal(callsTo(m, LIST + id), 4);
      assertTells(m, streamOf(run, 'chats').error, /Try again/);
      assert.deepEqual(await living(m), [2, 3, 6]);
    });
  }

  for (const name of ['64 MB chat', '64 MB chat, announced'] as const) {
    it(`case 10: ${name} is set aside; all others are mirrored`, async () => {
      const m = mirroring();
      await m.start();
      const { chatIds } = m.addUser('bob', 3);
      hostile(m, name, { at: CHAT + chatIds[1]! });
      const run = await m.sync(FULL);
      assert.deepEqual([run.status, run.counts.quarantined], ['ok', 1]);
      assert.equal(callsTo(m, CHAT + chatIds[1]!), 1, 'what is too large stays so');
      assert.deepEqual(await m.rows('SELECT remote_id, reason FROM quarantine'), [[chatIds[1], 'tooLarge']]);
      assert.deepEqual(await living(m), [2, 2, 4]);
      assert.ok(m.log.lines.some((line) => line.includes(chatIds[1]!) && line.includes('tooLarge')));
    });
  }

  it('case 10: a chat of 8 MB and 2,000 messages is one row for each message', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 1);
    m.at(-86_400, () => {
      const body = chainOf(2_000, 'x'.repeat(4_096));
      m.world.chats.get(chatIds[0]!).body = body;
    });
    const run = await m.sync(FULL);
    assert.equal(run.status, 'ok', run.error);
    assert.ok((run.bytesReceived ?? 0) > 8_000_000);
    assert.equal(await m.count('message'), 2_000);
    assert.deepEqual(await m.rows('SELECT message_count FROM chats'), [[2_000]]);
  });

  it('case 18: fields of other types are NULL; the chat and its messages are there', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 2);
    hostile(m, 'wrong types', { at: CHAT + chatIds[0]! });
    const run = await m.sync(FULL);
    assert.deepEqual([run.status, run.counts.quarantined], ['ok', 0]);
    assert.equal(callsTo(m, CHAT + chatIds[0]!), 1);
    assert.deepEqual(await living(m), [2, 2, 4]);
    const [row] = await m.rows(
      `SELECT title, archived, updated_at_epoch FROM chats WHERE remote_id = '${chatIds[0]!}'`,
    );
    assert.deepEqual(row, [null, 0, null]);
    const models = await m.rows(
      `SELECT DISTINCT m.model_id FROM message m JOIN chats c ON c.id = m.chat_id WHERE c.remote_id = '${chatIds[0]!}'`,
    );
    assert.deepEqual(models, [[null]]);
  });

  it('case 18: unknown fields in every answer change nothing', async () => {
    const m = mirroring();
    await mirrored(m, 3);
    hostile(m, 'unknown fields');
    const run = await m.sync(FULL);
    assert.equal(run.status, 'ok', run.error);
    assert.deepEqual([run.counts.inserted, run.counts.updated, run.counts.deleted], [0, 0, 0]);
    assert.ok(run.counts.unchanged >= 9);
  });

  it('case 18: a role that nobody knows is kept as it is', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 1);
    m.at(-86_400, () =>
      m.world.chats.addMessage(chatIds[0]!, { role: 'oracle' as 'assistant', content: 'Hm' }),
    );
    assert.equal((await m.sync(FULL)).status, 'ok');
    assert.equal(await m.count('message', "role = 'oracle'"), 1);
  });

  it('case 18: rows without a usable id are told, and their list deletes nothing', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 3);
    m.world.chats.remove(chatIds[0]!);
    hostile(m, 'unusable ids');
    const run = await m.sync(FULL);
    assert.equal(run.counts.deleted, 0);
    assert.deepEqual(await living(m), [2, 3, 6]);
    assert.match(
      noteOf(run, 'rowsUnusable') ?? '',
      /^Chats: .* without a usable id.*nothing was deleted.*\.$/,
    );
  });

  it('case 19: integers beyond 2^53 never become other numbers', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 1);
    m.at(-86_400, () =>
      m.world.chats.addTurn(chatIds[0]!, {
        answers: [{ usage: { prompt_tokens: 12, completion_tokens: 5 } }],
      }),
    );
    hostile(m, 'big integers');
    const run = await m.sync(FULL);
    assert.equal(run.status, 'ok', run.error);
    const rows = await m.rows(
      'SELECT input_tokens, output_tokens FROM message WHERE output_tokens IS NOT NULL',
    );
    assert.equal(rows.length, 1);
    const [input, output] = rows[0] ?? [];
    assert.equal(output, 5);
    assert.ok(input === null || String(input) === BIG_INTEGER, String(input));
  });

  it('case 19: ids that are such integers are asked for digit by digit', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 2);
    const ids = ['9007199254740993', '9007199254740992'];
    const asNumbers = (text: string): string =>
      chatIds.reduce((json, id, index) => json.replaceAll(`"${id}"`, ids[index] ?? ''), text);
    m.server.fail(LIST, { kind: 'retext', change: asNumbers }, Infinity);
    await m.sync(FULL);
    assert.deepEqual(
      ids.map((id) => callsTo(m, CHAT + id)),
      [1, 1],
    );
  });

  it('case 19: messages whose ids are such integers stay apart', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 1);
    const messages: SampleMessage[] = ['first', 'second'].map((id) => ({
      id,
      parentId: null,
      childrenIds: [],
      role: 'user',
      content: id,
    }));
    m.world.chats.get(chatIds[0]!).body = { kind: 'flat', messages };
    const asNumbers = (text: string): string =>
      text
        .replaceAll('"id":"first"', `"id":${BIG_INTEGER}`)
        .replaceAll('"id":"second"', '"id":9007199254740992');
    m.server.fail(CHAT, { kind: 'retext', change: asNumbers }, Infinity);
    assert.equal((await m.sync(FULL)).status, 'ok');
    assert.deepEqual(await m.rows('SELECT remote_id FROM message ORDER BY 1'), [
      ['9007199254740992'],
      [BIG_INTEGER],
    ]);
  });

  it('case 19: one unit: nanoseconds and milliseconds are the same second', async () => {
    const m = mirroring();
    await m.start();
    const { chatIds } = m.addUser('bob', 1);
    const second = m.clock.seconds - 86_400;
    m.server.fail(
      CHAT + chatIds[0]!,
      {
        kind: 'retext',
        change: (text) => {
          let seen = 0;
          return text.replace(new RegExp(`"timestamp":${second}\\b`, 'g'), () => {
            seen += 1;
            return seen % 2 === 1 ? `"timestamp":${second}000000001` : `"timestamp":${second}000`;
          });
        },
      },
      Infinity,
    );
    assert.equal((await m.sync(FULL)).status, 'ok');
    assert.deepEqual(await m.rows('SELECT DISTINCT created_at_epoch, created_at_source FROM message'), [
      [second, 'message'],
    ]);
    assert.equal(noteOf(await m.sync(), 'clockSkew'), undefined);
  });
});

/** A chat of one long branch. */
function chainOf(count: number, content: string): ChatBody {
  const messages = new Map<string, SampleMessage>();
  for (let index = 0; index < count; index += 1) {
    messages.set(`m${index}`, {
      id: `m${index}`,
      parentId: index === 0 ? null : `m${index - 1}`,
      childrenIds: index === count - 1 ? [] : [`m${index + 1}`],
      role: index % 2 === 0 ? 'user' : 'assistant',
      content,
      model: 'gpt-x',
    });
  }
  return { kind: 'tree', messages, currentId: `m${count - 1}` };
}
