import type { Command } from 'commander';
import type { Backup } from '../../store/backups/backupTypes';
import { loadInstances } from '../../store/instances/instancesFile';
import { columnsOf, type Cell } from '../../store/resultSet';
import { flawText, heldBy, kindText, noBackup, timeText } from '../../sync/texts/backupText';
import { existingDataFolder } from '../dataFolder';
import { jsonText } from '../jsonText';
import { tableLines } from '../table';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';

const COLUMNS = ['name', 'written', 'made', 'users', 'chats', 'messages', 'note'];

/** `backups [--json]` */
export function addBackupsCommand(program: Command, terminal: Terminal): void {
  program
    .command('backups')
    .description('list what the database can be restored from')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (options: DataOption & { readonly json?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const { zone } = await loadInstances(folder);
      const backups = await withReader(folder, (reader) => reader.backups(), terminal.signal);
      if (options.json === true) {
        terminal.out(jsonText(backups));
      } else if (backups.length === 0) {
        terminal.out(`${noBackup()}\n`);
      } else {
        const rows = backups.map((backup) => rowOf(backup, zone));
        const table = {
          columns: columnsOf(COLUMNS, rows),
          rowCount: rows.length,
          truncated: false,
          elapsedMs: 0,
        };
        terminal.out(`${[...tableLines(table)].join('\n')}\n`);
        terminal.err('To go back to one: restore NAME\n');
      }
    });
}

function rowOf(backup: Backup, zone: string): readonly Cell[] {
  const { users, chats, messages } = heldBy(backup);
  const isRead = backup.problem === undefined;
  return [
    ...[backup.name, backup.writtenAt === undefined ? '' : timeText(backup, zone), kindText(backup)],
    ...(isRead ? [users, chats, messages] : ['', '', '']),
    [...(backup.isNewest ? ['now'] : []), flawText(backup) ?? ''].join(' ').trim(),
  ];
}
