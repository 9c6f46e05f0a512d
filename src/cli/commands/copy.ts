import { resolve } from 'node:path';
import type { Command } from 'commander';
import { saveCompleteCopy, type CopyOptions } from '../completeCopy';
import { existingDataFolder } from '../dataFolder';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

/** `copy FILE [--force] [--json]` */
export function addCopyCommand(program: Command, terminal: Terminal): void {
  program
    .command('copy <file>')
    .description('save a complete copy of the database, all message text in one file')
    .option('--force', 'replace the file where it exists')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action((file: string, options: DataOption & CopyOptions) =>
      saveCompleteCopy(existingDataFolder(options.data, terminal.env), resolve(file), options, terminal),
    );
}
