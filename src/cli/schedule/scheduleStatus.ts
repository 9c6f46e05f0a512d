import { currentCopy } from '../../headless/currentCopy';
import { everyOption, everyText } from '../../headless/every';
import {
  installedSchedule,
  lastScheduledRun,
  type InstalledSchedule,
  type ScheduledRun,
} from '../../headless/installedSchedule';
import { loadInstances } from '../../store/instances/instancesFile';
import { formatDateTime } from '../../sync/words';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import type { Terminal } from '../terminal';
import { nodeVersion } from './chooseNode';
import { planOf } from './install';
import { nextFire } from './nextFire';
import type { SchedulePlan } from './plan';
import type { ScheduleParts } from './scheduleParts';
import type { Scheduler } from './scheduler';
import { SCHEDULERS } from './schedulers';
import { runSystem } from './systemCommands';

/** What is known of a schedule; times are ms since 1970. */
export interface ScheduleStatus {
  readonly scheduler: InstalledSchedule['scheduler'];
  readonly name: string;
  readonly every: string;
  /** Name of the warehouse that is pushed to after each sync. */
  readonly push?: string | undefined;
  /** Whether the system runs it; absent where nobody can tell, as with a cron line. */
  readonly isOn?: boolean | undefined;
  readonly node: string;
  /** Absent: there is no such Node any more. */
  readonly nodeVersion?: string | undefined;
  /** Version of the copy that is run; absent: it is gone. */
  readonly version?: string | undefined;
  /** About then; the system may wait some minutes more. */
  readonly nextRun: number;
  readonly lastRun?: ScheduledRun | undefined;
}

/** Shows the schedule of a data folder. @throws CliError when there is none, or it cannot run */
export async function showSchedule(
  terminal: Terminal,
  folder: string,
  isJson: boolean,
  parts: ScheduleParts,
): Promise<void> {
  const installed = await installedSchedule(folder);
  if (installed === undefined) {
    throw new CliError('No schedule is installed. To install one: schedule install');
  }
  const { zone } = await loadInstances(folder);
  const scheduler = SCHEDULERS[installed.scheduler];
  const plan = planOf(terminal, folder, zone, { path: installed.node }, installed, parts);
  const firesIn = scheduler.isZoned === true ? zone : (parts.clockZone ?? zone);
  const status = await statusOf(terminal, installed, scheduler, plan, firesIn);
  terminal.out(isJson ? jsonText(status) : textOf(status, scheduler, plan, zone));
  const problem = problemOf(status);
  if (problem !== undefined) {
    throw new CliError(problem, EXIT.failed);
  }
}

async function statusOf(
  { env }: Terminal,
  { node, every, scheduler: id }: InstalledSchedule,
  scheduler: Scheduler,
  plan: SchedulePlan,
  zone: string,
): Promise<ScheduleStatus> {
  const check = scheduler.check?.(plan);
  const copy = await currentCopy(plan.dataFolder);
  return {
    scheduler: id,
    name: plan.name,
    every: everyOption(every),
    push: plan.push,
    isOn: check === undefined ? undefined : (await runSystem(check, env)).code === 0,
    node,
    nodeVersion: await nodeVersion(node, env),
    version: copy?.version,
    nextRun: nextFire(plan.every, scheduler.minute(plan), zone, Date.now()),
    lastRun: await lastScheduledRun(plan.dataFolder),
  };
}

function textOf(
  { isOn, name, node, nodeVersion: version, version: copied, nextRun, lastRun }: ScheduleStatus,
  scheduler: Scheduler,
  plan: SchedulePlan,
  zone: string,
): string {
  const on = isOn === undefined ? '' : isOn ? ' (on)' : ' (off)';
  return [
    `Schedule: ${everyText(plan.every)}, ${scheduler.title} ${name}${on}`,
    ...(plan.push === undefined ? [] : [`Pushes to: ${plan.push}`]),
    `Command line: ${copied ?? 'missing'}`,
    `Node: ${node} ${version === undefined ? '(missing)' : `(${version})`}`,
    `Next run: about ${formatDateTime(nextRun, zone)}`,
    `Last run: ${lastRun === undefined ? 'none yet' : lastRunText(lastRun, zone)}`,
    `Log of the runs: ${scheduler.output(plan)}`,
    '',
  ].join('\n');
}

function lastRunText({ finishedAt, exitCode, message }: ScheduledRun, zone: string): string {
  const ended = exitCode === EXIT.ok ? 'done' : `exit code ${exitCode}. ${message ?? ''}`.trim();
  return `${formatDateTime(finishedAt * 1000, zone)}, ${ended}`;
}

function problemOf({ isOn, nodeVersion: version, version: copied }: ScheduleStatus): string | undefined {
  if (isOn === false) {
    return 'The schedule is off: something stopped or removed it. To put it back: schedule install';
  }
  if (version === undefined) {
    return 'The Node that it runs is gone. To choose another: schedule install';
  }
  return copied === undefined
    ? 'The copy of the command line is gone. To put it back: schedule install'
    : undefined;
}
