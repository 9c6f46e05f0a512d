import { InvalidArgumentError, Option, type Command } from 'commander';
import { EVERY_FORMS, parseEvery, type Every } from '../../headless/every';
import { COST_PARTS } from '../costSession';
import { chooseDataFolder, existingDataFolder } from '../dataFolder';
import { installSchedule, type InstallOptions } from '../schedule/install';
import { keepSyncing } from '../schedule/keepSyncing';
import { removeSchedule } from '../schedule/removeSchedule';
import { runScheduled } from '../schedule/runOnce';
import { SCHEDULE_PARTS, type ScheduleParts } from '../schedule/scheduleParts';
import { showSchedule } from '../schedule/scheduleStatus';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

interface EveryOptions extends DataOption {
  readonly every: Every;
}

interface RunOptions extends EveryOptions {
  readonly push?: string;
}

/** `schedule start | install | status | remove | run` */
export function addScheduleCommand(
  program: Command,
  terminal: Terminal,
  parts: ScheduleParts = SCHEDULE_PARTS,
): void {
  const schedule = program.command('schedule').description('sync while no editor is open');

  schedule
    .command('start')
    .description('sync when it is due, in this terminal or container, until it is stopped')
    .addOption(everyOption())
    .addOption(dataOption())
    .action((options: EveryOptions) =>
      // A container begins with an empty volume.
      keepSyncing(terminal, chooseDataFolder(options.data, terminal.env), options.every, COST_PARTS),
    );

  schedule
    .command('install')
    .description('have systemd, launchd or the Task Scheduler sync; what is written is shown first')
    .addOption(everyOption())
    .option('--key-file <name=path>', 'file with the key of a server; may be given for several', collect)
    .option('--with-push <name>', 'push to this warehouse after each sync')
    .option('--node <path>', 'the Node that the schedule runs')
    .option('--cron', 'write nothing for the system; show a line for a crontab')
    .option('--print', 'only show what would be written')
    .option('--yes', 'do not ask')
    .addOption(dataOption())
    .action((options: DataOption & InstallOptions) =>
      installSchedule(terminal, existingDataFolder(options.data, terminal.env), options, parts),
    );

  schedule
    .command('status')
    .description('show the schedule, its next run and how the last one ended')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action((options: DataOption & { readonly json?: boolean }) =>
      showSchedule(terminal, existingDataFolder(options.data, terminal.env), options.json === true, parts),
    );

  schedule
    .command('remove')
    .description('take the schedule away; data and keys stay')
    .addOption(dataOption())
    .action((options: DataOption) =>
      removeSchedule(terminal, existingDataFolder(options.data, terminal.env), parts),
    );

  schedule
    .command('run')
    .description('one run as schedules make it: sync what nobody has just synced, then end')
    .addOption(everyOption())
    .option('--push <name>', 'push to this warehouse afterwards')
    .addOption(dataOption())
    .action(({ data, every, push }: RunOptions) =>
      runScheduled(terminal, existingDataFolder(data, terminal.env), { every, push }, COST_PARTS),
    );
}

function everyOption(): Option {
  return new Option('--every <interval>', `how often: ${EVERY_FORMS}`)
    .argParser((typed: string) => {
      const every = parseEvery(typed);
      if (every === undefined) {
        throw new InvalidArgumentError(`Give ${EVERY_FORMS}.`);
      }
      return every;
    })
    .default({ kind: 'hourly' } satisfies Every, '1h');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
