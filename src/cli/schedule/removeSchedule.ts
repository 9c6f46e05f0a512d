import { headlessFolderAt } from '../../headless/headlessFolder';
import { installedSchedule, noteRemoved } from '../../headless/installedSchedule';
import { loadInstances } from '../../store/instances/instancesFile';
import { CliError } from '../exitCodes';
import type { Terminal } from '../terminal';
import { planOf } from './install';
import type { ScheduleParts } from './scheduleParts';
import { SCHEDULERS } from './schedulers';
import { takeAway } from './takeAway';

/** Takes the schedule of a data folder away. The copy of the command line stays: other lines may call it. @throws CliError when there is none */
export async function removeSchedule(
  terminal: Terminal,
  folder: string,
  parts: ScheduleParts,
): Promise<void> {
  const installed = await installedSchedule(folder);
  if (installed === undefined) {
    throw new CliError('No schedule is installed.');
  }
  const { zone } = await loadInstances(folder);
  const scheduler = SCHEDULERS[installed.scheduler];
  const plan = planOf(terminal, folder, zone, { path: installed.node }, installed, parts);
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
