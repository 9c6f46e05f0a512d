import assert from 'node:assert/strict';
import { reportFromApi, type DirectReport, type Pace } from './directApi';
import { median, times, type Figure } from './figures';
import type { Mirror } from './mirror';
import type { ServerInfo } from './servers';
import type { ServersProcess } from './serversProcess';
import { sizeInWords } from './syncFigures';

const REPETITIONS = 10;
const LEAST_SPEEDUP = 100;

/** With the pace that servers are promised, which the goal is about, and as fast as a server without work answers. */
const PACES: readonly { readonly words: string; readonly pace: Pace; readonly isPromised: boolean }[] = [
  { words: '50 ms delay', pace: { delayMs: 50, concurrency: 4 }, isPromised: true },
  { words: 'no delay', pace: { delayMs: 0, concurrency: 4 }, isPromised: false },
];

interface Subject {
  readonly title: string;
  readonly servers: readonly ServerInfo[];
  /** Undefined: all. */
  readonly instanceId?: number;
  readonly goalMs: number;
}

/** Reports from the database against the same numbers straight from the API. */
export async function measureReports(
  mirror: Mirror,
  { servers }: ServersProcess,
  add: (figure: Figure) => void,
): Promise<void> {
  const [first] = servers;
  assert.ok(first);
  const subjects: readonly Subject[] = [
    { title: 'report of one instance', servers: [first], instanceId: 1, goalMs: 1000 },
    { title: 'report of all instances', servers, goalMs: 2000 },
  ];
  for (const subject of subjects) {
    const reportMs = await fromDatabase(mirror, subject, add);
    await fromApi(mirror, subject, reportMs, add);
  }
}

async function fromDatabase(
  mirror: Mirror,
  { title, servers, instanceId, goalMs }: Subject,
  add: (figure: Figure) => void,
): Promise<number> {
  const data = sizeInWords({ servers });
  const reader = mirror.reader();
  try {
    const firstMs = await mirror.report(reader, instanceId);
    const all: number[] = [];
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
      all.push(await mirror.report(reader, instanceId));
    }
    const value = median(all);
    const goal = (ms: number): NonNullable<Figure['goal']> => ({
      text: `< ${goalMs} ms`,
      isMet: ms < goalMs,
    });
    add({ name: title, value, unit: 'ms', goal: goal(value), data });
    add({
      name: `${title}, the first one (starts the worker, opens the database)`,
      value: firstMs,
      unit: 'ms',
      ratio: { to: title, value: times(firstMs, value) },
      goal: goal(firstMs),
      data,
    });
    return value;
  } finally {
    reader.dispose();
  }
}

async function fromApi(
  mirror: Mirror,
  { title, servers }: Subject,
  reportMs: number,
  add: (figure: Figure) => void,
): Promise<void> {
  const data = sizeInWords({ servers });
  for (const { words, pace, isPromised } of PACES) {
    const started = performance.now();
    // All at once: what favours the API most.
    const reports = await Promise.all(servers.map((server) => reportFromApi(server, pace)));
    const elapsedMs = performance.now() - started;
    await assertSameNumbers(mirror, reports);
    const name = `${title}, straight from the API, ${words}`;
    const speedup = times(elapsedMs, reportMs);
    add({
      name,
      value: elapsedMs,
      unit: 'ms',
      ratio: { to: title, value: speedup },
      ...(isPromised
        ? { goal: { text: `at least ${LEAST_SPEEDUP}x`, isMet: speedup >= LEAST_SPEEDUP } }
        : {}),
      data,
    });
    if (isPromised) {
      const calls = reports.reduce((sum, report) => sum + report.calls, 0);
      add({ name: `${name}, calls (database: 0)`, value: calls, unit: 'calls', data });
    }
  }
}

/** A fast report of other numbers would be worth nothing. */
async function assertSameNumbers(mirror: Mirror, reports: readonly DirectReport[]): Promise<void> {
  const reader = mirror.reader();
  try {
    for (const [index, { numbers }] of reports.entries()) {
      assert.deepEqual(await mirror.numbers(reader, index + 1), numbers);
    }
  } finally {
    reader.dispose();
  }
}
