import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatBytes } from '../../sync/words';
import { existingDataFolder } from '../dataFolder';
import { CliError } from '../exitCodes';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';

/** `copy FILE [--force]` */
export function addCopyCommand(program: Command, terminal: Terminal): void {
  program
    .command('copy <file>')
    .description('save a complete copy of the database, all message text in one file')
    .option('--force', 'replace the file where it exists')
    .addOption(dataOption())
    .action(async (file: string, options: DataOption & { readonly force?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const path = resolve(file);
      if (options.force !== true && existsSync(path)) {
        throw new CliError(`${path} exists already. Choose another name, or replace it with --force.`);
      }
      const bytes = await withReader(folder, (reader) => reader.saveCopy(path));
      terminal.out(`Saved ${path} (${formatBytes(bytes)}).\n`);
    });
}
