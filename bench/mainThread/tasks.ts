import type { Profiler } from 'node:inspector';

/** A stretch of work without a return to the event loop. */
export interface Task {
  /**
   * ms of CPU in the product's code and in what it called. Neither a pause of the thread counts nor a garbage
   * collection, which can fall into any task.
   */
  readonly cpuMs: number;
  /** ms of CPU of the runtime by itself, such as unpacking what came from the network. */
  readonly foreignMs: number;
  /** ms of garbage collection. */
  readonly gcMs: number;
  /** ms that others had to wait. */
  readonly wallMs: number;
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
  const kindOf = ({ name, leaf }: Sample): 'collection' | 'own' | 'foreign' => {
    if (name === COLLECTION) {
      return 'collection';
    }
    return pathOf(leaf, frames).some((id) => frames.get(id)?.isOwn === true) ? 'own' : 'foreign';
  };
  const us = { collection: 0, own: 0, foreign: 0 };
  for (const sample of samples) {
    us[kindOf(sample)] += Math.min(Math.max(0, sample.us), LATE * intervalUs);
  }
  const own = samples.filter((sample) => kindOf(sample) === 'own');
  return {
    cpuMs: us.own / 1000,
    foreignMs: us.foreign / 1000,
    gcMs: us.collection / 1000,
    wallMs: samples.reduce((sum, sample) => sum + sample.us, 0) / 1000,
    where: heaviestPath(own, frames),
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
