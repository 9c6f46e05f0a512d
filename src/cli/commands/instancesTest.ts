import type { Command } from 'commander';
import type { Instance } from '../../store/instances/instance';
import type { ConnectionReport } from '../../sync/openwebui/connectionReport';
import { probeConnection } from '../../sync/openwebui/probeConnection';
import { connectedText, connectionLines } from '../../sync/texts/connectionText';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import { openServerSession, type ChoiceOptions, type ServerSession } from '../serverSession';
import type { Terminal } from '../terminal';
import { dataOption } from './dataOption';

interface TestOptions extends ChoiceOptions {
  readonly json?: boolean;
}

/** What was found out about one instance. */
interface Tested {
  readonly instance: Instance;
  readonly report: ConnectionReport;
}

/** `instances test [NAME] [--all] [--json]` */
export function addTestCommand(instances: Command, terminal: Terminal): void {
  instances
    .command('test [name]')
    .description("try a server's address and key, and what of it the key may read; nothing is stored")
    .option('--all', 'all servers')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (name: string | undefined, options: TestOptions) => {
      const session = await openServerSession(terminal, name, options);
      const tested: Tested[] = [];
      for (const instance of session.ready) {
        const report = await probe(session, instance, terminal.signal);
        tested.push({ instance, report });
        if (options.json !== true) {
          tell({ instance, report }, terminal);
        }
      }
      if (options.json === true) {
        const all = tested.map(({ instance, report }) => ({ instance: instance.name, ...report }));
        terminal.out(jsonText(all));
      }
      assertUsable(session.chosen, tested);
    });
}

async function probe(
  { deps }: ServerSession,
  instance: Instance,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const { clock, log } = deps;
  const credential = await deps.credentials.get(instance);
  return probeConnection({
    url: instance.url,
    credential,
    policy: deps.policy(instance),
    clock,
    log,
    signal,
  });
}

function tell({ instance, report }: Tested, { out, err }: Terminal): void {
  if (report.problem !== undefined) {
    err(plainText(`${instance.name}: ${report.problem.message}\n`));
    return;
  }
  const lines = [connectedText(instance.name, report), ...connectionLines(report).map((line) => `  ${line}`)];
  out(plainText(`${lines.join('\n')}\n`));
}

/** @throws CliError unless every instance answered and lets everything be read that its version has */
function assertUsable(chosen: readonly Instance[], tested: readonly Tested[]): void {
  const failed = chosen.filter(
    ({ id }) => !tested.some(({ instance, report }) => instance.id === id && report.ok),
  );
  if (failed.length > 0) {
    throw new CliError(`Cannot be synced: ${namesOf(failed)}. The lines above say why.`);
  }
  const partial = tested.filter(({ report }) =>
    report.areas.some(({ access }) => access === 'refused' || access === 'failed'),
  );
  if (partial.length > 0) {
    const names = namesOf(partial.map(({ instance }) => instance));
    throw new CliError(`Not everything can be read: ${names}.`, EXIT.incomplete);
  }
}

function namesOf(instances: readonly Instance[]): string {
  return instances.map(({ name }) => name).join(', ');
}
