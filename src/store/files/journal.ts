import { readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';
import type { DataFolder } from './dataFolder';
import { appendLines, replaceFile } from './durableFiles';
import { codeOf } from '../errors';
import type { InstanceHealth, StreamState } from '../mirrorFacts';
import type { InstanceProjection } from '../instances/projection';
import { PRIVACY_MODES } from '../instances/privacy';
import { instanceHealthSchema, runEndSchema, runStartSchema, streamStateSchema } from '../runSchemas';
import type { RunEnd, RunStart } from '../runs';

const entrySchema = v.variant('type', [
  v.object({
    type: v.literal('start'),
    pid: v.number(),
    zone: v.string(),
    run: runStartSchema,
    instance: v.object({
      id: v.number(),
      name: v.string(),
      url: v.string(),
      enabled: v.boolean(),
      version: v.optional(v.string()),
      privacy: v.optional(v.picklist(PRIVACY_MODES)),
    }),
  }),
  v.object({
    type: v.literal('end'),
    /** The file generation that holds the run's rows. */
    generation: v.number(),
    run: runEndSchema,
    /** What the run learnt about its streams, where no generation holds it. */
    states: v.array(streamStateSchema),
    /** How the instance's server did, where that has changed. */
    health: v.optional(instanceHealthSchema),
  }),
  v.object({ type: v.literal('published'), generation: v.number() }),
  v.object({ type: v.literal('removed'), instanceId: v.number() }),
  /** A backup was published, or was about to be, under this number: it holds nothing of the runs before. */
  v.object({ type: v.literal('restored'), generation: v.number() }),
]);

/** One line of `journal.jsonl`. */
export type JournalEntry = v.InferOutput<typeof entrySchema>;

/** A run as the journal knows it. */
export interface JournaledRun {
  readonly start: RunStart;
  readonly instance: InstanceProjection;
  readonly pid: number;
  readonly zone: string;
  readonly end?: RunEnd | undefined;
  /** The generation that holds the run's rows. */
  readonly generation?: number | undefined;
  readonly states: readonly StreamState[];
  readonly health?: InstanceHealth | undefined;
  /** Generations from this one on follow a restored backup, which holds nothing of the run. */
  readonly lostWith?: number | undefined;
}

/** The end of a run and what it learnt. */
export interface JournaledEnd {
  readonly run: RunEnd;
  /** The file generation that holds the run's rows. */
  readonly generation: number;
  readonly states: readonly StreamState[];
  readonly health?: InstanceHealth | undefined;
}

/** What a run makes durable before and after a publish. */
export type RunJournal = Pick<Journal, 'start' | 'end' | 'removed' | 'published' | 'forget' | 'forgetRuns'>;

/** For a throw-away copy: nothing of it may last. */
export const SILENT_JOURNAL: RunJournal = {
  start: () => undefined,
  end: () => undefined,
  removed: () => undefined,
  published: () => undefined,
  forget: () => undefined,
  forgetRuns: () => undefined,
};

/** What a run says that started and never ended. */
export const INTERRUPTED = {
  errorCode: 'interrupted',
  error: 'The program ended before this sync did. The next sync goes on from there.',
} as const;

/** Above this size what newer generations hold is cut away, in bytes. */
const CUT_ABOVE = 64 * 1024;
const MOST_REWRITES = 10;

/** Run starts and ends that must survive although no file generation holds them yet. Each line is durable. */
export class Journal {
  readonly #path: string;

  constructor(folder: DataFolder) {
    this.#path = folder.journal;
  }

  start(run: RunStart, instance: InstanceProjection, zone: string): void {
    this.#append([{ type: 'start', pid: process.pid, zone, run, instance }]);
  }

  end(end: JournaledEnd): void {
    this.#append([{ type: 'end', ...end } as JournalEntry]);
  }

  /** From now on the journal's runs of this instance are ignored. */
  removed(instanceId: number): void {
    this.#append([{ type: 'removed', instanceId }]);
  }

  /** Notes, before it happens, that a backup is published: what was said of earlier generations is not true of it. */
  restored(generation: number): void {
    this.#append([{ type: 'restored', generation }]);
  }

  /** Notes a publish; lines that two generations hold go when the file has grown. */
  published(generation: number): void {
    this.#append([{ type: 'published', generation }]);
    if (statSync(this.#path).size > CUT_ABOVE) {
      this.#cut(generation - 2);
    }
  }

  /** Removes all that is told of an instance's runs, and what cannot be read. */
  forget(instanceId: number): void {
    this.#rewrite((entries) => {
      const runs = new Set(
        entries.flatMap((entry) =>
          entry.type === 'start' && entry.run.instanceId === instanceId ? [entry.run.runId] : [],
        ),
      );
      return entries.filter(
        (entry) => !((entry.type === 'start' || entry.type === 'end') && runs.has(entry.run.runId)),
      );
    });
  }

  #append(entries: readonly JournalEntry[]): void {
    appendLines(this.#path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), {
      written: 'journal:written',
      synced: 'journal:synced',
    });
  }

  #cut(generation: number): void {
    this.#rewrite((entries) => keptAfter(entries, generation));
  }

  /** Removes all that is told of runs that the database has no place for any more. */
  forgetRuns(runIds: ReadonlySet<string>): void {
    const isAbout = (entry: JournalEntry): boolean =>
      (entry.type === 'start' || entry.type === 'end') && runIds.has(entry.run.runId);
    if (runIds.size > 0 && parse(readText(this.#path)).some(isAbout)) {
      this.#rewrite((entries) => entries.filter((entry) => !isAbout(entry)));
    }
  }

  /** Another process without the lock may add a line meanwhile: then once more. */
  #rewrite(keep: (entries: readonly JournalEntry[]) => readonly JournalEntry[]): void {
    for (let attempt = 1; attempt <= MOST_REWRITES; attempt++) {
      const text = readText(this.#path);
      const kept = keep(parse(text));
      if ((statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) === Buffer.byteLength(text)) {
        replaceFile(this.#path, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
        return;
      }
    }
  }
}

/** What is not yet in two generations; starts without an end stay, and what takes lines before it back. */
function keptAfter(entries: readonly JournalEntry[], generation: number): readonly JournalEntry[] {
  const marker = entries.findLastIndex(
    (entry) => entry.type === 'published' && entry.generation <= generation,
  );
  const ended = new Set(entries.flatMap((entry) => (entry.type === 'end' ? [entry.run.runId] : [])));
  return entries.filter(
    (entry, index) =>
      index > marker ||
      entry.type === 'removed' ||
      entry.type === 'restored' ||
      (entry.type === 'start' && !ended.has(entry.run.runId)),
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return '';
    }
    throw error;
  }
}

/** Lines that a crash cut short, or that a newer version wrote, are passed over. */
function parse(text: string): JournalEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = v.safeParse(entrySchema, JSON.parse(line));
      return parsed.success ? [parsed.output] : [];
    } catch {
      return [];
    }
  });
}

