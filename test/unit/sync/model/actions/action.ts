import type { SampleChat, SampleUser } from '../../../../../src/sample/model';
import type { SeededRandom } from '../../../../../src/sample/random';
import type { SampleWorld } from '../../../../../src/sample/world';
import type { Scenario } from '../scenario';

/** Does something to a scenario; where it does not fit, nothing. All its choices come from `random`. */
export type Action = (scenario: Scenario, random: SeededRandom) => void | Promise<void>;

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

/** An action on some chat. */
export function onChat(act: (scenario: Scenario, chat: SampleChat, random: SeededRandom) => void): Action {
  return (scenario, random) => {
    const chat = anyChat(scenario.world, random);
    if (chat !== undefined) {
      act(scenario, chat, random);
    }
  };
}

/** An action on some user, but not on the account that syncs. */
export function onUser(act: (scenario: Scenario, user: SampleUser, random: SeededRandom) => void): Action {
  return (scenario, random) => {
    const user = anyUser(scenario.world, random);
    if (user !== undefined) {
      act(scenario, user, random);
    }
  };
}

/** Some text that has not been there before. */
export function newText(prefix: string, random: SeededRandom): string {
  return `${prefix} ${random.integer(0, 999_999)}`;
}
