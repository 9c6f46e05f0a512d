import type { Every } from '../../headless/every';
import { headlessFolderAt } from '../../headless/headlessFolder';
import { noteRun } from '../../headless/installedSchedule';
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

/**
 * One scheduled run: syncs what nobody has synced since the schedule fired before, reads costs once a day, and notes how
 * it ended. @throws CliError, SyncBusyError as `sync` does
 */
export async function runScheduled(
  terminal: Terminal,
  folder: string,
  every: Every,
  costParts: CostParts,
): Promise<void> {
  turnOver(headlessFolderAt(folder).log);
  const startedAt = secondsNow();
  let failure: unknown;
  try {
    await runOnce(terminal, folder, every, costParts);
  } catch (error) {
    failure = error;
  }
  const { code, sentence } =
    failure === undefined ? { code: EXIT.ok, sentence: undefined } : explain(failure, terminal);
  await noteRun(folder, { startedAt, finishedAt: secondsNow(), exitCode: code, message: sentence });
  if (failure !== undefined) {
    throw failure as Error;
  }
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
  const timing = { schedule: sinceLastFired(every), trigger: 'schedule' } as const;
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
    mirror.say('Nothing is due: all was synced a short time ago.');
  }
}

/**
 * The system's clock says when; here is only asked whether somebody else has just synced. Half an interval, since the
 * clock fires by the hour and runs end some time after it.
 */
function sinceLastFired(every: Every): Schedule {
  switch (every.kind) {
    case 'daily':
      return every;
    case 'hourly':
      return { kind: 'everyMinutes', minutes: 30 };
    case 'everyMinutes':
      return { kind: 'everyMinutes', minutes: every.minutes / 2 };
  }
}

function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}
