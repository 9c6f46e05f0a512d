import type { Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { heldText, readHeld } from '../heldDeletions';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import { shellWord } from '../shellWord';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

/** `deletions [NAME] [--json]` */
export function addDeletionsCommand(program: Command, terminal: Terminal): void {
  program
    .command('deletions [name]')
    .description('list the deletions that were held back because they look like a mistake')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (name: string | undefined, options: DataOption & { readonly json?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const { instances } = await loadInstances(folder);
      const held = await readHeld(folder, name === undefined ? instances : [instanceNamed(instances, name)]);
      if (options.json === true) {
        const rows = held.flatMap(({ instance, deletions }) =>
          deletions.map((deletion) => ({ instance: instance.name, ...deletion })),
        );
        terminal.out(jsonText(rows));
        return;
      }
      terminal.out(plainText(held.map(heldText).join('\n')));
      const some = held.find(({ deletions }) => deletions.length > 0);
      if (some !== undefined) {
        terminal.err(`To agree: sync ${shellWord(some.instance.name)} --accept-deletions\n`);
      }
    });
}
