import type { Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import { consequenceText, restoredText, timeText } from '../../sync/texts/backupText';
import { confirm, type YesOption } from '../confirm';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { changeMirror } from '../lockedWriter';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';

/** `restore NAME [--yes] [--json]` */
export function addRestoreCommand(program: Command, terminal: Terminal): void {
  program
    .command('restore <name>')
    .description('go back to a backup; what is there now stays as a backup')
    .option('--yes', 'do not ask')
    .option('--json', 'tell what was restored as JSON')
    .addOption(dataOption())
    .action(async (name: string, options: DataOption & YesOption & { readonly json?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const { zone } = await loadInstances(folder);
      const backups = await withReader(folder, (reader) => reader.backups());
      const backup = backups.find((other) => other.name === name.replaceAll('\\', '/'));
      if (backup === undefined) {
        throw new CliError(`There is no backup ${name}. To see them: backups`, EXIT.usage);
      }
      if (backup.problem !== undefined) {
        throw new CliError(`${backup.name} cannot be restored. ${backup.problem}`);
      }
      if (backup.isNewest) {
        throw new CliError(`${backup.name} is what is there now. Choose an older one: backups`, EXIT.usage);
      }
      terminal.err(`${consequenceText(backup, backups).join('\n')}\n`);
      await confirm(terminal, `Restore the backup of ${timeText(backup, zone)}?`, options);
      const result = await changeMirror(folder, zone, terminal, (writer) => writer.restore(backup.name), {
        isForRestore: true,
      });
      terminal.out(
        options.json === true
          ? jsonText({ restored: backup.name, ...result })
          : `${restoredText(backup, result, zone)}\n`,
      );
    });
}
