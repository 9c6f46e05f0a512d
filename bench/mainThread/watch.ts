import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tasksOf, type Task } from './tasks';
import { TaskStarts } from './taskStarts';

const INTERVAL_US = 500;
const RESOLUTION_MS = 1;
const LONGEST_SHOWN = 5;

/** What a piece of work did to the thread that it ran on. */
export interface Watched {
  readonly elapsedMs: number;
  /** Delay of the event loop in ms; a loop that only waits has a little over the resolution of 1 ms. */
  readonly delay: { readonly p99: number; readonly max: number };
  /** The product's longest tasks by CPU, first the longest. */
  readonly longest: readonly Task[];
  /** The longest that the runtime was busy with itself within a task. */
  readonly longestForeignMs: number;
  /** The longest garbage collection. */
  readonly longestCollectionMs: number;
}

/** Profiles this thread while `work` runs. */
export async function watched(work: () => Promise<unknown>): Promise<Watched> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
  const starts = new TaskStarts();
  starts.start();
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const startedAt = performance.now();
  try {
    await work();
  } finally {
    histogram.disable();
    starts.stop();
  }
  const elapsedMs = performance.now() - startedAt;
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const tasks = tasksOf(profile, starts.times, INTERVAL_US).sort((left, right) => right.cpuMs - left.cpuMs);
  return {
    elapsedMs,
    delay: { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 },
    longest: tasks.slice(0, LONGEST_SHOWN),
    longestCollectionMs: Math.max(0, ...tasks.map(({ gcMs }) => gcMs)),
    longestForeignMs: Math.max(0, ...tasks.map(({ foreignMs }) => foreignMs)),
  };
}
