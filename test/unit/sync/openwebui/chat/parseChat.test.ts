import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MalformedChatError, type ChatRecord, type MessageRecord } from '../../../../../src/store/records';
import { parseChat } from '../../../../../src/sync/openwebui/chat/parseChat';

const FIXTURES = join(__dirname, '../../../../fixtures');
const VERSIONS = readdirSync(join(FIXTURES, 'openwebui')).filter((name) => /^\d/.test(name));
/** 2026-11-24, when the fixtures were recorded. */
const RECORDED = 1_795_484_470;
const CREATED = RECORDED - 7 * 86_400;

interface Recorded {
  readonly body: { readonly id: string; readonly user_id: string };
}

function parseRecorded(version: string, kind: string): ChatRecord {
  const whole = join(FIXTURES, 'chats', version, `${kind}.json`);
  const shortened = join(FIXTURES, 'openwebui', version, `chat-share-${kind}.json`);
  const file = existsSync(whole) ? whole : shortened;
  const { body } = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
  return parse(JSON.stringify(body), { remoteId: body.id });
}

function parse(body: string, { remoteId = 'c1' } = {}): ChatRecord {
  const context = { remoteId, userRemoteId: 'u1', serverNow: RECORDED };
  return parseChat(new TextEncoder().encode(body), context);
}

/** A chat with a tree of messages by id. */
function chatOf(messages: Record<string, unknown>, currentId?: string, changes: object = {}): string {
  return JSON.stringify({
    id: 'c1',
    user_id: 'u1',
    title: 'Trip',
    created_at: CREATED,
    updated_at: CREATED,
    chat: { history: { messages, currentId } },
    ...changes,
  });
}

function only(fields: Record<string, unknown>): MessageRecord {
  return parse(chatOf({ m1: { role: 'assistant', content: 'Hi', ...fields } })).messages[0]!;
}

/** Without what is undefined, to compare with literals. */
function defined(value: object | undefined): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

