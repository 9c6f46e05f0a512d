import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import { formatDateTime } from '../../sync/words';
import { saveCompleteCopy, type CopyOptions } from '../completeCopy';
import { existingDataFolder } from '../dataFolder';
import { isFolder } from '../reportFormat';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

const HELP = `
Each sync that changes something keeps backups in the data folder by itself: see "backups" and "restore".
This one is for another disk. Where the data folder is lost: add the instances to a new one, put the file below its
folder "daily", and restore it from there.`;

/** `backup [--output PATH] [--force] [--json]` */
export function addBackupCommand(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('save all of the database now, in one file with the time in its name')
    .option('--output <path>', 'folder or file to write to (default: the folder you are in)')
    .option('--force', 'replace the file where it exists')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (options: DataOption & CopyOptions & { readonly output?: string }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const { zone } = await loadInstances(folder);
      const { output = '.' } = options;
      const path = isFolder(output)
        ? join(resolve(output), `openwebui_sync-${fileTime(Date.now(), zone)}.db`)
        : resolve(output);
      await saveCompleteCopy(folder, path, options, terminal);
    });
}

/** `2025-11-16-143015` */
function fileTime(now: number, zone: string): string {
  return formatDateTime(now, zone).replace(' ', '-').replaceAll(':', '');
}
