import type { Command } from 'commander';
import type { Instance } from '../../store/instances/instance';
import { isFailure } from '../../sync/openwebui/failures';
import { verifyInstance } from '../../sync/verify/verifyInstance';
import { verifyText } from '../../sync/verify/verifyText';
import type { VerifyReport } from '../../sync/verify/verifyTypes';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { mirrorStatus } from '../mirrorStatus';
import { plainText } from '../plainText';
import { openServerSession, type ChoiceOptions, type ServerSession } from '../serverSession';
import type { Terminal } from '../terminal';
import { wholeNumber } from '../wholeNumber';
import { dataOption } from './dataOption';

interface VerifyCommandOptions extends ChoiceOptions {
  readonly sample?: number | 'all';
  readonly json?: boolean;
}

/** `verify [NAME] [--all] [--sample N|all] [--json]` */
export function addVerifyCommand(program: Command, terminal: Terminal): void {
  program
    .command('verify [name]')
    .description('compare the database with a server, or with all of them')
    .option('--all', 'all servers')
    .option('--sample <users>', 'users whose chats are compared, or "all" (default: 15)', sampleSize)
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (name: string | undefined, options: VerifyCommandOptions) => {
      const session = await openServerSession(terminal, name, options);
      const reports = await verifyAll(session, terminal, options);
      if (options.json === true) {
        terminal.out(jsonText(reports));
      }
      assertEqual(session.chosen, reports);
    });
}

async function verifyAll(
  { folder, ready, chosen, deps }: ServerSession,
  terminal: Terminal,
  { sample, json }: VerifyCommandOptions,
): Promise<readonly VerifyReport[]> {
  const synced = new Set((await mirrorStatus(folder)).instances.map(({ instanceId }) => instanceId));
  const reports: VerifyReport[] = [];
  for (const instance of ready) {
    try {
      if (!synced.has(instance.id)) {
        throw new CliError(`Nothing of ${instance.name} was synced yet. Sync it first.`);
      }
      terminal.err(`Comparing with ${instance.name} …\n`);
      const report = await verifyInstance(deps, instance, { sample, signal: terminal.signal });
      reports.push(report);
      if (json !== true) {
        terminal.out(plainText(`${verifyText(report).join('\n')}\n`));
      }
    } catch (error) {
      // One that cannot be asked says nothing about the others.
      if (chosen.length === 1 || !(error instanceof CliError || isFailure(error))) {
        throw error;
      }
      terminal.err(`${instance.name}: ${error.message}\n`);
    }
  }
  return reports;
}

/** @throws CliError unless everything was compared and nothing differs */
function assertEqual(chosen: readonly Instance[], reports: readonly VerifyReport[]): void {
  const different = reports.filter(({ differenceCount }) => differenceCount > 0);
  if (different.length > 0) {
    const names = different.map(({ instanceName }) => instanceName);
    throw new CliError(`Not equal: ${names.join(', ')}. Repair with: sync NAME --full`, EXIT.different);
  }
  const whole = reports.filter(({ areas }) => areas.every(({ problem }) => problem === undefined));
  if (whole.length < chosen.length) {
    throw new CliError('Not everything could be compared; the lines above say why.', EXIT.incomplete);
  }
}

function sampleSize(typed: string): number | 'all' {
  return typed === 'all' ? 'all' : wholeNumber({ minimum: 1, also: '"all"' })(typed);
}
