import type { Command } from 'commander';
import type { CheckReport } from '../../store/check/checkTypes';
import { loadInstances } from '../../store/instances/instancesFile';
import { checkResult, checkText, hasLosses, refetchText } from '../../sync/texts/checkText';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { changeMirror } from '../lockedWriter';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';

interface CheckOptions extends DataOption {
  readonly json?: boolean;
  readonly fetchAgain?: boolean;
}

/** `check [--fetch-again] [--json]` */
export function addCheckCommand(program: Command, terminal: Terminal): void {
  program
    .command('check')
    .description('look at every file of the database and at the texts in it')
    .option('--fetch-again', 'have the next syncs fetch what is lost')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (options: CheckOptions) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const report = await withReader(folder, (reader) => reader.check(), terminal.signal);
      terminal.out(options.json === true ? jsonText(report) : plainText(checkText(report)));
      if (hasLosses(report) && options.fetchAgain === true) {
        await fetchAgain(folder, terminal);
      } else {
        assertSound(report);
      }
    });
}

async function fetchAgain(folder: string, terminal: Terminal): Promise<void> {
  const { zone } = await loadInstances(folder);
  const result = await changeMirror(folder, zone, terminal, (writer) => writer.refetchTexts());
  terminal.err(`${refetchText(result)} To fetch all of it now: sync --all --reconcile\n`);
}

/** @throws CliError when something is damaged */
function assertSound(report: CheckReport): void {
  if (report.findings.some(({ severity }) => severity === 'damage')) {
    const next = hasLosses(report)
      ? ' To fetch again what is lost: check --fetch-again'
      : ' To go back: backups';
    throw new CliError(`${checkResult(report)}.${next}`, EXIT.different);
  }
}
