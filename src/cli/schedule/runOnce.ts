import type { Every } from '../../headless/every';
import { headlessFolderAt } from '../../headless/headlessFolder';
import { noteRun } from '../../headless/installedSchedule';
import type { MirrorStatus } from '../../store/runs';
import type { LockHolder } from '../../sync/engine/coordinatorTypes';
import { SyncBusyError } from '../../sync/engine/coordinatorTypes';
import type { Schedule } from '../../sync/schedule/schedule';
import { countOf } from '../../sync/words';
import type { CostParts } from '../costSession';
import { CliError, EXIT } from '../exitCodes';
import { explain } from '../explain';
import { turnOver } from '../fileLog';
import { isComplete } from '../runLine';
import type { Terminal } from '../terminal';
import { Unattended } from './unattended';
import { UnattendedCosts } from './unattendedCosts';
import { pushUnattended } from './unattendedPush';

/** A run that hangs would keep launchd and systemd from the next one. */
const LIMIT_H = 12;
const LIMIT_TEXT = `Stopped after ${LIMIT_H} hours. What was fetched is kept; the next run goes on from there.`;

/** What a scheduled run does. */
export interface ScheduledWork {
  readonly every: Every;
  /** Name of the warehouse that is pushed to afterwards. */
  readonly push?: string | undefined;
}

/**
 * One scheduled run: syncs what nobody has synced since the schedule fired before, reads costs once a day, pushes, and notes
 * how it ended. @param limit ends a run that hangs @throws CliError, SyncBusyError as `sync` does; what `push` throws where
 * that went well
 */
export async function runScheduled(
  terminal: Terminal,
  folder: string,
  { every, push }: ScheduledWork,
  costParts: CostParts,
  limit: AbortSignal = AbortSignal.timeout(LIMIT_H * 3_600_000),
): Promise<void> {
  turnOver(headlessFolderAt(folder).log);
  const startedAt = secondsNow();
  const limited = { ...terminal, signal: AbortSignal.any([terminal.signal, limit]) };
  let failure = await failureOf(runOnce(limited, folder, every, costParts));
  if (push !== undefined && !limited.signal.aborted) {
    failure = worse(failure, await failureOf(pushUnattended(limited, folder, push)), terminal);
  }
  if (failure !== undefined && limit.aborted && !terminal.signal.aborted) {
    failure = new CliError(LIMIT_TEXT);
  }
  const { code, sentence } =
    failure === undefined ? { code: EXIT.ok, sentence: undefined } : explain(failure, terminal);
  try {
    await noteRun(folder, { startedAt, finishedAt: secondsNow(), exitCode: code, message: sentence });
  } catch (error) {
    // As on a full disk: why the run failed matters more.
    failure ??= error;
  }
  if (failure !== undefined) {
    throw failure as Error;
  }
}

async function failureOf(work: Promise<void>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** How a run ends whose push failed as well: a sync that failed comes first, one that somebody else does counts as done. */
function worse(sync: unknown, push: unknown, terminal: Terminal): unknown {
  if (push === undefined || sync === undefined || explain(sync, terminal).code === EXIT.busy) {
    return push ?? sync;
  }
  terminal.err(`${explain(push, terminal).sentence}\n`);
  return sync;
}

async function runOnce(
  terminal: Terminal,
  folder: string,
  every: Every,
  costParts: CostParts,
): Promise<void> {
  const failures: unknown[] = [];
  let holder: LockHolder | undefined;
  let done = 0;
  let incomplete = 0;
  const count = (isWhole: boolean): void => {
    done += 1;
    incomplete += isWhole ? 0 : 1;
  };
  const onFailure = (error: unknown): void => {
    failures.push(error);
  };
  const timing = { schedule: sinceLastFired(every), trigger: 'schedule', counted: begunAndUseful } as const;
  const mirror = new Unattended(terminal, folder, timing, {
    onRun: (run) => count(isComplete(run)),
    onBusy: (other) => {
      holder = other;
    },
    onFailure,
  });
  const costs = new UnattendedCosts(terminal, folder, mirror, costParts, {
    onRun: ({ status }) => count(status === 'ok'),
    onFailure,
  });
  await mirror.reload();
  if (!mirror.instances.some(({ enabled }) => enabled)) {
    throw new CliError('There is no instance that is switched on. Add one: instances add');
  }
  mirror.problems.forEach((problem) => mirror.say(problem, terminal.err));
  await mirror.syncs.tick(Date.now());
  if (holder === undefined && !terminal.signal.aborted) {
    await costs.tick(Date.now());
  }
  if (terminal.signal.aborted) {
    throw new CliError(
      'Stopped. What was fetched is kept; the next sync goes on from there.',
      EXIT.cancelled,
    );
  }
  if (holder !== undefined) {
    throw new SyncBusyError(holder);
  }
  if (failures.length > 0) {
    throw failures[0];
  }
  const missing = incomplete + mirror.problems.size;
  if (missing > 0) {
    throw new CliError(
      `${countOf(missing, 'part')} of this run not complete; the lines above say why.`,
      EXIT.incomplete,
    );
  }
  if (done === 0) {
    mirror.say(
      'Nothing is due: what is on was synced a short time ago, or its server is to be left alone for now.',
    );
  }
}

/** Runs as they count here: from their begin, since long ones would skip the next; one that failed is tried again. */
function begunAndUseful(status: MirrorStatus): MirrorStatus {
  const instances = status.instances.map((instance) => ({
    ...instance,
    runs: instance.runs
      .filter((run) => run.status !== 'failed')
      .map((run) => ({ ...run, finishedAt: run.startedAt })),
  }));
  return { ...status, instances };
}

/**
 * The system's clock says when; here is only asked whether somebody else has just synced. Half an interval, or an hour of a
 * day: whichever zone the system's clock shows, a day is never skipped for a sync of the day before.
 */
function sinceLastFired(every: Every): Schedule {
  switch (every.kind) {
    case 'daily':
      return { kind: 'hourly' };
    case 'hourly':
      return { kind: 'everyMinutes', minutes: 30 };
    case 'everyMinutes':
      return { kind: 'everyMinutes', minutes: every.minutes / 2 };
  }
}

function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}
