import { Conversation, openAiUsage, uuidOf } from './conversation';
import type { JsonObject } from './json';

/** One pixel. */
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

type Kind = (start: number) => JsonObject;

/** What chats hold in the field, one kind each; the number names it in titles and in `seed.ts`. */
export const chatKinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['k00 plain', simple('k00 plain', 3)],
  ['k01 regenerated', regenerated],
  ['k02 side by side', sideBySide],
  ['k03 ollama counts', ollamaCounts],
  ['k04 output items', outputItems],
  ['k05 errors', errors],
  ['k06 both dialects', bothDialects],
  ['k07 Ünïcödé 🦊👩‍👩‍👧 שלום عالم 数据 <b>&amp; "q" \'x\'; DROP TABLE--', unicode],
  ['k08 image and file', imageAndFile],
  ['k09 only a list', onlyList],
  ['k10 dangling ids', danglingIds],
  ['k11 archived', simple('k11 archived', 1)],
  ['k12 pinned', simple('k12 pinned', 1)],
  ['k13 shared', simple('k13 shared', 1)],
  ['k14 in a folder', simple('k14 in a folder', 1)],
  ['k15 tagged', simple('k15 tagged', 2)],
  ['k16 blocks and times', blocksAndTimes],
  ['k17 arena', arena],
  ['k18 empty', (start) => new Conversation('k18 empty', start).toJson()],
  ['k20 copied', simple('k20 copied', 2)],
]);

/** A chat of `turns` questions with an answer each. */
export function simple(title: string, turns: number, models?: readonly string[]): Kind {
  return (start) => {
    const chat = new Conversation(title, start, models);
    for (let i = 1; i <= turns; i += 1) {
      chat.turn(`Question ${i} of ${title}`, `Answer ${i}.\n\n- one\n- two`);
    }
    return chat.toJson();
  };
}

function regenerated(start: number): JsonObject {
  const chat = new Conversation('k01 regenerated', start);
  const question = chat.ask('Try this three times');
  for (const n of [1, 2, 3]) {
    chat.answer(`Attempt ${n}`, { usage: openAiUsage(50, n) }, question.id);
  }
  chat.turn('And on', 'Going on');
  chat.ask('An edited question', {}, question.parentId);
  chat.answer('Its answer');
  return chat.toJson();
}

function sideBySide(start: number): JsonObject {
  const chat = new Conversation('k02 side by side', start, ['mixtral-q', 'gpt-x']);
  const question = chat.ask('Which is better?');
  chat.answer(
    'I am',
    {
      usage: openAiUsage(632, 189),
      annotation: { rating: -1, reason: 'other', comment: '', tags: [], details: { rating: 2 } },
    },
    question.id,
  );
  const second = chat.answer(
    'No, I am',
    { model: 'gpt-x', modelName: 'GPT-X', modelIdx: 1, usage: { input_tokens: 896, output_tokens: 122 } },
    question.id,
  );
  second['annotation'] = { rating: 1, reason: 'accurate', comment: 'good ✓', details: { rating: 9 } };
  chat.turn('Thank you', 'You are welcome');
  return chat.toJson();
}

function ollamaCounts(start: number): JsonObject {
  const chat = new Conversation('k03 ollama counts', start, ['llama-y:8b']);
  const usage = {
    prompt_eval_count: 538,
    eval_count: 505,
    total_duration: 1_234_567_890,
    'response_token/s': 41.5,
  };
  chat.ask('Hello');
  chat.answer('Hi', { usage });
  chat.ask('In an old client');
  chat.answer('Its counts stand in info', { info: { prompt_eval_count: 31, eval_count: 17 } });
  chat.ask('In an old client with usage');
  chat.answer('They stand deeper', { info: { usage: { prompt_tokens: 33, completion_tokens: 18 } } });
  return chat.toJson();
}

function outputItems(start: number): JsonObject {
  const chat = new Conversation('k04 output items', start);
  chat.ask('Think');
  chat.answer('', {
    usage: { input_tokens: 220, output_tokens: 450, output_tokens_details: { reasoning_tokens: 3 } },
    output: [
      { type: 'reasoning', id: 'r1', summary: [], content: [{ type: 'output_text', text: 'Let me think.' }] },
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'The whole answer stands here.' }],
      },
    ],
  });
  return chat.toJson();
}

