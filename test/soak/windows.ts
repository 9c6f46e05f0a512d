import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../../src/sample/faults';
import { SeededRandom } from '../../src/sample/random';
import { startSampleServer, type SampleServer } from '../../src/sample/server';
import { SAMPLE_VERSIONS } from '../../src/sample/versions';
import { SampleWorld } from '../../src/sample/world';
import { differences, noLeniency } from '../unit/sync/model/comparison';
import { expectationOf } from '../unit/sync/model/expectation';
import { Memory } from '../unit/sync/model/memory';
import { CHANGES } from '../unit/sync/model/sequence';
import { readMirror, TABLES } from '../unit/sync/model/tables';
import { Windows } from './windowProcesses';

const WINDOWS = 3;
const FAULT_SHARE = 0.05;
const FAULTS: readonly Fault[] = [
  { kind: 'reply', status: 500, body: 'Internal Server Error' },
  { kind: 'reply', status: 503, body: {}, headers: { 'retry-after': '1' } },
  { kind: 'reply', status: 429, body: {}, headers: { 'retry-after': '1' } },
  { kind: 'html', status: 502 },
  { kind: 'reset' },
  { kind: 'truncate', cut: 'announced' },
  { kind: 'truncate', cut: 'silent' },
];
const WEEK = 7 * 86_400;
const CHANGES_AT_FIRST = 60;

/** What one round came to. */
export interface RoundCounts {
  readonly syncs: number;
  readonly killed: number;
  readonly requests: number;
}

/**
 * Several processes sync one data folder while people use the server, one request in twenty goes wrong and now and then
 * a process is killed. @throws AssertionError when the mirror is not the server in the end
 */
export async function playWindows(seed: number, seconds: number): Promise<RoundCounts> {
  const random = new SeededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-soak-'));
  const world = populatedWorld(seed, random);
  const server = await startSampleServer({ world });
  const windows = new Windows(folder, server);
  try {
    await windows.addInstance();
    const counts = await disturb(windows, server, random, seconds);
    await windows.settle();
    const image = await readMirror(folder);
    assert.deepEqual(differences(image, expectationOf(world), noLeniency(TABLES)), []);
    rmSync(folder, { recursive: true, force: true });
    return counts;
  } finally {
    await server.close();
  }
}

function populatedWorld(seed: number, random: SeededRandom): SampleWorld {
  const world = new SampleWorld({
    seed,
    version: random.pick(SAMPLE_VERSIONS),
    clock: () => Date.now() / 1000,
  });
  world.runAt(world.now() - WEEK, () => {
    world.users.add({ name: 'Ada Admin', email: 'admin@example.org', role: 'admin' });
    for (let number = 0; number < CHANGES_AT_FIRST; number += 1) {
      change(world, random);
    }
  });
  return world;
}

function change(world: SampleWorld, random: SeededRandom): void {
  const name = random.weighted(
    Object.fromEntries(Object.entries(CHANGES).map(([key, [weight]]) => [key, weight])),
  );
  CHANGES[name]?.[1]({ world, memory: new Memory() }, random);
}

async function disturb(
  windows: Windows,
  server: SampleServer,
  random: SeededRandom,
  seconds: number,
): Promise<RoundCounts> {
  const end = Date.now() + seconds * 1000;
  const isOver = (): boolean => Date.now() >= end;
  const takeBacks = FAULTS.map((fault) =>
    server.fail(() => random.chance(FAULT_SHARE / FAULTS.length), fault, Infinity),
  );
  const people = repeat(isOver, random, [50, 500], () => change(server.world, random));
  const killer = repeat(isOver, random, [2_000, 12_000], () => windows.killOne(random));
  const syncing = Array.from({ length: WINDOWS }, () =>
    repeat(isOver, random, [0, 1_500], () =>
      windows.sync(random.pick([[], [], [], ['--full'], ['--reconcile']])),
    ),
  );
  await Promise.all([people, killer, ...syncing]);
  takeBacks.forEach((takeBack) => takeBack());
  return { syncs: windows.syncs, killed: windows.killed, requests: server.requests.length };
}

async function repeat(
  isOver: () => boolean,
  random: SeededRandom,
  [shortest, longest]: readonly [number, number],
  work: () => unknown,
): Promise<void> {
  while (!isOver()) {
    await delay(random.integer(shortest, longest));
    await work();
  }
}
