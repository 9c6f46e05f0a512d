import type { Command } from 'commander';
import { loadInstances } from '../../store/instancesFile';
import { createReader } from '../../store/reader';
import { loadStatus } from '../../store/status';
import { existingDataFolder } from '../dataFolder';
import { shownStatus, statusText } from '../statusText';
import type { Terminal } from '../terminal';
import { WORKERS } from '../workers';
import { dataOption, type DataOption } from './dataOption';

/** `status [--json]` */
export function addStatusCommand(program: Command, terminal: Terminal): void {
  program
    .command('status')
    .description('show when each server was synced and what the database holds')
    .option('--json', 'as JSON, with the newest runs')
    .addOption(dataOption())
    .action(async (options: DataOption & { readonly json?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const reader = createReader({ folder, workerPath: WORKERS.reader });
      try {
        const [{ instances }, status] = await Promise.all([
          loadInstances(folder),
          loadStatus(folder, reader),
        ]);
        const shown = shownStatus(instances, status.instances);
        terminal.out(
          options.json === true
            ? `${JSON.stringify({ generation: status.generation, instances: shown }, undefined, 2)}\n`
            : statusText(shown),
        );
      } finally {
        reader.dispose();
      }
    });
}