describe('parseChat', () => {
  describe('reads the recorded chats', () => {
    for (const version of VERSIONS) {
      it(`of ${version}`, () => {
        const chat = parseRecorded(version, 'k01');
        assert.ok(chat.messages.length >= 2);
        assert.deepEqual(
          chat.messages.slice(0, 2).map(({ role, parentRemoteId }) => [role, parentRemoteId !== undefined]),
          [
            ['user', false],
            ['assistant', true],
          ],
        );
        assert.equal(chat.messages[1]?.modelId, 'gpt-x');
      });
    }

    it('the same, whichever version served them', () => {
      for (const kind of ['k02', 'k03', 'k04', 'k05', 'k08', 'k10', 'k16', 'k17', 'k19']) {
        const { messages } = parseRecorded('0.12.4', kind);
        for (const version of ['0.5.20', '0.9.6']) {
          assert.deepEqual(parseRecorded(version, kind).messages, messages, `${kind} of ${version}`);
        }
      }
    });

    it('with several models side by side', () => {
      const { messages } = parseRecorded('0.12.4', 'k02');
      assert.deepEqual(
        messages.map(({ modelId, isActiveBranch, rating }) => [modelId, isActiveBranch, rating]),
        [
          [undefined, true, undefined],
          ['mixtral-q', false, -1],
          ['gpt-x', true, undefined],
          [undefined, true, undefined],
          ['mixtral-q', false, undefined],
          ['gpt-x', true, undefined],
        ],
      );
    });

    it('whose text stands in output items', () => {
      const answer = parseRecorded('0.9.6', 'k04').messages[1];
      assert.match(answer?.content ?? '', /^Report report vendor/);
      assert.ok(!answer?.content.includes('Let me think'));
    });

    it('with errors as objects and as true', () => {
      const { messages } = parseRecorded('0.9.6', 'k05');
      assert.deepEqual(
        messages.filter(({ isError }) => isError).map(({ isDone, content }) => [isDone, content]),
        [
          [true, ''],
          [false, 'Partial'],
        ],
      );
    });

    it('with NUL characters, which only old servers keep, removed', () => {
      const { messages } = parseRecorded('0.5.20', 'k07');
      assert.deepEqual(messages, parseRecorded('0.12.4', 'k07').messages);
      assert.match(messages[0]?.content ?? '', /^NUL: BOM:/);
    });

    it('with images counted and left out', () => {
      const { messages } = parseRecorded('0.9.6', 'k08');
      assert.deepEqual(
        messages.map(({ droppedImages, fileCount }) => [droppedImages, fileCount]),
        [
          [1, 1],
          [0, 0],
          [0, 1],
          [0, 0],
        ],
      );
      assert.ok(!JSON.stringify(messages).includes('base64'));
    });

    it('that have only a list of messages', () => {
      for (const version of VERSIONS) {
        const { messages, currentMessageId } = parseRecorded(version, 'k09');
        assert.equal(currentMessageId, messages.at(-1)?.remoteId);
        assert.ok(messages.every(({ isActiveBranch }) => isActiveBranch));
        messages.slice(1).forEach(({ parentRemoteId }, index) => {
          assert.equal(parentRemoteId, messages[index]?.remoteId);
        });
      }
    });

    it('without ids by their place, each chat by names of its own', () => {
      const messages = [{ role: 'user', content: 'Hi' }, { role: 'assistant' }];
      const idsIn = (id: string): string[] =>
        parse(chatOf({}, undefined, { id, chat: { messages } }), { remoteId: id }).messages.map(
          ({ remoteId }) => remoteId,
        );
      assert.deepEqual(idsIn('c1'), idsIn('c1'));
      assert.equal(new Set([...idsIn('c1'), ...idsIn('c2')]).size, 4);
    });

    it('with parents that are gone', () => {
      const { messages } = parseRecorded('0.12.4', 'k10');
      const orphan = messages.find(({ content }) => content === 'My parent is gone.');
      assert.equal(orphan?.parentRemoteId, undefined);
      assert.equal(messages.length, 7);
    });

    it('with blocks, milliseconds and messages without a time', () => {
      const [turn, , untimed] = parseRecorded('0.12.4', 'k16').messages;
      assert.equal(turn?.content, 'Block one.\nBlock two.');
      assert.equal(turn.createdAt, 1_788_973_812);
      assert.deepEqual([untimed?.createdAt, untimed?.createdAtSource], [turn.createdAt, 'ancestor']);
    });

    it('of the arena by the model that answered', () => {
      const answer = parseRecorded('0.9.6', 'k17').messages[1];
      assert.deepEqual([answer?.modelId, answer?.isArena], ['gpt-x-mini', true]);
    });

    it('with their tags, folder, archive and share states', () => {
      assert.equal(parseRecorded('0.9.6', 'k11').archived, true);
      assert.notEqual(parseRecorded('0.9.6', 'k13').shareId, undefined);
      const chat = parse(
        chatOf({}, undefined, {
          meta: { tags: ['trip', { name: 'work' }, 'trip', 7] },
          folder_id: 'f1',
          pinned: true,
        }),
      );
      assert.deepEqual([chat.tags, chat.folderId, chat.pinned], [['trip', 'work', '7'], 'f1', true]);
    });
  });

  describe('calls malformed', () => {
    const bodies: Record<string, string> = {
      'an empty body': '',
      'a cut body': chatOf({ m1: { role: 'user', content: 'Hi' } }).slice(0, -20),
      'no object': '[]',
      null: 'null',
      'another chat': chatOf({}).replace('"c1"', '"c2"'),
      'a chat without its content': JSON.stringify({ id: 'c1', title: 'Trip' }),
      'an error answer': '{"detail":"no"}',
    };
    for (const [what, body] of Object.entries(bodies)) {
      it(what, () => {
        assert.throws(() => parse(body), MalformedChatError);
      });
    }
  });

  describe('builds the tree', () => {
    it('with parents before children, whatever the order of the keys', () => {
      const { messages } = parse(
        chatOf({
          m3: { role: 'user', parentId: 'm2', content: '3' },
          m2: { role: 'assistant', parentId: 'm1', content: '2' },
          m1: { role: 'user', parentId: null, content: '1' },
        }),
      );
      assert.equal(messages.map(({ content }) => content).join(''), '123');
    });

    it('of circles by making one of their members a root', () => {
      const { messages } = parse(
        chatOf({
          m1: { role: 'user', parentId: 'm2', content: '1' },
          m2: { role: 'user', parentId: 'm3', content: '2' },
          m3: { role: 'user', parentId: 'm1', content: '3' },
          m4: { role: 'user', parentId: 'm4', content: '4' },
        }),
      );
      assert.equal(messages.length, 4);
      const before = new Set<string>();
      for (const { remoteId, parentRemoteId } of messages) {
        assert.ok(parentRemoteId === undefined || before.has(parentRemoteId));
        before.add(remoteId);
      }
    });

    it('of 20,000 messages in a row', () => {
      const messages: Record<string, unknown> = {};
      for (let index = 0; index < 20_000; index++) {
        messages[`m${index}`] = {
          role: 'user',
          parentId: index === 0 ? null : `m${index - 1}`,
          content: 'x',
        };
      }
      const chat = parse(chatOf(messages, 'm19999'));
      assert.equal(chat.messages.filter(({ isActiveBranch }) => isActiveBranch).length, 20_000);
    });

    it('by the keys, whatever ids the messages name themselves', () => {
      const { messages } = parse(chatOf({ m1: { id: 'other', role: 'user', content: 'x' } }));
      assert.equal(messages[0]?.remoteId, 'm1');
    });

    it('with the newest leaf as the end when currentId leads nowhere', () => {
      const chat = parse(
        chatOf(
          {
            m1: { role: 'user', content: 'x', timestamp: CREATED },
            m2: { role: 'assistant', parentId: 'm1', content: 'x', timestamp: CREATED + 20 },
            m3: { role: 'assistant', parentId: 'm1', content: 'x', timestamp: CREATED + 10 },
          },
          'gone',
        ),
      );
      assert.equal(chat.currentMessageId, 'm2');
      assert.deepEqual(
        chat.messages.map(({ isActiveBranch }) => isActiveBranch),
        [true, true, false],
      );
    });

    it('of an empty chat', () => {
      const chat = parse(chatOf({}));
      assert.deepEqual([chat.messages, chat.currentMessageId], [[], undefined]);
    });

    it('of damaged messages, leaving out what is none', () => {
      const { messages } = parse(chatOf({ m1: null, m2: 'text', m3: { content: 5, role: 7, parentId: {} } }));
      assert.deepEqual(
        messages.map(({ remoteId, role, content }) => [remoteId, role, content]),
        [['m3', 'user', '']],
      );
    });
  });

  describe('takes a message’s time', () => {
    const sourceOf = (timestamp: unknown) => {
      const { createdAt, createdAtSource } = only({ timestamp });
      return [createdAt, createdAtSource];
    };

    it('in seconds, milliseconds or nanoseconds, also as text', () => {
      for (const timestamp of [CREATED, CREATED * 1e3, CREATED * 1e9, String(CREATED), CREATED + 0.7]) {
        assert.deepEqual(sourceOf(timestamp), [CREATED, 'message']);
      }
    });

    it('from the chat when it is absent or impossible', () => {
      const impossible = [
        undefined,
        null,
        'soon',
        -1,
        0,
        86_400,
        Date.UTC(2021, 11, 31) / 1e3,
        RECORDED + 90_000,
      ];
      for (const timestamp of impossible) {
        assert.deepEqual(sourceOf(timestamp), [CREATED, 'chat']);
      }
    });

    it('up to a day ahead of the server', () => {
      assert.deepEqual(sourceOf(RECORDED + 86_000), [RECORDED + 86_000, 'message']);
    });

    it('from the nearest ancestor that has one', () => {
      const { messages } = parse(
        chatOf({
          m1: { role: 'user', content: 'x', timestamp: CREATED + 5 },
          m2: { role: 'assistant', parentId: 'm1', content: 'x' },
          m3: { role: 'user', parentId: 'm2', content: 'x' },
        }),
      );
      assert.deepEqual(
        messages.map(({ createdAt, createdAtSource }) => [createdAt - CREATED, createdAtSource]),
        [
          [5, 'message'],
          [5, 'ancestor'],
          [5, 'ancestor'],
        ],
      );
    });
  });

  describe('reads content', () => {
    it('without inline images, wherever they stand', () => {
      const image = `data:image/png;base64,${'iVBOR/+='.repeat(50)}`;
      const inText = only({ content: `See ![plot](${image}) and <img src="${image}"> end` });
      assert.deepEqual([inText.content, inText.droppedImages], ['See ![plot]() and <img src=""> end', 2]);
      const inBlocks = only({
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: image } },
          { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
        ],
      });
      assert.deepEqual([inBlocks.content, inBlocks.droppedImages], ['Look', 1]);
    });

    it('of megabytes of image quickly', () => {
      const { content, droppedImages } = only({
        content: `a data:image/png;base64,${'A'.repeat(8_000_000)} b`,
      });
      assert.deepEqual([content, droppedImages], ['a  b', 1]);
    });

    it('as well-formed text', () => {
      assert.equal(only({ content: 'a\ud83db\udc00c\u0000d 🦊' }).content, 'a\ufffdb\ufffdcd 🦊');
    });

    it('and counts citations and tool calls', () => {
      const message = only({
        content: '<details type="tool_calls" done="true"></details> <details type="tool_calls"></details>',
        sources: [{}, {}, {}],
      });
      assert.deepEqual([message.citationCount, message.toolCallCount], [3, 2]);
      const output = [
        { type: 'function_call' },
        { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] },
      ];
      assert.equal(only({ output }).toolCallCount, 1);
    });
  });

  describe('reads usage', () => {
    const usageOf = (usage: unknown, fields: Record<string, unknown> = {}) =>
      defined(only({ usage, ...fields }).usage);

    it('of OpenAI', () => {
      assert.deepEqual(
        usageOf({
          prompt_tokens: 10,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 4 },
          completion_tokens_details: { reasoning_tokens: 2 },
        }),
        { dialect: 'openai', inputTokens: 10, outputTokens: 5, cachedTokens: 4, reasoningTokens: 2 },
      );
    });

    it('with no more cached tokens than input', () => {
      const usage = {
        prompt_tokens: 10,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 900 },
      };
      assert.deepEqual(usageOf(usage), {
        dialect: 'openai',
        inputTokens: 10,
        outputTokens: 5,
        cachedTokens: 10,
      });
    });

    it('summed over tool rounds, without the last round’s time', () => {
      assert.deepEqual(
        usageOf({
          input_tokens: 30,
          output_tokens: 15,
          prompt_tokens: 10,
          completion_tokens: 5,
          total_duration: 2e9,
        }),
        { dialect: 'responses', inputTokens: 30, outputTokens: 15 },
      );
    });

    it('of Ollama, with its times', () => {
      assert.deepEqual(
        usageOf({ prompt_eval_count: 8, eval_count: 4, total_duration: 3e9, eval_duration: 2e9 }),
        { dialect: 'ollama', inputTokens: 8, outputTokens: 4, durationMs: 3000, outputMs: 2000 },
      );
      const rate = usageOf({ prompt_eval_count: 8, eval_count: 40, 'response_token/s': 20 });
      assert.deepEqual(rate, { dialect: 'ollama', inputTokens: 8, outputTokens: 40, outputMs: 2000 });
    });

    it('of llama.cpp, with its times', () => {
      assert.deepEqual(usageOf({ prompt_n: 8, predicted_n: 4, prompt_ms: 12.5, predicted_ms: 480.75 }), {
        dialect: 'llama.cpp',
        inputTokens: 8,
        outputTokens: 4,
        durationMs: 493,
        outputMs: 481,
      });
    });

    it('of very old messages, inside info', () => {
      assert.deepEqual(usageOf(undefined, { info: { prompt_eval_count: 3, eval_count: 2 } }), {
        dialect: 'ollama',
        inputTokens: 3,
        outputTokens: 2,
      });
    });

    it('as unknown when there is none, never as 0', () => {
      for (const usage of [undefined, null, {}, 'many', { prompt_tokens: 'x' }, { prompt_tokens: -1 }]) {
        assert.equal(usageOf(usage), undefined);
      }
      assert.deepEqual(usageOf({ prompt_tokens: 7, completion_tokens: null }), {
        dialect: 'openai',
        inputTokens: 7,
      });
    });
  });

  it('reads ratings of 1 and -1 only', () => {
    const ratings = [1, -1, '1', 0, 5, null].map((rating) => only({ annotation: { rating } }).rating);
    assert.deepEqual(ratings, [1, -1, 1, undefined, undefined, undefined]);
  });

  it('keeps ids that are integers beyond 2^53', () => {
    const body = chatOf({
      '9007199254740993': { role: 'user', content: 'id 9007199254740993 \\" 12345678901234567890' },
      '9007199254740995': { role: 'user', parentId: 'PARENT', content: 'x' },
    }).replace('"PARENT"', '9007199254740993');
    const { messages } = parse(body);
    assert.equal(messages[1]?.parentRemoteId, '9007199254740993');
    assert.equal(messages[0]?.content, 'id 9007199254740993 \\" 12345678901234567890');
  });
});
