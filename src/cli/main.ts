import { Command, CommanderError } from 'commander';
import { CostBusyError } from '../sync/costs/costSyncTypes';
import { SyncBusyError } from '../sync/engine/coordinatorTypes';
import { addAnalysisCommand } from './commands/analysis';
import { addBackupsCommand } from './commands/backups';
import { addChangesCommand } from './commands/changes';
import { addCostCommand } from './commands/cost';
import { addBudgetCommand } from './commands/budget';
import { addCheckCommand } from './commands/check';
import { addCopyCommand } from './commands/copy';
import { addDeletionsCommand } from './commands/deletions';
import { addErasePersonCommand } from './commands/erasePerson';
import { addFreeUpCommand } from './commands/freeUp';
import { addInstancesCommand } from './commands/instances';
import { addPricesCommand } from './commands/prices';
import { addQueryCommand } from './commands/query';
import { addReportCommand } from './commands/report';
import { addRestoreCommand } from './commands/restore';
import { addSearchCommand } from './commands/search';
import { addStatusCommand } from './commands/status';
import { addSyncCommand } from './commands/sync';
import { addVerifyCommand } from './commands/verify';
import { addZoneCommand } from './commands/zone';
import { CliError, EXIT, type ExitCode } from './exitCodes';
import { processTerminal, type Terminal } from './terminal';
import { VERSION } from './version';

const EXIT_CODE_HELP = `
Exit codes: ${EXIT.ok} done, ${EXIT.failed} failed, ${EXIT.usage} wrong usage, ${EXIT.incomplete} not synced or compared completely, ${EXIT.busy} another sync is running, ${EXIT.different} database and server differ or the database is damaged, ${EXIT.cancelled} cancelled`;

/** In the order of `--help`. */
const COMMANDS = [
  addInstancesCommand,
  addSyncCommand,
  addStatusCommand,
  addVerifyCommand,
  addDeletionsCommand,
  addErasePersonCommand,
  addFreeUpCommand,
  addBackupsCommand,
  addRestoreCommand,
  addCheckCommand,
  addReportCommand,
  addChangesCommand,
  addQueryCommand,
  addCopyCommand,
  addSearchCommand,
  addPricesCommand,
  addBudgetCommand,
  addCostCommand,
  addAnalysisCommand,
  addZoneCommand,
];

function createProgram(terminal: Terminal): Command {
  const program = new Command('openwebui-sync')
    .description('Mirrors Open WebUI servers into a local SQLite database.')
    .version(VERSION)
    .addHelpText('after', EXIT_CODE_HELP)
    .exitOverride();
  for (const add of COMMANDS) {
    add(program, terminal);
  }
  return program;
}

/** One sentence and one exit code for whatever ended the command. */
function explain(error: unknown, terminal: Terminal): { readonly sentence: string; readonly code: ExitCode } {
  if (error instanceof CommanderError) {
    // Commander has said it already.
    return { sentence: '', code: error.exitCode === 0 ? EXIT.ok : EXIT.usage };
  }
  if (terminal.signal.aborted && !(error instanceof CliError)) {
    return { sentence: 'Cancelled.', code: EXIT.cancelled };
  }
  const sentence = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
  if (error instanceof CliError) {
    return { sentence, code: error.exitCode };
  }
  const isBusy = error instanceof SyncBusyError || error instanceof CostBusyError;
  return { sentence, code: isBusy ? EXIT.busy : EXIT.failed };
}

async function main(): Promise<void> {
  const terminal = processTerminal();
  try {
    await createProgram(terminal).parseAsync();
  } catch (error) {
    const { sentence, code } = explain(error, terminal);
    if (sentence !== '') {
      terminal.err(`${sentence}\n`);
    }
    process.exitCode = code;
  }
}

void main();
