import type { Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import { existingDataFolder } from '../dataFolder';
import { mirrorStatus } from '../mirrorStatus';
import { shownStatus, statusText } from '../statusText';
import type { Terminal } from '../terminal';
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
      const [{ instances, zone }, status] = await Promise.all([loadInstances(folder), mirrorStatus(folder)]);
      const { generation, sizes, hasNoHardLinks } = status;
      const shown = shownStatus(instances, status.instances);
      terminal.out(
        options.json === true
          ? `${JSON.stringify({ generation, sizes, hasNoHardLinks, instances: shown }, undefined, 2)}\n`
          : statusText(shown, { zone, now: Date.now() }, status),
      );
    });
}
