import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { dataFolderAt } from './files/dataFolder';
import { codeOf } from './errors';
import { newestGeneration } from './files/fileGeneration';
import { INTERRUPTED, isToldOf, readJournal, type JournaledRun } from './files/journal';
import { isRunUnderWay } from './locks/lockFile';
import type { StoreReader } from './reader';
import { instanceStatusSchema, mirrorStatusSchema } from './runSchemas';
import { NEVER_SYNCED, NO_CHANGES, type InstanceStatus, type MirrorStatus, type RunSummary } from './runs';
import { mapInSlices } from './slices';

const EMPTY: MirrorStatus = { version: 1, generation: 0, instances: [] };

/** `status.json` as it lies there. */
export interface StoredStatus {
  /** Undefined when there is no usable file. */
  readonly status?: MirrorStatus | undefined;
  /** The file tells less than the database and the journal do. */
  readonly isStale: boolean;
}

/** Reads `status.json` without a database. @param root the data folder. */
export async function readStatus(root: string): Promise<StoredStatus> {
  const folder = dataFolderAt(root);
  const runs = readJournal(folder);
  const newest = newestGeneration(folder.generations);
  const status = await parseStatus(folder.status);
  if (status === undefined) {
    const isEmpty = newest === 0 && runs.length === 0;
    return isEmpty ? { status: EMPTY, isStale: false } : { isStale: true };
  }
  return { status, isStale: status.generation < newest || runs.some((run) => isMissing(status, run)) };
}

/**
 * The status of all instances: from `status.json` where it is up to date, else from the database. Runs whose process
 * is gone are `interrupted`.
 */
export async function loadStatus(root: string, reader: Pick<StoreReader, 'status'>): Promise<MirrorStatus> {
  const { status, isStale } = await readStatus(root);
  if (status === undefined || isStale) {
    // The database knows nothing of the disk that it lies on.
    const current = await reader.status();
    return status?.hasNoHardLinks === true ? { ...current, hasNoHardLinks: true } : current;
  }
  const folder = dataFolderAt(root);
  const open = readJournal(folder).filter((run) => run.end === undefined && isToldOf(run, status.generation));
  const underWay = new Set(
    open.filter(({ start, pid }) => isRunUnderWay(folder, start, pid)).map(({ start }) => start.runId),
  );
  return withOpenRuns(status, open, underWay);
}

async function parseStatus(path: string): Promise<MirrorStatus | undefined> {
  try {
    return await checkedStatus(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Undefined for what is no status. With many instances it takes longer than one turn of the thread may. */
async function checkedStatus(value: unknown): Promise<MirrorStatus | undefined> {
  const whole = v.safeParse(mirrorStatusSchema, value);
  if (!whole.success) {
    return undefined;
  }
  const instances = await mapInSlices(whole.output.instances, (one) =>
    v.safeParse(instanceStatusSchema, one),
  );
  const usable = instances.flatMap(({ success, output }) => (success ? [output] : []));
  return usable.length === instances.length ? { ...whole.output, instances: usable } : undefined;
}

/** Whether an ended run should be in the status and is not. Runs older than those shown are not expected. */
function isMissing({ generation, instances }: MirrorStatus, run: JournaledRun): boolean {
  const { start, end } = run;
  const runs = instances.find(({ instanceId }) => instanceId === start.instanceId)?.runs ?? [];
  const oldest = runs.at(-1)?.startedAt ?? 0;
  const shown = runs.find(({ runId }) => runId === start.runId);
  const isEnded = shown !== undefined && shown.status !== 'running';
  return end !== undefined && start.startedAt >= oldest && !isEnded && isToldOf(run, generation);
}

function withOpenRuns(
  status: MirrorStatus,
  open: readonly JournaledRun[],
  underWay: ReadonlySet<string>,
): MirrorStatus {
  const known = new Map(status.instances.map((instance) => [instance.instanceId, instance]));
  for (const run of open) {
    const instance = known.get(run.instance.id) ?? newInstance(run);
    known.set(run.instance.id, { ...instance, runs: withRun(instance.runs, run) });
  }
  const instances = [...known.values()].map((instance) => ({
    ...instance,
    runs: instance.runs.map((run) =>
      run.status === 'running' && !underWay.has(run.runId) ? interrupted(run) : run,
    ),
  }));
  return { ...status, instances };
}

function withRun(runs: readonly RunSummary[], { start }: JournaledRun): readonly RunSummary[] {
  return runs.some(({ runId }) => runId === start.runId)
    ? runs
    : [{ ...start, status: 'running', counts: NO_CHANGES, streams: [], notes: [] }, ...runs];
}

function interrupted(run: RunSummary): RunSummary {
  return { ...run, ...INTERRUPTED, status: 'interrupted' };
}

function newInstance({ instance }: JournaledRun): InstanceStatus {
  const { id, name, url, version, privacy = 'full' } = instance;
  return { ...NEVER_SYNCED, instanceId: id, name, url, version, privacy };
}
