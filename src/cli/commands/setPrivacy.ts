import { Argument, type Command } from 'commander';
import type { Instance } from '../../store/instances/instance';
import { loadInstances, updateInstance } from '../../store/instances/instancesFile';
import { isStricter, PRIVACY_MODES, type PrivacyMode } from '../../store/instances/privacy';
import { tightenInstance } from '../../sync/engine/tightenInstance';
import { PRIVACY_WORDS } from '../../sync/privacyWords';
import { instanceNamed } from '../chooseInstances';
import type { YesOption } from '../confirm';
import { existingDataFolder } from '../dataFolder';
import { tellElsewhere } from '../elsewhere';
import { statusOf } from '../mirrorStatus';
import { purgeAfterQuestion, purgedText } from '../purge';
import { shellWord } from '../shellWord';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

/** `set-privacy NAME MODE [--yes]` below `instances` */
export function addSetPrivacyCommand(instances: Command, terminal: Terminal): void {
  instances
    .command('set-privacy <name>')
    .description('say what the database may hold of a server; a stricter mode removes the rest')
    .addArgument(new Argument('<mode>', 'from most to least').choices(PRIVACY_MODES))
    .option('--yes', 'do not ask')
    .addOption(dataOption())
    .action(async (name: string, mode: PrivacyMode, options: DataOption & YesOption) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const file = await loadInstances(folder);
      const place = { folder, zone: file.zone, instance: instanceNamed(file.instances, name) };
      const held = (await statusOf(folder, place.instance))?.privacy;
      // What the database holds may be more than what is set, when an earlier purge did not come to its end.
      await (held !== undefined && isStricter(mode, held)
        ? tighten(terminal, place, mode, options)
        : setMode(terminal, place, mode, held));
    });
}

interface Place {
  readonly folder: string;
  readonly zone: string;
  readonly instance: Instance;
}

async function tighten(
  terminal: Terminal,
  { folder, zone, instance }: Place,
  mode: PrivacyMode,
  options: YesOption,
): Promise<void> {
  const { id, name } = instance;
  const purge = {
    folder,
    zone,
    consequence: `${PRIVACY_WORDS[mode].holds} What the database holds beyond that is removed, and all older copies with it.`,
    question: `${name}: keep "${mode}" and remove the rest?`,
    plan: (writer) => writer.planPrivacy(id, mode),
    perform: (writer) =>
      tightenInstance(writer, instance, mode, (privacy) => updateInstance(folder, id, { privacy })),
  } satisfies Parameters<typeof purgeAfterQuestion>[1];
  const removed = await purgeAfterQuestion(terminal, purge, options);
  terminal.out(`${name}: ${mode}. Removed: ${purgedText(removed)}\n`);
  await tellElsewhere(terminal, folder, zone, id);
}

/** @param held the mode of what is stored already */
async function setMode(
  terminal: Terminal,
  { folder, instance }: Place,
  mode: PrivacyMode,
  held: PrivacyMode | undefined,
): Promise<void> {
  const { id, name } = instance;
  await updateInstance(folder, id, { privacy: mode });
  const isLooser = held !== undefined && isStricter(held, mode);
  const next = isLooser ? ` What was left out so far comes with: sync ${shellWord(name)} --full` : '';
  terminal.out(`${name}: ${mode}. ${PRIVACY_WORDS[mode].holds}${next}\n`);
}
