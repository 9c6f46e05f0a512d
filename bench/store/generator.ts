import { cumulative, SeededRandom } from '../../src/sample/random';
import type { FetchedChat } from '../../src/store/mirrorWriter';
import type { InstanceProjection } from '../../src/store/instances/projection';
import type { EpochSeconds, UserRecord } from '../../src/store/records';
import { Prose } from './prose';
import { INSTANCES, type MirrorSize } from './sizes';

/** Raised when the same seed gives other data than before: caches are built anew. */
export const GENERATOR_VERSION = 1;

/** The day of the sync, two years after the first message. */
export const NOW: EpochSeconds = Date.UTC(2026, 2, 31, 12) / 1000;
const DAY = 86_400;
const SPAN = 2 * 365 * DAY;
const SEED = 20_260_331;
/** Log-normal: makes the mean 1.6 times the median. */
const CHAT_SPREAD = 0.985;
const SHORTEST_TURN: EpochSeconds = 20;

const MODELS = { 'gpt-4o': 50, 'gpt-4o-mini': 22, 'claude-sonnet-4': 14, 'o4-mini': 6, 'llama3.1:8b': 5 };
const MANY_MODELS = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [`local-model-${index + 1}`, 0.1]),
);
const MODEL_WEIGHTS: Readonly<Record<string, number>> = { ...MODELS, ...MANY_MODELS };

/** One chat before its body is made. */
interface ChatPlan {
  readonly index: number;
  readonly user: number;
  readonly messages: number;
}

/** Everything that is fetched for one user. */
export interface UserFeed {
  readonly user: UserRecord;
  /** Bodies are made one by one, as they are asked for. */
  readonly chats: () => Iterable<FetchedChat>;
}

/** One generated server. */
export interface InstanceFeed {
  readonly instance: InstanceProjection;
  readonly users: readonly UserRecord[];
  /** User by user, as a sync walks. */
  readonly feeds: readonly UserFeed[];
}

/** A company's use of three Open WebUI servers over two years; equal on every machine. */
export class World {
  readonly #random = new SeededRandom(SEED);
  readonly #prose = new Prose(this.#random.fork('prose'));
  readonly #size: MirrorSize;

  constructor(size: MirrorSize) {
    this.#size = size;
  }

  instances(): InstanceFeed[] {
    const plans = this.#plans();
    return Array.from({ length: INSTANCES }, (_, index) => this.#instance(index, plans));
  }

  /**
   * About `share` of the chats with one more question and answer, as an incremental sync fetches them: those that
   * were used last.
   */
  *changed(share: number): Iterable<readonly [instanceId: number, chat: FetchedChat]> {
    const every = Math.round(1 / share);
    for (const plan of this.#plans()) {
      if (plan.index % every === 0) {
        yield [1 + (plan.user % INSTANCES), this.#fetched(plan, 2)];
      }
    }
  }

  #instance(index: number, plans: readonly ChatPlan[]): InstanceFeed {
    const id = index + 1;
    const byUser = new Map<number, ChatPlan[]>();
    for (const plan of plans) {
      byUser.set(plan.user, [...(byUser.get(plan.user) ?? []), plan]);
    }
    const owners = Array.from({ length: this.#size.users }, (_, user) => user).filter(
      (user) => user % INSTANCES === index,
    );
    const feeds = owners.map((user) => ({
      user: this.#user(user),
      chats: (): Iterable<FetchedChat> => this.#bodies(byUser.get(user) ?? []),
    }));
    return {
      instance: { id, name: `instance ${id}`, url: `https://chat${id}.example.com`, enabled: true },
      users: feeds.map(({ user }) => user),
      feeds,
    };
  }

  *#bodies(plans: readonly ChatPlan[]): Iterable<FetchedChat> {
    for (const plan of plans) {
      yield this.#fetched(plan);
    }
  }

  #user(user: number): UserRecord {
    const random = this.#random.fork(`user ${user}`);
    return {
      remoteId: random.uuid(),
      name: this.#prose.title(random),
      email: `user${user}@example.com`,
      role: 'user',
      createdAt: NOW - SPAN,
      updatedAt: NOW - SPAN,
      lastActiveAt: NOW - DAY,
    };
  }

