import type { SampleChat, SampleMessage } from '../model';
import type { SeededRandom } from '../random';
import type { SampleWorld } from '../world';
import { modelFields, otherModel, usageFields } from './models';
import { answer, followUp, prompt, topic } from './texts';
import type { Topic } from './words';

const CHARS_PER_TOKEN = 4;
/** Instructions of the house and descriptions of tools, which go with each question. */
const SYSTEM_TOKENS = 6_200;

/** Writes turns into one chat, with answers, times and token counts that belong together. */
export class Conversation {
  readonly chat: SampleChat;
  readonly #world: SampleWorld;
  readonly #random: SeededRandom;
  readonly #about: Topic;
  #question: SampleMessage | null = null;
  #last: SampleMessage | null;
  #contextChars = 0;

  /** @param last the shown end of the chat, null when it is empty */
  constructor(
    world: SampleWorld,
    random: SeededRandom,
    chat: SampleChat,
    last: SampleMessage | null,
    about?: Topic,
  ) {
    this.#world = world;
    this.#random = random;
    this.chat = chat;
    this.#last = last;
    this.#about = about ?? topic(random);
  }

  get last(): SampleMessage | null {
    return this.#last;
  }

  /** The model that is asked. */
  get model(): string {
    return this.chat.models[0] ?? '';
  }

  /** Asks at a time. */
  ask(at: number, fields: Partial<SampleMessage> = {}): SampleMessage {
    const content = this.#last === null ? prompt(this.#random, this.#about) : followUp(this.#random);
    this.#contextChars += content.length;
    this.#question = this.#add(at, {
      parentId: this.#last?.id ?? null,
      role: 'user',
      content,
      models: this.chat.models,
      ...fields,
    });
    this.#last = this.#question;
    return this.#question;
  }

  /** Answers the latest question; a second answer is a regeneration, or stands side by side. */
  answer(at: number, model = this.model, fields: Partial<SampleMessage> = {}): SampleMessage {
    const content = answer(this.#random);
    const input = SYSTEM_TOKENS + Math.ceil(this.#contextChars / CHARS_PER_TOKEN);
    const output = Math.ceil(content.length / CHARS_PER_TOKEN);
    this.#last = this.#add(at, {
      parentId: this.#question?.id ?? null,
      role: 'assistant',
      content,
      ...modelFields(this.#random, model),
      modelIdx: 0,
      done: true,
      ...this.#outcome(model, { input, output }),
      ...fields,
    });
    this.#contextChars += content.length;
    return this.#last;
  }

  /** Asks two models at a time; both answer. */
  askSideBySide(at: number, answeredAt: number): void {
    const { model } = this;
    const other = otherModel(this.#random, model);
    this.ask(at, { models: [model, other] });
    this.answer(answeredAt, model);
    this.answer(answeredAt + 1, other, { modelIdx: 1 });
  }

  /** From now on another model is asked. */
  switchModel(): void {
    this.chat.models = [otherModel(this.#random, this.model)];
  }

  #outcome(model: string, tokens: { input: number; output: number }): Partial<SampleMessage> {
    if (this.#random.chance(0.02)) {
      return { content: '', error: { content: '429: Rate limit reached for requests' } };
    }
    return this.#random.chance(0.006)
      ? { content: 'The first step', error: true, done: false }
      : usageFields(this.#random, model, tokens);
  }

  #add(at: number, fields: Partial<SampleMessage> & Pick<SampleMessage, 'role'>): SampleMessage {
    return this.#world.runAt(at, () => this.#world.chats.addMessage(this.chat.id, fields));
  }
}
