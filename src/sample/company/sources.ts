import { dialectOf } from '../dialects';
import { messagesOf } from '../messageTree';
import type { SampleChat, SampleFile, SampleMessage } from '../model';
import type { SeededRandom } from '../random';
import type { SampleWorld } from '../world';
import { filesFound, pickBase, upload } from './documents';
import { attachedBase, attachedFile, citation, toolAnswer, webSearch, type ToolCall } from './sourceFields';
import { PAGES, TOOLS } from './words';

/** Share of chats that use anything but the model. */
const CHATS = 0.22;
/** What those chats use. */
const KINDS = { file: 26, base: 38, web: 20, tool: 16 } as const;
/** How often retrieval finds something for an answer. */
const FOUND = 0.8;
/** How often a later question of such a chat searches the web or needs a tool again. */
const AGAIN = 0.5;

/**
 * Lets some chats carry files and knowledge bases, search the web and call tools. Changes messages as their client and
 * server would have written them, not when: done right after they were written.
 */
export function addSources(world: SampleWorld, random: SeededRandom, chat: SampleChat): void {
  if (chat.body.kind === 'tree' && random.chance(CHATS)) {
    new Sources(world, random, chat)[random.weighted(KINDS)]();
  }
}

class Sources {
  readonly #world: SampleWorld;
  readonly #random: SeededRandom;
  readonly #chat: SampleChat;
  readonly #messages: readonly SampleMessage[];

  constructor(world: SampleWorld, random: SeededRandom, chat: SampleChat) {
    this.#world = world;
    this.#random = random;
    this.#chat = chat;
    this.#messages = messagesOf(chat.body);
  }

  /** The first question carries one or two files of the person's own. */
  file(): void {
    const count = this.#random.chance(0.2) ? 2 : 1;
    const files = Array.from({ length: count }, () =>
      this.#world.runAt(this.#chat.createdAt, () => upload(this.#world, this.#random, this.#chat.userId)),
    );
    this.#retrieve(files.map((file) => ({ attached: attachedFile(file), find: () => [file] })));
  }

  /** The first question carries a knowledge base. */
  base(): void {
    const base = pickBase(this.#world, this.#random);
    if (base !== undefined) {
      const find = (): SampleFile[] => filesFound(this.#world, this.#random, base);
      this.#retrieve([{ attached: attachedBase(base), find }]);
    }
  }

  web(): void {
    for (const answer of this.#someAnswers()) {
      const start = this.#random.integer(0, PAGES.length - 3);
      const pages = PAGES.slice(start, start + this.#random.integer(1, 3));
      Object.assign(answer, webSearch(this.#dialect, this.#chat.title, pages));
    }
  }

  tool(): void {
    const tool = this.#random.pick(TOOLS);
    for (const answer of this.#someAnswers()) {
      const { content } = answer;
      if (typeof content === 'string' && answer['output'] === undefined) {
        const calls = Array.from({ length: this.#random.integer(1, 3) }, (_, index): ToolCall => ({
          ...tool,
          id: `call_${answer.id.slice(0, 8)}${index}`,
        }));
        Object.assign(answer, toolAnswer(this.#dialect, content, calls));
      }
    }
  }

  get #dialect(): ReturnType<typeof dialectOf> {
    return dialectOf(this.#world.version);
  }

  /** What the first question carries is searched for every answer of the chat. */
  #retrieve(
    carried: readonly { attached: Readonly<Record<string, unknown>>; find: () => SampleFile[] }[],
  ): void {
    const [question] = this.#questions();
    if (question === undefined) {
      return;
    }
    const before = Array.isArray(question['files']) ? (question['files'] as unknown[]) : [];
    question['files'] = [...before, ...carried.map(({ attached }) => attached)];
    for (const answer of this.#answers(this.#messages)) {
      if (this.#random.chance(FOUND)) {
        answer['sources'] = carried.map(({ attached, find }) => citation(attached, find()));
      }
    }
  }

  /** Those to the first question, and to some of the later ones. */
  #someAnswers(): SampleMessage[] {
    const asked = this.#questions().filter((_, index) => index === 0 || this.#random.chance(AGAIN));
    const ids = new Set<string | null>(asked.map(({ id }) => id));
    return this.#answers(this.#messages.filter(({ parentId }) => ids.has(parentId)));
  }

  #questions(): SampleMessage[] {
    return this.#messages.filter(({ role }) => role === 'user');
  }

  #answers(messages: readonly SampleMessage[]): SampleMessage[] {
    return messages.filter(({ role, error }) => role === 'assistant' && error === undefined);
  }
}
