import type { Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import { DEFAULT_RETENTION, RETENTION_RANGES } from '../../store/retention/retention';
import { freedText, itemOf, planText, spaceText, textGoes, worthwhile } from '../../sync/texts/freeUpText';
import { confirm, type YesOption } from '../confirm';
import { existingDataFolder } from '../dataFolder';
import { jsonText } from '../jsonText';
import { changeMirror } from '../lockedWriter';
import type { Terminal } from '../terminal';
import { wholeNumber } from '../wholeNumber';
import { dryWriterOf } from '../workers';
import { dataOption, type DataOption } from './dataOption';

interface FreeUpOptions extends DataOption, YesOption {
  readonly textMonths?: number;
  readonly runDays?: number;
  readonly json?: boolean;
}

/** `free-up [--text-months N] [--run-days N] [--yes] [--json]` */
export function addFreeUpCommand(program: Command, terminal: Terminal): void {
  program
    .command('free-up')
    .description('remove the text of old messages, old sync runs and what nothing needs, after listing it')
    .option(
      '--text-months <n>',
      'remove the text of messages older than so many months (default: keep all text)',
      wholeNumber({ ...RETENTION_RANGES.textMonths, minimum: 1 }),
    )
    .option(
      '--run-days <n>',
      `remove sync runs older than so many days (default: as the settings of the editor say, else ${DEFAULT_RETENTION.runDays})`,
      wholeNumber(RETENTION_RANGES.runDays),
    )
    .option('--yes', 'do not ask')
    .option('--json', 'tell what was removed as JSON')
    .addOption(dataOption())
    .action((options: FreeUpOptions) => freeUp(terminal, options));
}

async function freeUp(terminal: Terminal, options: FreeUpOptions): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  const { zone } = await loadInstances(folder);
  const { textMonths, runDays, json } = options;
  const copy = await dryWriterOf(folder, zone)();
  const plan = await copy.planFreeUp({ textMonths, runDays }).finally(() => copy.close());
  terminal.err(`${spaceText(plan.space)}\n`);
  if (worthwhile(plan).length === 0) {
    terminal.out(
      json === true
        ? jsonText({ published: false, items: [] })
        : `There is nothing to free.${textMonths === undefined ? ' To remove text: --text-months N' : ''}\n`,
    );
    return;
  }
  terminal.err(`${planText(plan).join('\n')}\n`);
  if (itemOf(plan, 'text').rows > 0) {
    terminal.err(`${textGoes()}\n`);
  }
  await confirm(terminal, 'Remove this?', options);
  const result = await changeMirror(folder, zone, terminal, (writer) => writer.freeUp(plan.policy));
  terminal.out(json === true ? jsonText(result) : `${freedText(result)}\n`);
}
