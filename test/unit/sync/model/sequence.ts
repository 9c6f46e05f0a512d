import fc from 'fast-check';
import { SeededRandom } from '../../../../src/sample/random';
import { SAMPLE_VERSIONS, type SampleVersion } from '../../../../src/sample/versions';
import type { Action, Actions, Changes } from './actions/action';
import { CHATS } from './actions/chatActions';
import { LIBRARY } from './actions/libraryActions';
import { OPERATOR } from './actions/operatorActions';
import { PEOPLE } from './actions/peopleActions';
import { syncActions } from './actions/syncActions';
import { Scenario } from './scenario';

/** What people do on a server, also while a sync runs. */
export const CHANGES: Changes = { ...PEOPLE, ...CHATS, ...LIBRARY };
const ACTIONS: Actions = {
  ...CHANGES,
  ...OPERATOR,
  ...syncActions(Object.values(CHANGES).map(([, change]) => change)),
};

/** How many people and chats a server has when it is synced for the first time, at most. */
const MOST_AT_FIRST = 8;
const SHORTEST = 12;
const LONGEST = 32;
/** Seconds between two steps; often none. */
const PAUSES = [0, 0, 1, 20, 300];

interface Step {
  readonly name: string;
  /** Of all that the action chooses. */
  readonly seed: number;
}

/** What happens to one server and its mirror, from the beginning to the end. */
export interface Sequence {
  readonly version: SampleVersion;
  /** Of what the server holds at first. */
  readonly seed: number;
  readonly steps: readonly Step[];
}

const seed = fc.nat({ max: 0xffff });

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.oneof(
    ...Object.entries(ACTIONS).map(([name, [weight]]) => ({ weight, arbitrary: fc.constant(name) })),
  ),
  seed,
});

/** Any sequence of server changes, syncs, failures, cancels and restarts. */
export const sequences: fc.Arbitrary<Sequence> = fc.noBias(
  fc.record({
    version: fc.constantFrom(...SAMPLE_VERSIONS),
    seed,
    steps: fc.array(step, { minLength: SHORTEST, maxLength: LONGEST, size: 'max' }),
  }),
);

/** Plays a sequence. @throws AssertionError when the mirror is not what it must be, naming the step */
export async function play({ version, seed: first, steps }: Sequence): Promise<void> {
  const scenario = new Scenario(version);
  try {
    await scenario.start();
    await within('at first', () => populate(scenario, new SeededRandom(first)));
    for (const [index, { name, seed: own }] of steps.entries()) {
      await within(`step ${index + 1}, ${name}`, () => take(scenario, name, new SeededRandom(own)));
    }
    await within('at the end', () => scenario.finish());
  } finally {
    await scenario.close();
  }
}

async function populate(scenario: Scenario, random: SeededRandom): Promise<void> {
  for (let left = random.integer(0, MOST_AT_FIRST); left > 0; left -= 1) {
    await take(scenario, 'addUser', random);
    await take(scenario, 'newChat', random);
    await take(scenario, random.pick(['offerModel', 'addFile', 'addBase', 'addGroup']), random);
  }
  scenario.pass(86_400);
}

async function take(scenario: Scenario, name: string, random: SeededRandom): Promise<void> {
  const [, action] = ACTIONS[name] as readonly [number, Action];
  scenario.pass(random.pick(PAUSES));
  await action(scenario, random);
  scenario.memory.note(scenario.world);
}

async function within(place: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) {
      error.message = `${place}: ${error.message}`;
    }
    throw error;
  }
}
