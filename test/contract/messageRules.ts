import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from './json';
import type { Cell, Fields } from './picture';

/**
 * What the mirror has to say about each message of a stored chat, stated anew from the description of the server's API
 * and the database's contract, so that a mistake of the product is not repeated here.
 */

export interface ChatSource {
  readonly chat: JsonObject;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** Times later than this are impossible, in seconds since 1970. */
  readonly latest: number;
}

const earliest = Date.UTC(2022, 0, 1) / 1000;

/** The fields of every message by its id. */
export function expectedMessages(source: ChatSource): Map<string, Fields> {
  const messages = treeOf(source.chat);
  const timeOf = (message: JsonObject): number => {
    const seen = new Set<unknown>();
    for (let at: JsonObject | undefined = message; at !== undefined;) {
      const time = ownTime(at, source.latest);
      if (time !== undefined) {
        return time;
      }
      seen.add(at['id']);
      const parent = messages.get(String(at['parentId']));
      at = parent !== undefined && !seen.has(parent['id']) ? parent : undefined;
    }
    return source.createdAt;
  };
  return new Map(
    [...messages].map(([id, message]) => [
      id,
      {
        parent: messages.has(String(message['parentId'])) ? String(message['parentId']) : null,
        role: textOf(message['role']),
        model: modelOf(message),
        createdAt: timeOf(message),
        ...tokensOf(message),
        rating: ratingOf(message),
        isError: message['error'] === true || isObject(message['error']) ? 1 : 0,
        content: contentOf(message),
      },
    ]),
  );
}

/** `history.messages` is the truth; without it the bare list is a chain, as the web client reads it. */
function treeOf(chat: JsonObject): Map<string, JsonObject> {
  const history = objectOf(chat['history'])['messages'];
  if (isObject(history)) {
    return new Map(Object.entries(history).map(([id, message]) => [id, objectOf(message)]));
  }
  const list = listOf(chat['messages']).filter(isObject);
  return new Map(
    list.map((message, index) => [
      String(message['id']),
      { ...message, parentId: index === 0 ? null : String(list[index - 1]?.['id']) },
    ]),
  );
}

function ownTime(message: JsonObject, latest: number): number | undefined {
  const stamp = numberOf(message['timestamp']);
  if (stamp === null) {
    return undefined;
  }
  const seconds = Math.floor(stamp > 1e14 ? stamp / 1e9 : stamp > 1e11 ? stamp / 1e3 : stamp);
  return seconds < earliest || seconds > latest ? undefined : seconds;
}

function modelOf(message: JsonObject): Cell {
  if (message['role'] !== 'assistant') {
    return null;
  }
  const chosen = message['arena'] === true ? textOf(message['selectedModelId']) : null;
  return chosen ?? textOf(message['model']);
}

/** Pairs of counts, the most complete first. */
const dialects = [
  ['input_tokens', 'output_tokens'],
  ['prompt_tokens', 'completion_tokens'],
  ['prompt_eval_count', 'eval_count'],
  ['prompt_n', 'predicted_n'],
] as const;

function tokensOf(message: JsonObject): { inputTokens: Cell; outputTokens: Cell } {
  const info = objectOf(message['info']);
  for (const usage of [message['usage'], info['usage'], info].filter(isObject)) {
    for (const [input, output] of dialects) {
      if (input in usage || output in usage) {
        return { inputTokens: numberOf(usage[input]), outputTokens: numberOf(usage[output]) };
      }
    }
  }
  return { inputTokens: null, outputTokens: null };
}

function ratingOf(message: JsonObject): Cell {
  const rating = numberOf(objectOf(message['annotation'])['rating']);
  return rating === 1 || rating === -1 ? rating : null;
}

/** The text as people read it: a string, the text blocks, or the texts of the answer's output items. */
function contentOf(message: JsonObject): string {
  const { content } = message;
  if (typeof content === 'string' && content !== '') {
    return content;
  }
  const blocks = listOf(content).filter(isObject);
  if (blocks.length > 0) {
    return joinTexts(blocks);
  }
  const answers = listOf(message['output']).filter((item) => objectOf(item)['type'] === 'message');
  return joinTexts(answers.flatMap((item) => listOf(objectOf(item)['content'])).filter(isObject));
}

function joinTexts(blocks: readonly JsonObject[]): string {
  return blocks.flatMap((block) => textOf(block['text']) ?? []).join('\n');
}
