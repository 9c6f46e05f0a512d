import type { Fault, LoggedRequest } from '../../../../../src/sample/faults';
import type { SeededRandom } from '../../../../../src/sample/random';
import type { SyncRequest } from '../../../../../src/sync/engine/syncTypes';
import type { Disturbance, Scenario } from '../scenario';
import type { Actions, Change } from './action';
import { addDetails, finishAnswer, startAnswer } from './messages';

/** Syncs, calm ones and all that can go wrong with them. `changes`: what may happen on the server meanwhile. */
export function syncActions(changes: readonly Change[]): Actions {
  return {
    sync: [8, (scenario, random) => sync(scenario, random, {})],
    fullSync: [3, (scenario, random) => sync(scenario, random, {}, { kind: 'full', trigger: 'manual' })],
    reconcile: [
      2,
      (scenario, random) =>
        sync(scenario, random, {}, { kind: 'incremental', trigger: 'manual', walk: 'complete' }),
    ],
    acceptHeld: [
      1,
      (scenario, random) =>
        sync(scenario, random, {}, { kind: 'full', trigger: 'manual', acceptMassDeletion: true }),
    ],
    syncBetween: [3, syncBetween],
    syncTwice: [1, (scenario) => scenario.runTwice()],
    syncInTrouble: [6, (scenario, random) => sync(scenario, random, troubleOf(random))],
    syncWithWrongLists: [
      3,
      async (scenario, random) => {
        // A list without anybody looks like another server.
        scenario.memory.noteOtherServer();
        await sync(scenario, random, wrongLists(random));
        scenario.memory.noteWrongLists();
      },
    ],
    cancelledSync: [3, (scenario, random) => sync(scenario, random, cancelling(random))],
    syncMeanwhile: [3, (scenario, random) => sync(scenario, random, changing(scenario, random, changes))],
    syncWithMortalWriter: [2, (scenario, random) => sync(scenario, random, killing(random))],
    overtakenSync: [2, (scenario, random) => sync(scenario, random, overtaking(scenario, random))],
  };
}

/** What a person or the timer asks for; full syncs are as likely as their share of the trouble. */
function anyRequest(random: SeededRandom): SyncRequest {
  return random.weighted({ manual: 5, timer: 3, full: 3 }) === 'full'
    ? { kind: 'full', trigger: 'manual' }
    : { kind: 'incremental', trigger: random.chance(0.4) ? 'schedule' : 'manual' };
}

async function sync(
  scenario: Scenario,
  random: SeededRandom,
  disturbance: Disturbance,
  request: SyncRequest = anyRequest(random),
): Promise<void> {
  // Sometimes at once: within the second of the last change, and while answers are young.
  scenario.pass(random.pick([0, 30, 900, 3_600]));
  await scenario.run(request, disturbance);
}

/** What happens to a chat right after a sync, and moves no time. */
async function syncBetween(scenario: Scenario, random: SeededRandom): Promise<void> {
  // The same choices: the same chat.
  const again = (): SeededRandom => random.fork('chat');
  startAnswer(scenario, again());
  await sync(scenario, random, {}, { kind: 'incremental', trigger: 'manual' });
  (random.chance(0.5) ? finishAnswer : addDetails)(scenario, again());
  await sync(scenario, random, {}, { kind: 'incremental', trigger: 'manual' });
}

const FAULTS: readonly Fault[] = [
  { kind: 'reply', status: 500, body: 'Internal Server Error' },
  { kind: 'reply', status: 502, body: 'Bad gateway' },
  { kind: 'reply', status: 429, body: {}, headers: { 'retry-after': '2' } },
  { kind: 'reply', status: 429, body: {}, headers: { 'retry-after': '7200' } },
  { kind: 'reply', status: 503, body: {}, headers: { 'retry-after': '30' } },
  { kind: 'reply', status: 401, body: { detail: '401 Unauthorized' } },
  { kind: 'html' },
  { kind: 'html', status: 502 },
  { kind: 'reset' },
  { kind: 'truncate', cut: 'announced' },
  { kind: 'truncate', cut: 'silent' },
];
/** How often a request is tried. */
const TRIES = 4;
/** Requests that go wrong in a row. */
const DURATIONS = [1, 1, 3, TRIES, 9, 60];
/** What may go wrong alone. */
const FEEDS = [
  /chats\/list\/user/,
  /chats\/list\/user/,
  /chats\/share/,
  /users\//,
  /(models|files|knowledge|groups)\//,
];

function troubleOf(random: SeededRandom): Disturbance {
  if (random.chance(0.1)) {
    const after = random.pick(['request', 'headers', 'half'] as const);
    return { faults: [atRequests(random.integer(1, 15), 1, { kind: 'hang', after })] };
  }
  const secondsPerRequest = random.pick([0, 0, 5]);
  const fault = random.pick(FAULTS);
  return random.chance(0.5)
    ? { secondsPerRequest, faults: [atRequests(random.integer(1, 25), random.pick(DURATIONS), fault)] }
    : { secondsPerRequest, faults: [atRequests(random.integer(1, 4), TRIES, fault, random.pick(FEEDS))] };
}

/** Lists that leave something out and look right. */
function wrongLists(random: SeededRandom): Disturbance {
  const path = random.pick([/chats\/list\/user/, /users\/all/, /users\/\?/, /files\/\?/, /knowledge\/\?/]);
  const change = (body: unknown): unknown => withoutFirst(body, random.integer(1, 100));
  return {
    isMirrorOpen: true,
    faults: [({ server }) => server.fail(path, { kind: 'rewrite', change }, random.integer(1, 5))],
  };
}

/** The same list without its first rows, whatever its shape. */
function withoutFirst(body: unknown, count: number): unknown {
  if (Array.isArray(body)) {
    return body.slice(count);
  }
  return Object.fromEntries(
    Object.entries(body as Record<string, unknown>).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.slice(count) : value,
    ]),
  );
}

function cancelling(random: SeededRandom): Disturbance {
  const at = random.integer(1, 30);
  return {
    secondsPerRequest: random.pick([0, 5]),
    onRequest: (number, cancel) => (number === at ? cancel() : undefined),
  };
}

function changing(scenario: Scenario, random: SeededRandom, changes: readonly Change[]): Disturbance {
  const at = new Set([random.integer(1, 12), random.integer(1, 30)]);
  return {
    isMirrorOpen: true,
    onRequest: (number) => {
      if (at.has(number)) {
        random.pick(changes)(scenario, random);
        scenario.memory.note(scenario.world);
      }
    },
  };
}

function killing(random: SeededRandom): Disturbance {
  // At its first call it counts as one that could not be opened.
  return { secondsPerRequest: 5, death: { call: random.integer(2, 40), writers: random.integer(1, 3) } };
}

function overtaking(scenario: Scenario, random: SeededRandom): Disturbance {
  const times = random.pick([1, 1, 2, 4]);
  const act = async (): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      await scenario.overtake();
    }
  };
  return { between: { call: random.integer(1, 30), act } };
}

/** Lets `count` requests go wrong from number `from` on, of those whose path fits. */
function atRequests(
  from: number,
  count: number,
  fault: Fault,
  path = /^/,
): (scenario: Scenario) => () => void {
  return (scenario) => {
    let number = 0;
    const isHit = (request: LoggedRequest): boolean => {
      const isOne = path.test(request.path) && (number += 1) >= from;
      scenario.hung += isOne && fault.kind === 'hang' ? 1 : 0;
      return isOne;
    };
    return scenario.server.fail(isHit, fault, count);
  };
}