function errors(start: number): JsonObject {
  const chat = new Conversation('k05 errors', start);
  chat.turn('First', 'Fine');
  const question = chat.ask('Fail twice');
  chat.answer('', { error: { content: '429: Rate limit reached' } }, question.id);
  chat.answer('Partial', { error: true, done: false }, question.id);
  chat.answer('At last', { model: 'llama-y:8b', usage: openAiUsage(7, 8) }, question.id);
  return chat.toJson();
}

function bothDialects(start: number): JsonObject {
  const chat = new Conversation('k06 both dialects', start, ['vendor/claude-z']);
  chat.ask('Use a tool twice');
  // From 0.10 the first pair sums all rounds, the second is the last call.
  chat.answer('Done', {
    usage: {
      input_tokens: 900,
      output_tokens: 90,
      prompt_tokens: 300,
      completion_tokens: 30,
      total_tokens: 330,
    },
  });
  chat.ask('Count like llama.cpp');
  chat.answer('Done again', {
    usage: { prompt_n: 12, predicted_n: 34, prompt_ms: 12.5, predicted_ms: 480.75 },
  });
  chat.ask('Count nothing');
  chat.answer('No counts');
  return chat.toJson();
}

function unicode(start: number): JsonObject {
  const title = 'k07 Ünïcödé 🦊👩‍👩‍👧 שלום عالم 数据 <b>&amp; "q" \'x\'; DROP TABLE--';
  const chat = new Conversation(title, start, ['vendor/claude-z']);
  chat.turn(
    '</script><img src=x onerror=alert(1)> \u2028 \u202e RTL \u202c',
    '=1+1\r\n\ttab 🇵🇱 e\u0301 \u00e9',
  );
  return chat.toJson();
}

function imageAndFile(start: number): JsonObject {
  const chat = new Conversation('k08 image and file', start);
  chat.ask('What is this?', { files: [{ type: 'image', url: image }] });
  chat.answer('A pixel');
  chat.ask('And this?', { files: [{ type: 'file', id: uuidOf('plan'), name: 'plan.pdf', size: 12345 }] });
  chat.answer('A plan');
  return chat.toJson();
}

/** Very old clients saved the shown branch alone. */
function onlyList(start: number): JsonObject {
  const chat = new Conversation('k09 only a list', start, ['gpt-x-mini']);
  chat.turn('One', 'First');
  chat.turn('Two', 'Second');
  const treeFields = ['parentId', 'childrenIds'];
  const messages = [...chat.messages.values()].map((message) =>
    Object.fromEntries(Object.entries(message).filter(([name]) => !treeFields.includes(name))),
  );
  return { title: 'k09 only a list', models: ['gpt-x-mini'], timestamp: (start + 300) * 1000, messages };
}

function danglingIds(start: number): JsonObject {
  const chat = new Conversation('k10 dangling ids', start);
  chat.turn('Kept', 'Kept too').childrenIds.push(uuidOf('no such child'));
  chat.ask('My parent is gone', {}, uuidOf('no such parent'));
  chat.answer('So I am a root');
  chat.currentId = uuidOf('no such end');
  return chat.toJson();
}

function blocksAndTimes(start: number): JsonObject {
  const chat = new Conversation('k16 blocks and times', start);
  const blocks = [
    { type: 'text', text: 'Block one.' },
    { type: 'text', text: 'Block two.' },
  ];
  chat.ask(blocks, { timestamp: start * 1000 + 7 });
  chat.answer('In milliseconds', { timestamp: (start + 55) * 1000 + 999, usage: openAiUsage(279, 8) });
  const withoutTime = chat.ask('Without a time');
  delete withoutTime['timestamp'];
  chat.answer('Long ago', { timestamp: 1_000_000_000 });
  chat.answer('Far ahead', { timestamp: 4_000_000_000 });
  chat.answer('Without time and model', { timestamp: null, model: undefined, modelName: undefined });
  const root = chat.ask('A root of no time', { timestamp: 0 }, null);
  chat.answer('In nanoseconds', { timestamp: (start + 99) * 1_000_000_000 }, root.id);
  return chat.toJson();
}

function arena(start: number): JsonObject {
  const chat = new Conversation('k17 arena', start, ['arena-model']);
  chat.ask('Choose');
  chat.answer('Chosen', { arena: true, selectedModelId: 'gpt-x-mini', usage: openAiUsage(5, 6) });
  chat.ask('Choose again');
  chat.answer('Chosen again', { arena: true, selectedModelId: 'llama-y:8b' });
  return chat.toJson();
}
