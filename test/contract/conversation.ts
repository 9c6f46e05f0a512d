import { createHash } from 'node:crypto';
import type { JsonObject } from './json';

/** A message as a client saves it; fields beyond these are free. */
export interface Message extends JsonObject {
  id: string;
  parentId: string | null;
  childrenIds: string[];
  role: string;
}

const stepSeconds = 47;

/**
 * Builds the JSON of one chat the way the web client writes it. Ids and times follow from the title and the start, so
 * that two runs seed the same.
 */
export class Conversation {
  readonly messages = new Map<string, Message>();
  currentId: string | null = null;
  readonly #title: string;
  readonly #models: readonly string[];
  readonly #start: number;
  #count = 0;

  /** @param start seconds since 1970 */
  constructor(title: string, start: number, models: readonly string[] = ['gpt-x']) {
    this.#title = title;
    this.#start = start;
    this.#models = models;
  }

  get model(): string {
    return this.#models[0] ?? 'gpt-x';
  }

  /** A question below `parentId`, by default the end of the chat. */
  ask(content: unknown, extra: JsonObject = {}, parentId: string | null = this.currentId): Message {
    return this.#add(parentId, { role: 'user', content, models: [...this.#models], ...extra });
  }

  /** An answer to `parentId`, by default the end of the chat. */
  answer(content: unknown, extra: JsonObject = {}, parentId: string | null = this.currentId): Message {
    const { model } = this;
    return this.#add(parentId, {
      role: 'assistant',
      content,
      model,
      modelName: model.toUpperCase(),
      modelIdx: 0,
      done: true,
      ...extra,
    });
  }

  /** A question and its answer, with the token counts that most providers send. */
  turn(question: string, answer: string, extra: JsonObject = {}): Message {
    this.ask(question);
    return this.answer(answer, { usage: openAiUsage(100 + this.#count, 20 + this.#count), ...extra });
  }

  toJson(): JsonObject {
    return {
      id: '',
      title: this.#title,
      models: [...this.#models],
      params: {},
      tags: [],
      files: [],
      timestamp: this.#time() * 1000 + 123,
      history: { messages: Object.fromEntries(this.messages), currentId: this.currentId },
      messages: this.#activeBranch(),
    };
  }

  #add(parentId: string | null, fields: JsonObject & { role: string }): Message {
    this.#count += 1;
    const id = uuidOf(`${this.#title}/${this.#count}`);
    const message: Message = { id, parentId, childrenIds: [], timestamp: this.#time(), ...fields };
    this.messages.set(id, message);
    this.messages.get(parentId ?? '')?.childrenIds.push(id);
    this.currentId = id;
    return message;
  }

  #time(): number {
    return this.#start + this.#count * stepSeconds;
  }

  #activeBranch(): Message[] {
    const branch: Message[] = [];
    for (let at = this.messages.get(this.currentId ?? ''); at; at = this.messages.get(at.parentId ?? '')) {
      branch.unshift(at);
    }
    return branch;
  }
}

export function openAiUsage(input: number, output: number): JsonObject {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: Math.floor(input / 4) },
    completion_tokens_details: { reasoning_tokens: Math.floor(output / 5) },
  };
}

/** The same UUID for the same name. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
