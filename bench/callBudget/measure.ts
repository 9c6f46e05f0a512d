import type { SampleChat, SampleUser } from '../../src/sample/model';
import type { SampleVersion } from '../../src/sample/versions';
import type { SampleWorld } from '../../src/sample/world';
import type { SyncRequest } from '../../src/sync/engine/syncTypes';
import { Mirroring } from '../../test/unit/sync/engine/harness';
import type { MakeWorld } from './worlds';

/** The versions that are measured: how many calls a sync needs depends on what a server tells in one. */
export const MEASURED_VERSIONS = ['0.12.4', '0.6.36'] as const satisfies readonly SampleVersion[];
export type MeasuredVersion = (typeof MEASURED_VERSIONS)[number];

/** Rows of a page of a chat list, as servers of all versions give them. */
const CHATS_PER_PAGE = 60;

/** What a server holds, as far as calls depend on it. */
export interface ServerSize {
  readonly users: number;
  readonly chats: number;
  /** Pages of all users' chat lists. */
  readonly chatPages: number;
  /** Lists of more than one page. */
  readonly longLists: number;
  /** Groups with members. */
  readonly groups: number;
  readonly files: number;
  readonly knowledgeBases: number;
  readonly ratings: number;
}

/** One sync and what had happened before it. */
export interface Measurement {
  readonly calls: number;
  /** Users who had done something, the account that syncs among them. */
  readonly activeUsers: number;
  /** Pages of their chat lists; a list of several pages is begun once more where something had changed. */
  readonly activePages: number;
  readonly changedChats: number;
  /** What the product had announced; undefined before the first sync. */
  readonly announced: number | undefined;
}

export const SITUATIONS = [
  'full',
  'unchangedByTimer',
  'unchangedByHand',
  'onePercent',
  'fivePercentOfFew',
  'fivePercentOfAll',
  'reconcile',
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** The calls of all situations on one server. */
export interface CallFigures {
  readonly version: MeasuredVersion;
  readonly size: ServerSize;
  readonly situations: Readonly<Record<Situation, Measurement>>;
}

const BY_TIMER = { kind: 'incremental', trigger: 'schedule' } as const;
/** Hourly runs: long enough for everything that the timer looks at every six hours. */
const TIMER_RUNS = 13;
const BY_HAND = { kind: 'incremental', trigger: 'manual' } as const;

/** Counts the requests that a sample server gets, one hour between two syncs. */
export async function measureCalls(makeWorld: MakeWorld, version: MeasuredVersion): Promise<CallFigures> {
  const mirroring = new Mirroring(version, makeWorld);
  try {
    await mirroring.start();
    const { world } = mirroring;
    const size = sizeOf(world);
    const sync = (request: SyncRequest, share = 0, everyNth = 1): Promise<Measurement> =>
      measured(mirroring, request, share, everyNth);
    const situations = {
      full: await sync({ kind: 'full', trigger: 'manual' }),
      unchangedByTimer: await dearestOf(TIMER_RUNS, () => sync(BY_TIMER)),
      unchangedByHand: await sync(BY_HAND),
      onePercent: await sync(BY_HAND, 0.01, 25),
      fivePercentOfFew: await sync(BY_HAND, 0.05, 5),
      fivePercentOfAll: await sync(BY_HAND, 0.05),
      reconcile: await sync({ ...BY_HAND, walk: 'complete' }),
    };
    return { version, size, situations };
  } finally {
    await mirroring.close();
  }
}

/** The dearest of several runs: the timer looks at what rarely changes in turn. */
async function dearestOf(runs: number, run: () => Promise<Measurement>): Promise<Measurement> {
  let dearest = await run();
  for (let number = 1; number < runs; number += 1) {
    const next = await run();
    dearest = next.calls > dearest.calls ? next : dearest;
  }
  return dearest;
}

async function measured(
  mirroring: Mirroring,
  request: SyncRequest,
  share: number,
  everyNth: number,
): Promise<Measurement> {
  const { world, server } = mirroring;
  const changed = pick(world, Math.round(world.chats.all().length * share), everyNth);
  changed.forEach(({ id }) => world.chats.addTurn(id));
  const people = new Set([world.users.admin().id, ...changed.map(({ userId }) => userId)]);
  const active = [...people].map((id) => world.chats.of(id).length);
  const run = await mirroring.sync(request);
  if (run.status !== 'ok') {
    throw new Error(`A sync ended ${run.status}: ${run.error ?? 'see its streams'}`);
  }
  return {
    calls: server.requests.length,
    activeUsers: active.length,
    activePages: pages(active) + longLists(active),
    changedChats: changed.length,
    announced: run.expectedRequests,
  };
}

/** So many chats of every nth user, one of each in turn until they are enough. */
function pick(world: SampleWorld, count: number, everyNth: number): SampleChat[] {
  const people: SampleUser[] = world.users.all().filter((_, index) => index % everyNth === everyNth - 1);
  const piles = people.map(({ id }) => world.chats.of(id));
  const turns = Math.max(0, ...piles.map((pile) => pile.length));
  const inTurn = Array.from({ length: turns }, (_, turn) => piles.flatMap((pile) => pile[turn] ?? [])).flat();
  if (inTurn.length < count) {
    throw new Error(`${people.length} users have ${inTurn.length} chats, not ${count}`);
  }
  return inTurn.slice(0, count);
}

function sizeOf({ users, chats, library }: SampleWorld): ServerSize {
  const lists = users.all().map(({ id }) => chats.of(id).length);
  return {
    users: lists.length,
    chats: chats.all().length,
    chatPages: pages(lists),
    longLists: longLists(lists),
    groups: users.groups().filter(({ userIds }) => userIds.length > 0).length,
    files: library.files().length,
    knowledgeBases: library.knowledge().length,
    ratings: chats.feedback().length,
  };
}

/** A full page is followed by another one, which may be empty. */
function pages(lists: readonly number[]): number {
  return lists.reduce((sum, chats) => sum + Math.floor(chats / CHATS_PER_PAGE) + 1, 0);
}

function longLists(lists: readonly number[]): number {
  return lists.filter((chats) => chats >= CHATS_PER_PAGE).length;
}
