import { existsSync } from 'node:fs';
import { headlessFolderAt } from '../../headless/headlessFolder';
import { noteRemoved, replaceableSchedule } from '../../headless/installedSchedule';
import { CliError } from '../exitCodes';
import type { Terminal } from '../terminal';
import { planOf } from './install';
import type { SchedulePlan } from './plan';
import type { ScheduleParts } from './scheduleParts';
import type { Scheduler } from './scheduler';
import { SCHEDULERS, schedulerOf } from './schedulers';
import { runSystem } from './systemCommands';
import { takeAway } from './takeAway';

/** Takes the schedule of a data folder away. The copy of the command line stays: other lines may call it. @throws CliError when there is none */
export async function removeSchedule(
  terminal: Terminal,
  folder: string,
  parts: ScheduleParts,
): Promise<void> {
  const installed = await replaceableSchedule(folder);
  const scheduler = installed === undefined ? schedulerOf(parts.platform) : SCHEDULERS[installed.scheduler];
  const { every, node } = installed ?? { every: { kind: 'hourly' }, node: '' };
  // Only its name and the paths of its files matter: neither depends on what was damaged.
  const plan = planOf(terminal, folder, 'UTC', { path: node }, { every }, parts);
  if (installed === undefined && !(await isLeft(scheduler, plan, terminal))) {
    await noteRemoved(folder);
    throw new CliError('No schedule is installed.');
  }
  await takeAway(scheduler, plan, terminal);
  await noteRemoved(folder);
  terminal.out(
    scheduler.byHand === undefined
      ? `Removed the ${scheduler.title} ${plan.name}.\n`
      : 'Now take the line out with: crontab -e\n',
  );
  terminal.err(
    `${headlessFolderAt(folder).root} and key files stay; delete them if nothing else uses them.\n`,
  );
}

/** What nobody noted may be there all the same, as after a crash. */
async function isLeft(
  scheduler: Scheduler,
  plan: SchedulePlan,
  { env }: Pick<Terminal, 'env'>,
): Promise<boolean> {
  const check = scheduler.check?.(plan);
  return (
    scheduler.files(plan).some(({ path }) => existsSync(path)) ||
    (check !== undefined && (await runSystem(check, env)).code === 0)
  );
}
