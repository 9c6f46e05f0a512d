import type { SampleChat, SampleUser } from '../../../../../src/sample/model';
import type { SeededRandom } from '../../../../../src/sample/random';
import type { SampleWorld } from '../../../../../src/sample/world';
import type { Memory } from '../memory';
import type { Scenario } from '../scenario';

/** Does something to a scenario; where it does not fit, nothing. All its choices come from `random`. */
export type Action = (scenario: Scenario, random: SeededRandom) => void | Promise<void>;

/** A server and what is remembered of it. */
export interface Place {
  readonly world: SampleWorld;
  readonly memory: Memory;
}

/** Something that people do on a server; done at once. */
export type Change = (place: Place, random: SeededRandom) => void;
export type Changes = Readonly<Record<string, readonly [weight: number, change: Change]>>;

/** Actions by name, each with how often it comes compared with the others. */
export type Actions = Readonly<Record<string, readonly [weight: number, action: Action]>>;

/** One of a list; undefined when it is empty. */
export function anyOf<T>(list: readonly T[], random: SeededRandom): T | undefined {
  return list.length === 0 ? undefined : random.pick(list);
}

/** Somebody, but not the account that syncs. */
export function anyUser(world: SampleWorld, random: SeededRandom): SampleUser | undefined {
  const { id: admin } = world.users.admin();
  return anyOf(
    world.users.all().filter(({ id }) => id !== admin),
    random,
  );
}

export function anyChat(world: SampleWorld, random: SeededRandom): SampleChat | undefined {
  return anyOf(world.chats.all(), random);
}

/** Something done to some chat. */
export function onChat(act: (place: Place, chat: SampleChat, random: SeededRandom) => void): Change {
  return (place, random) => {
    const chat = anyChat(place.world, random);
    if (chat !== undefined) {
      act(place, chat, random);
    }
  };
}

/** Something done to some user, but not to the account that syncs. */
export function onUser(act: (place: Place, user: SampleUser, random: SeededRandom) => void): Change {
  return (place, random) => {
    const user = anyUser(place.world, random);
    if (user !== undefined) {
      act(place, user, random);
    }
  };
}

/** Some text that has not been there before. */
export function newText(prefix: string, random: SeededRandom): string {
  return `${prefix} ${random.integer(0, 999_999)}`;
}
