import type { Command } from 'commander';
import { loadInstances, setZone } from '../../store/instances/instancesFile';
import { changeZone } from '../../sync/engine/changeZone';
import { createFolderLocker } from '../../sync/engine/folderLocker';
import { existingDataFolder } from '../dataFolder';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { writerOf } from '../workers';
import { dataOption, type DataOption } from './dataOption';

/** `zone [NAME]` */
export function addZoneCommand(program: Command, terminal: Terminal): void {
  program
    .command('zone [name]')
    .description('show the time zone of all local times, or change it, for example to Europe/Berlin')
    .addOption(dataOption())
    .action(async (name: string | undefined, options: DataOption) => {
      const folder = existingDataFolder(options.data, terminal.env);
      if (name !== undefined) {
        const openWriter = writerOf(folder, name, (sentence) => terminal.err(`${sentence}\n`));
        await changeZone(createFolderLocker(folder, VERSION), () => setZone(folder, name), openWriter);
      }
      terminal.out(`${(await loadInstances(folder)).zone}\n`);
    });
}
