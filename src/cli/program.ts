import { Command } from 'commander';
import { addAnalysisCommand } from './commands/analysis';
import { addBackupCommand } from './commands/backup';
import { addBackupsCommand } from './commands/backups';
import { addChangesCommand } from './commands/changes';
import { addCostCommand } from './commands/cost';
import { addBudgetCommand } from './commands/budget';
import { addCheckCommand } from './commands/check';
import { addCopyCommand } from './commands/copy';
import { addDeletionsCommand } from './commands/deletions';
import { addExportCommand } from './commands/export';
import { addErasePersonCommand } from './commands/erasePerson';
import { addFreeUpCommand } from './commands/freeUp';
import { addInstancesCommand } from './commands/instances';
import { addMcpCommand } from './commands/mcp';
import { addPricesCommand } from './commands/prices';
import { addPushCommand } from './commands/push';
import { addQueryCommand } from './commands/query';
import { addReportCommand } from './commands/report';
import { addRestoreCommand } from './commands/restore';
import { addScheduleCommand } from './commands/schedule';
import { addSearchCommand } from './commands/search';
import { addServeCommand } from './commands/serve';
import { addStatusCommand } from './commands/status';
import { addSyncCommand } from './commands/sync';
import { addVerifyCommand } from './commands/verify';
import { addWarehouseCommand } from './commands/warehouse';
import { addZoneCommand } from './commands/zone';
import { refuseEmptyPaths } from './emptyPaths';
import { EXIT } from './exitCodes';
import type { Terminal } from './terminal';
import { VERSION } from './version';

const HELP = `
Examples:
  openwebui-sync instances add FASGPT --url https://chat.example.org --key-env FASGPT_KEY
  openwebui-sync sync --all
  openwebui-sync report FASGPT --format html --output usage.html

Exit codes: ${EXIT.ok} done, ${EXIT.failed} failed, ${EXIT.usage} wrong usage, ${EXIT.incomplete} not synced or compared completely, ${EXIT.busy} another process syncs, reads costs or pushes, ${EXIT.different} database and server differ or the database is damaged, ${EXIT.stale} older than status --max-age allows, ${EXIT.cancelled} cancelled`;

/** In the order of `--help`. */
const COMMANDS = [
  addInstancesCommand,
  addSyncCommand,
  addStatusCommand,
  addScheduleCommand,
  addVerifyCommand,
  addDeletionsCommand,
  addErasePersonCommand,
  addFreeUpCommand,
  addBackupCommand,
  addBackupsCommand,
  addRestoreCommand,
  addCheckCommand,
  addReportCommand,
  addChangesCommand,
  addQueryCommand,
  addCopyCommand,
  addExportCommand,
  addSearchCommand,
  addPricesCommand,
  addBudgetCommand,
  addCostCommand,
  addAnalysisCommand,
  addWarehouseCommand,
  addPushCommand,
  addServeCommand,
  addMcpCommand,
  addZoneCommand,
];

/** The whole command line; it throws what ends a command. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('openwebui-sync')
    .description('Mirrors Open WebUI servers into a local SQLite database.')
    .version(VERSION)
    .addHelpText('after', HELP)
    .exitOverride()
    .hook('preAction', (_, command) => refuseEmptyPaths(command));
  for (const add of COMMANDS) {
    add(program, terminal);
  }
  return program;
}
