import { Argument, type Command } from 'commander';
import { ACCESS_WORDS } from '../../assistant/accessWords';
import { AI_ACCESS, aiAccessOf, mostAiAccess, type AiAccess } from '../../store/instances/aiAccess';
import type { Instance } from '../../store/instances/instance';
import { loadInstances, updateInstance } from '../../store/instances/instancesFile';
import { instanceNamed } from '../chooseInstances';
import { confirm, type YesOption } from '../confirm';
import { existingDataFolder } from '../dataFolder';
import { CliError } from '../exitCodes';
import { shellWord } from '../shellWord';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

const CHOICES = ['off', ...AI_ACCESS] as const;
type Choice = AiAccess | 'off';

const HELP = `
What a model reads, in chats of VS Code and by "mcp", goes to its provider. It is off until you switch it on.`;

/** `ai-access NAME [off|numbers|text] [--yes]` below `instances` */
export function addAiAccessCommand(instances: Command, terminal: Terminal): void {
  instances
    .command('ai-access <name>')
    .description('say what language models may read of a server; without a choice, show it')
    .addArgument(new Argument('[access]', 'from nothing to everything').choices(CHOICES))
    .option('--yes', 'do not ask')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (name: string, access: Choice | undefined, options: DataOption & YesOption) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const instance = instanceNamed((await loadInstances(folder)).instances, name);
      if (access !== undefined) {
        assertOffered(instance, access);
        await askBeforeMore(terminal, instance, access, options);
      }
      const shown =
        access === undefined ? instance : await updateInstance(folder, instance.id, { ai: access });
      const words = ACCESS_WORDS[aiAccessOf(shown) ?? 'off'];
      terminal.out(`${shown.name} and AI: ${words.name}. ${words.holds}\n`);
    });
}

/** @throws CliError where the privacy mode allows less */
function assertOffered({ name, privacy }: Instance, access: Choice): void {
  const most = mostAiAccess(privacy);
  if (access !== 'off' && most === undefined) {
    throw new CliError(`${name} is not offered to AI: its privacy mode keeps people unnamed.`);
  }
  if (access === 'text' && most !== 'text') {
    throw new CliError(
      `The mirror of ${name} holds no text. Choose: instances ai-access ${shellWord(name)} numbers`,
    );
  }
}

/** Less than before needs no question. @throws CliError unless the answer is yes */
async function askBeforeMore(
  terminal: Terminal,
  instance: Instance,
  access: Choice,
  options: YesOption,
): Promise<void> {
  if (CHOICES.indexOf(access) > CHOICES.indexOf(aiAccessOf(instance) ?? 'off')) {
    terminal.err(
      `${ACCESS_WORDS[access].holds} What a model reads goes to its provider, from chats of VS Code and from programs that use "mcp".\n`,
    );
    await confirm(terminal, `Make ${instance.name} available to AI?`, options);
  }
}