  /** Exactly as many messages as the size says, in chats of log-normal length; few users own most chats. */
  #plans(): ChatPlan[] {
    const { users, chats, messages } = this.#size;
    const random = this.#random.fork('chats');
    const weights = Array.from({ length: chats }, () => random.logNormal(4, CHAT_SPREAD));
    const factor = messages / weights.reduce((sum, weight) => sum + weight, 0);
    const counts = weights.map((weight) => Math.max(1, Math.round(weight * factor)));
    let rest = messages - counts.reduce((sum, count) => sum + count, 0);
    for (let index = 0; rest !== 0; index = (index + 1) % chats) {
      const step = Math.sign(rest);
      const count = counts[index] ?? 0;
      if (count + step > 0) {
        counts[index] = count + step;
        rest -= step;
      }
    }
    const activity = cumulative(Array.from({ length: users }, () => random.logNormal(1, 1)));
    return counts.map((count, index) => ({ index, user: random.indexIn(activity), messages: count }));
  }

  /** @param added messages that came later */
  #fetched({ index, user, messages }: ChatPlan, added = 0): FetchedChat {
    const random = this.#random.fork(`chat ${index}`);
    const remoteId = random.uuid();
    // More of them late than early: use grows.
    const startedAt = Math.floor(NOW - SPAN * (1 - Math.sqrt(random.next())) - DAY);
    const tree = this.#tree(random, startedAt, messages);
    if (added > 0) {
      Object.assign(tree.messages, this.#tree(random.fork('added'), NOW - DAY, added, tree.last).messages);
    }
    const last = Object.keys(tree.messages).at(-1);
    const updatedAt = added > 0 ? NOW - DAY / 2 : tree.endedAt;
    const title = this.#prose.title(random);
    const body = {
      id: remoteId,
      user_id: this.#user(user).remoteId,
      title,
      chat: { title, history: { messages: tree.messages, currentId: last } },
      created_at: startedAt,
      updated_at: updatedAt,
      archived: random.chance(0.05),
      pinned: random.chance(0.02),
      meta: { tags: random.chance(0.3) ? ['work'] : [] },
    };
    return {
      body: Buffer.from(JSON.stringify(body)),
      remoteId,
      userRemoteId: body.user_id,
      listed: { remoteId, title, updatedAt, createdAt: startedAt },
      fetchedAt: NOW,
      serverNow: NOW,
    };
  }

  #tree(
    random: SeededRandom,
    startedAt: EpochSeconds,
    count: number,
    parent?: string,
  ): { readonly messages: Record<string, unknown>; readonly last: string; readonly endedAt: EpochSeconds } {
    const messages: Record<string, unknown> = {};
    let question = parent;
    let last = parent ?? '';
    let time = startedAt;
    let isQuestion = true;
    for (let made = 0; made < count; made++) {
      const id = random.uuid();
      time = Math.min(NOW, time + SHORTEST_TURN + Math.floor(random.logNormal(60, 1.5)));
      messages[id] = isQuestion
        ? {
            id,
            parentId: last === '' ? null : last,
            role: 'user',
            content: this.#prose.text(random),
            timestamp: time,
          }
        : this.#answer(random, id, question, time);
      question = isQuestion ? id : question;
      last = id;
      // One answer in ten is asked for again: a branch.
      isQuestion = isQuestion ? false : !random.chance(0.1);
    }
    return { messages, last, endedAt: time };
  }

  #answer(random: SeededRandom, id: string, parentId: string | undefined, timestamp: number): unknown {
    const content = this.#prose.text(random);
    const usage = {
      prompt_tokens: Math.ceil(random.logNormal(900, 1)),
      completion_tokens: Math.ceil(content.length / 4),
    };
    return {
      id,
      parentId,
      role: 'assistant',
      model: random.weighted(MODEL_WEIGHTS),
      content,
      timestamp,
      done: true,
      ...(random.chance(0.7) ? { usage } : {}),
      ...(random.chance(0.04) ? { annotation: { rating: random.chance(0.8) ? 1 : -1 } } : {}),
      ...(random.chance(0.01) ? { error: { content: 'The provider did not answer.' } } : {}),
    };
  }
}
