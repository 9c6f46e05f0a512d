import { generateCompany } from '../../src/sample/company/company';
import type { SampleVersion } from '../../src/sample/versions';
import { SampleWorld, type SampleClock } from '../../src/sample/world';

const CHATS_PER_USER = 12;
const MESSAGES_PER_CHAT = 3;
const DAY = 86_400;
const HISTORY_DAYS = 120;

/** Makes the world of one server. */
export type MakeWorld = (options: {
  readonly version: SampleVersion;
  readonly clock: SampleClock;
}) => SampleWorld;

/** Above this the texts of a company take too much memory. */
const MOST_IN_COMPANY = 5_000;

/** A server with so many users and twelve times as many chats. */
export function worldOf(users: number): MakeWorld {
  return users > MOST_IN_COMPANY ? crowdOf(users) : companyOf(users);
}

/** A company as the demo has it: few people write most of the chats. */
function companyOf(users: number): MakeWorld {
  const chats = users * CHATS_PER_USER;
  return ({ version, clock }) =>
    generateCompany({
      ...{ seed: 'calls', users, chats, messages: chats * MESSAGES_PER_CHAT },
      ...{ version, clock, now: clock() },
    });
}

/** As many people with chats of which only the lists matter: what calls a sync needs does not depend on their content. */
function crowdOf(users: number): MakeWorld {
  return ({ version, clock }) => {
    const world = new SampleWorld({ seed: 'crowd', version, clock });
    const now = clock();
    const ago = (days: number): number => now - days * DAY;
    world.runAt(ago(HISTORY_DAYS + 1), () => {
      for (let number = 0; number < users; number += 1) {
        world.users.add({ role: number === 0 ? 'admin' : 'user' });
      }
    });
    world.users.all().forEach(({ id }, index) => {
      for (let number = 0; number < CHATS_PER_USER; number += 1) {
        world.runAt(ago(1 + ((index * 7 + number * 10) % HISTORY_DAYS)), () => world.chats.add(id));
      }
    });
    return world;
  };
}
