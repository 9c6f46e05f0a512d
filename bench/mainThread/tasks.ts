import type { Profiler } from 'node:inspector';

/** A stretch of work without a return to the event loop. */
export interface Task {
  /** ms of CPU: neither a pause of the thread nor a garbage collection counts, which can fall into any task. */
  readonly cpuMs: number;
  /** ms of garbage collection. */
  readonly gcMs: number;
  /** ms that others had to wait. */
  readonly wallMs: number;
  /** Code of the product took part; else it is the runtime's alone, such as unpacking what came from the network. */
  readonly isOwn: boolean;
  /** The frames in which most of it was spent, outermost first, with their files. */
  readonly where: string;
}

/** What V8 calls a thread that waits. */
const IDLE = '(idle)';
/** What V8 calls a thread that works outside of JavaScript, be it for itself. */
const OUTSIDE = '(program)';
const COLLECTION = '(garbage collector)';
/** A sample that comes this much later than it should was held up with its thread. */
const LATE = 2;
const FRAMES_SHOWN = 7;
const OWN = /\/(src|dist)\/(?!.*node_modules)/;

interface Frame {
  readonly name: string;
  readonly place: string;
  readonly isOwn: boolean;
  readonly parent: number | undefined;
}

interface Sample {
  readonly leaf: number;
  readonly name: string;
  /** By the clock of the profile. */
  readonly at: number;
  readonly us: number;
}

/**
 * Cuts a profile into tasks: one ends where the thread waits, or where the event loop calls the next callback.
 * @param starts of callbacks, by the profile's clock, ascending
 * @param intervalUs between two samples
 */
export function tasksOf(profile: Profiler.Profile, starts: readonly number[], intervalUs: number): Task[] {
  const frames = framesOf(profile);
  const tasks: Task[] = [];
  let open: Sample[] = [];
  let next = 0;
  const close = (): void => {
    if (open.some(({ name }) => name !== OUTSIDE)) {
      tasks.push(taskOf(open, frames, intervalUs));
    }
    open = [];
  };
  for (const sample of samplesOf(profile, frames)) {
    while ((starts[next] ?? Infinity) <= sample.at) {
      next += 1;
      close();
    }
    if (sample.name === IDLE) {
      close();
    } else {
      open.push(sample);
    }
  }
  close();
  return tasks;
}

function framesOf({ nodes }: Profiler.Profile): ReadonlyMap<number, Frame> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  return new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const file = url.split('/').slice(-2).join('/');
      const frame: Frame = {
        name: functionName === '' ? '(anonymous)' : functionName,
        place: file === '' ? '' : `${file}:${lineNumber + 1}`,
        isOwn: OWN.test(url),
        parent: parents.get(id),
      };
      return [id, frame];
    }),
  );
}

function samplesOf(
  { samples = [], timeDeltas = [], startTime }: Profiler.Profile,
  frames: ReadonlyMap<number, Frame>,
): readonly Sample[] {
  let at = startTime;
  return samples.map((leaf, index) => {
    at += timeDeltas[index] ?? 0;
    // What a sample saw lasted until the next one.
    return { leaf, name: frames.get(leaf)?.name ?? '', at, us: timeDeltas[index + 1] ?? 0 };
  });
}

/** From the callback of the event loop inwards. */
function pathOf(leaf: number, frames: ReadonlyMap<number, Frame>): number[] {
  const path: number[] = [];
  for (let id: number | undefined = leaf; id !== undefined; id = frames.get(id)?.parent) {
    path.unshift(id);
  }
  return path.slice(1);
}

function taskOf(samples: readonly Sample[], frames: ReadonlyMap<number, Frame>, intervalUs: number): Task {
  const cpu =
    (ofCollection: boolean) =>
    (sample: Sample): number =>
      (sample.name === COLLECTION) === ofCollection ? Math.min(Math.max(0, sample.us), LATE * intervalUs) : 0;
  const total = (measure: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + measure(sample), 0) / 1000;
  return {
    cpuMs: total(cpu(false)),
    gcMs: total(cpu(true)),
    wallMs: total(({ us }) => us),
    isOwn: samples.some(({ leaf }) => pathOf(leaf, frames).some((id) => frames.get(id)?.isOwn === true)),
    where: heaviestPath(
      samples.filter(({ name }) => name !== COLLECTION),
      frames,
    ),
  };
}

function heaviestPath(samples: readonly Sample[], frames: ReadonlyMap<number, Frame>): string {
  let paths = samples.map(({ leaf }) => pathOf(leaf, frames).map((id) => labelOf(frames.get(id))));
  const shown: string[] = [];
  for (let depth = 0; ; depth += 1) {
    const counts = new Map<string, number>();
    for (const path of paths) {
      const label = path[depth];
      if (label !== undefined) {
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    }
    const [heaviest] = [...counts].sort(([, left], [, right]) => right - left);
    if (heaviest === undefined || heaviest[1] < paths.length / 3) {
      return shown.slice(-FRAMES_SHOWN).join(' > ');
    }
    shown.push(heaviest[0]);
    paths = paths.filter((path) => path[depth] === heaviest[0]);
  }
}

function labelOf(frame: Frame | undefined): string {
  return frame === undefined ? '?' : `${frame.name}${frame.place === '' ? '' : ` (${frame.place})`}`;
}