/** Changes whenever the journal does. */
export function journalSignature(folder: DataFolder): string {
  const stats = statSync(folder.journal, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.size}/${stats.mtimeMs}/${stats.ino}`;
}

/** The journal's runs in the order of their starts, without those of removed instances. */
export function readJournal(folder: DataFolder): JournaledRun[] {
  const runs = new Map<string, JournaledRun>();
  const restores: Restore[] = [];
  for (const entry of parse(readText(folder.journal))) {
    if (entry.type === 'start') {
      const { run: start, instance, pid, zone } = entry;
      runs.set(start.runId, { start, instance, pid, zone, states: [] });
    } else if (entry.type === 'end') {
      const run = runs.get(entry.run.runId);
      if (run !== undefined) {
        const { run: end, generation, states, health } = entry;
        runs.set(end.runId, { ...run, end, generation, states, health });
      }
    } else if (entry.type === 'removed') {
      for (const [runId, { start }] of runs) {
        if (start.instanceId === entry.instanceId) {
          runs.delete(runId);
        }
      }
    } else if (entry.type === 'restored') {
      restores.push({ generation: entry.generation, openRuns: openRuns(runs) });
    }
  }
  return [...runs.values()].map((run) => ({ ...run, lostWith: lostWith(run, restores) }));
}

/** Whether a generation may hold what the journal says of a run: one that follows a restored backup holds nothing of it. */
export function isToldOf({ lostWith }: JournaledRun, generation: number): boolean {
  return lostWith === undefined || generation < lostWith;
}

/** A backup that was published. */
interface Restore {
  readonly generation: number;
  /** Runs that had started and not ended. */
  readonly openRuns: ReadonlySet<string>;
}

function openRuns(runs: ReadonlyMap<string, JournaledRun>): Set<string> {
  return new Set([...runs.values()].filter(({ end }) => end === undefined).map(({ start }) => start.runId));
}

/** An end tells of the generation that it names, whenever it was written; a run without one of what was there then. */
function lostWith(
  { start, end, generation }: JournaledRun,
  restores: readonly Restore[],
): number | undefined {
  return restores.find((restore) =>
    end === undefined ? restore.openRuns.has(start.runId) : (generation ?? 0) < restore.generation,
  )?.generation;
}
