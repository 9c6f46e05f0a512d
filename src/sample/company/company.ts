import { cumulative, SeededRandom } from '../random';
import type { SampleVersion } from '../versions';
import { DEFAULT_NOW, SampleWorld, type SampleClock } from '../world';
import type { SampleUser } from '../model';
import { writeChat } from './chatGenerator';
import { addDocuments } from './documents';
import { addModels } from './models';
import { allocate, startTimes } from './rhythm';
import { FIRST_NAMES, LAST_NAMES } from './words';

const DAY = 86_400;
const WEEK = 7 * DAY;
/** The last four months, of which the last day is over. */
const FOUR_MONTHS: CompanyHistory = { days: 120, endsNow: false };
const GROUP_NAMES = ['Finance', 'Legal', 'Engineering', 'Sales'];

export interface CompanySize {
  /** Accounts, the administrator and pending ones included. */
  readonly users: number;
  readonly chats: number;
  /** Turns and answers together, at least two for each chat. */
  readonly messages: number;
}

export interface CompanyHistory {
  /** Days with chats before the day of `now`. */
  readonly days: number;
  /** The day of `now` has chats too, as far as it has gone; else its day before is the last one. */
  readonly endsNow: boolean;
}

export interface CompanyOptions extends Partial<CompanySize> {
  /** Also the domain of the e-mail addresses. */
  readonly name?: string;
  readonly seed?: number | string;
  /** The end of the generated history, seconds since 1970; all times count back from it. */
  readonly now?: number;
  /** Default: four months until the day before `now`. */
  readonly history?: CompanyHistory;
  readonly version?: SampleVersion;
  /** The time of the server afterwards; default: it stands still at `now`. */
  readonly clock?: SampleClock;
}

/** The three companies of the demo. */
export const COMPANIES: Readonly<
  Record<'fasgpt' | 'resgpt' | 'berkshiregpt', CompanySize & { readonly seed: string }>
> = {
  fasgpt: { seed: 'fasgpt', users: 38, chats: 482, messages: 1_245 },
  resgpt: { seed: 'resgpt', users: 38, chats: 447, messages: 1_180 },
  berkshiregpt: { seed: 'berkshiregpt', users: 37, chats: 431, messages: 1_210 },
};

export type CompanyName = keyof typeof COMPANIES;

/**
 * A company with people, models, files and chats. The same seed, size and history give the same ids, texts and counts;
 * `now` only moves the times.
 */
export function generateCompany(options: CompanyOptions = {}): SampleWorld {
  const {
    name = 'sample',
    seed = name,
    users = 38,
    chats = 450,
    messages = 1_200,
    now = DEFAULT_NOW,
    history = FOUR_MONTHS,
  } = options;
  const random = new SeededRandom(seed);
  const world = new SampleWorld({
    seed: `${seed}/ids`,
    clock: options.clock ?? ((): number => now),
    ...(options.version === undefined ? {} : { version: options.version }),
  });
  addPeople(world, random.fork('people'), name, users, now);
  // Models and documents keep their place in a longer history; people are then seen to come one after the other.
  const stretch = history.days / FOUR_MONTHS.days;
  const settled = now - Math.round(90 * stretch * DAY);
  world.runAt(settled, () => {
    addModels(world);
  });
  addDocuments(world, settled, stretch);
  addChats(world, random, { users, chats, messages: Math.max(messages, chats * 2) }, now, history);
  return world;
}

function addPeople(
  world: SampleWorld,
  random: SeededRandom,
  company: string,
  count: number,
  now: number,
): void {
  const joined = (days: number): number => now - days * DAY - random.integer(0, DAY);
  world.runAt(joined(400), () =>
    world.users.add({ name: 'Ada Admin', email: `admin@${company}.example`, role: 'admin' }),
  );
  for (let number = 1; number < count; number++) {
    const isPending = number % 19 === 18;
    const isNew = number % 12 === 11;
    const person = nameOf(random, number);
    world.runAt(joined(isPending ? 5 : isNew ? random.integer(20, 70) : random.integer(130, 390)), () =>
      world.users.add({
        name: person.name,
        email: `${person.mailbox}@${company}.example`,
        role: isPending ? 'pending' : 'user',
      }),
    );
  }
  const members = world.users.all().filter((user) => user.role === 'user');
  world.runAt(now - 100 * DAY, () => {
    GROUP_NAMES.forEach((name, index) => {
      world.users.addGroup(
        name,
        members.filter((_, position) => position % GROUP_NAMES.length === index).map((user) => user.id),
      );
    });
  });
}

/** A name of its own for each number. */
export function nameOf(random: SeededRandom, number: number): { name: string; mailbox: string } {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return { name: `${first} ${last}`, mailbox: `${plain}.${number}` };
}

function addChats(
  world: SampleWorld,
  random: SeededRandom,
  size: CompanySize,
  now: number,
  history: CompanyHistory,
): void {
  const owners = new OwnerChoice(world, random.fork('owners'));
  const lengths = random.fork('lengths');
  const weights = Array.from({ length: size.chats }, () => lengths.logNormal(1, 1.3));
  const extra = allocate(size.messages - size.chats * 2, weights);
  const texts = random.fork('texts');
  timesOf(random.fork('times'), size.chats, now, history).forEach((startedAt, index) => {
    writeChat(
      world,
      texts,
      { userId: owners.at(startedAt).id, startedAt, messages: 2 + (extra[index] ?? 0) },
      now,
    );
  });
}

function timesOf(
  random: SeededRandom,
  count: number,
  now: number,
  { days, endsNow }: CompanyHistory,
): number[] {
  if (!endsNow) {
    return startTimes(random, count, now, days);
  }
  // What the rest of the day would bring came on the same weekday before.
  return startTimes(random, count, now + DAY, days + 1)
    .map((time) => (time < now ? time : time - WEEK))
    .sort((left, right) => left - right);
}

/** Few people write most of the chats; nobody writes before he joined. */
class OwnerChoice {
  readonly #people: readonly SampleUser[];
  readonly #sums: Float64Array;
  readonly #random: SeededRandom;

  constructor(world: SampleWorld, random: SeededRandom) {
    this.#people = world.users.all().filter((user) => user.role !== 'pending');
    this.#sums = cumulative(this.#people.map(() => random.logNormal(1, 1)));
    this.#random = random;
  }

  at(time: number): SampleUser {
    for (let tries = 0; tries < 20; tries++) {
      const user = this.#people[this.#random.indexIn(this.#sums)];
      if (user !== undefined && user.createdAt < time) {
        return user;
      }
    }
    const [admin] = this.#people;
    if (admin === undefined) {
      throw new Error('A company needs at least its administrator');
    }
    return admin;
  }
}
