import type { LoggedRequest } from './faults';
import { Conversation } from './company/conversation';
import { nameOf } from './company/company';
import { pickModel } from './company/models';
import { addSources } from './company/sources';
import { title, topic } from './company/texts';
import { lastShown } from './messageTree';
import type { SampleChat, SampleMessage, SampleUser } from './model';
import { SeededRandom } from './random';
import type { SampleWorld } from './world';

const CHAT_LIST = '/api/v1/chats/list/user/';
/** How long an answer takes, at most, seconds. */
const THINKING = 25;

/** What a growth remembers between two starts of the server. */
export interface GrowthState {
  /** When each visit so far happened, seconds since 1970, UTC. */
  readonly visits: readonly number[];
  /** Whether somebody read chat lists since the last visit. */
  readonly isWalked: boolean;
}

export interface GrowthOptions {
  readonly seed?: number | string;
  /** What happened before; it is done again. */
  readonly state?: GrowthState;
  /** Told after each change of the state. */
  readonly onChange?: (state: GrowthState) => void;
}

/**
 * Lets a world grow a little on each visit, so that an incremental sync finds something. A visit is a question for the
 * version after the chats were read once. What the k-th visit brings depends on k and the seed alone.
 */
export class Growth {
  readonly #world: SampleWorld;
  readonly #seed: number | string;
  readonly #onChange: (state: GrowthState) => void;
  #visits: readonly number[] = [];
  #isWalked = false;

  constructor(world: SampleWorld, options: GrowthOptions = {}) {
    this.#world = world;
    this.#seed = options.seed ?? 'growth';
    this.#onChange = options.onChange ?? ((): void => undefined);
    for (const time of options.state?.visits ?? []) {
      this.#grow(time);
    }
    this.#isWalked = options.state?.isWalked ?? false;
  }

  get state(): GrowthState {
    return { visits: this.#visits, isWalked: this.#isWalked };
  }

  /** Somebody asks for the version: grows if the chats were read since the last time. */
  visit(): void {
    if (!this.#isWalked) {
      return;
    }
    // Two visits within a second would otherwise change a chat without moving its time.
    this.#grow(Math.max(this.#world.now(), (this.#visits.at(-1) ?? 0) + 1));
    this.#isWalked = false;
    this.#onChange(this.state);
  }

  /** Takes note of an answered request. */
  note(request: LoggedRequest): void {
    if (!this.#isWalked && request.status === 200 && request.path.startsWith(CHAT_LIST)) {
      this.#isWalked = true;
      this.#onChange(this.state);
    }
  }

  #grow(time: number): void {
    this.#visits = [...this.#visits, time];
    const number = this.#visits.length;
    const random = new SeededRandom(`${this.#seed}/visit/${number}`);
    this.#world.runAt(time, () => {
      new Visit(this.#world, random, number, time).happen();
    });
  }
}

class Visit {
  readonly #world: SampleWorld;
  readonly #random: SeededRandom;
  readonly #number: number;
  readonly #time: number;

  constructor(world: SampleWorld, random: SeededRandom, number: number, time: number) {
    this.#world = world;
    this.#random = random;
    this.#number = number;
    this.#time = time;
  }

  happen(): void {
    if (this.#number % 4 === 0) {
      this.#startChat(this.#join());
    }
    const people = this.#busyPeople();
    const answers = people.map((user) => this.#talk(user));
    const [first] = people;
    if (first !== undefined) {
      this.#renameOne(first);
    }
    const rated = answers.find((answer) => answer.message.error === undefined);
    if (rated !== undefined) {
      this.#world.chats.rate(rated.chat.id, rated.message.id, this.#random.chance(0.75) ? 1 : -1);
    }
    const last = people.at(-1);
    if (this.#number % 3 === 0 && last !== undefined) {
      this.#deleteOldest(last);
    }
  }

  /** Two to four people who work with the assistant today. */
  #busyPeople(): SampleUser[] {
    const left = this.#world.users.all().filter((user) => user.role === 'user');
    const count = Math.min(this.#random.integer(2, 4), left.length);
    return Array.from({ length: count }, () => {
      const user = this.#random.pick(left);
      left.splice(left.indexOf(user), 1);
      return user;
    });
  }

  #join(): SampleUser {
    const number = this.#world.users.all().length;
    const domain = this.#world.users.admin().email.split('@').at(-1) ?? 'example.org';
    const person = nameOf(this.#random, number);
    return this.#world.users.add({ name: person.name, email: `${person.mailbox}@${domain}` });
  }

  /** Goes on with an own chat, or starts one. */
  #talk(user: SampleUser): { chat: SampleChat; message: SampleMessage } {
    const open = this.#world.chats.of(user.id).filter((chat) => chat.body.kind === 'tree' && !chat.archived);
    return open.length === 0 || this.#random.chance(0.6)
      ? this.#startChat(user)
      : this.#goOn(this.#random.pick(open.slice(-8)));
  }

  #startChat(user: SampleUser): { chat: SampleChat; message: SampleMessage } {
    const about = topic(this.#random);
    const chat = this.#world.chats.add(user.id, {
      title: title(this.#random, about),
      models: [pickModel(this.#random)],
    });
    const turn = this.#turn(new Conversation(this.#world, this.#random, chat, null, about));
    addSources(this.#world, this.#random, chat);
    return turn;
  }

  #goOn(chat: SampleChat): { chat: SampleChat; message: SampleMessage } {
    return this.#turn(new Conversation(this.#world, this.#random, chat, lastShown(chat.body) ?? null));
  }

  #turn(talk: Conversation): { chat: SampleChat; message: SampleMessage } {
    talk.ask(this.#time, { timestamp: this.#time - this.#random.integer(2, THINKING) });
    return { chat: talk.chat, message: talk.answer(this.#time) };
  }

  #renameOne(user: SampleUser): void {
    const chats = this.#world.chats.of(user.id);
    const chat = this.#random.pick(chats);
    this.#world.chats.rename(chat.id, `${chat.title} (revised)`);
  }

  /** An owner tidies up; some chats always stay. */
  #deleteOldest(user: SampleUser): void {
    const chats = this.#world.chats.of(user.id);
    const [oldest] = chats;
    if (oldest !== undefined && chats.length > 3) {
      this.#world.chats.remove(oldest.id);
    }
  }
}
