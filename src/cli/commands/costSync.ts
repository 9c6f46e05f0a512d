import type { Command } from 'commander';
import type { CostConnection } from '../../store/costs/costConnection';
import { loadCostConnections } from '../../store/costs/costConnectionsFile';
import { loadInstances } from '../../store/instances/instancesFile';
import { CostSync } from '../../sync/costs/costSync';
import type { CostSyncEvent } from '../../sync/costs/costSyncTypes';
import { connectionNamed } from '../chooseConnection';
import { costProgressText, costRunText } from '../costText';
import { openCostSession, type CostParts } from '../costSession';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

interface SyncOptions extends DataOption {
  readonly allMonths?: boolean;
  readonly json?: boolean;
}

/** `cost sync [NAME...] [--all-months] [--json]` */
export function addCostSyncCommand(cost: Command, terminal: Terminal, parts: CostParts): void {
  cost
    .command('sync [name...]')
    .description('read what Azure bills; the first time 13 months, then those that may still change')
    .option('--all-months', 'read all months again that Azure still gives')
    .option('--json', 'as JSON: the record of each run')
    .addOption(dataOption())
    .action((names: readonly string[], options: SyncOptions) => sync(terminal, parts, names, options));
}

async function sync(
  terminal: Terminal,
  parts: CostParts,
  names: readonly string[],
  options: SyncOptions,
): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  const connections = chosen(await loadCostConnections(folder), names);
  const { zone } = await loadInstances(folder);
  const costs = new CostSync(await openCostSession(terminal, folder, parts));
  costs.onEvent(shownOn(options.json === true ? { ...terminal, out: terminal.err } : terminal, zone));
  const request = { trigger: 'manual', isWhole: options.allMonths === true } as const;
  const runs = await costs.sync(connections, request, terminal.signal);
  if (options.json === true) {
    terminal.out(jsonText(runs));
  }
  if (terminal.signal.aborted) {
    throw new CliError('Cancelled. What was read is kept; the next sync goes on from there.', EXIT.cancelled);
  }
  const incomplete = runs.filter(({ status }) => status !== 'ok').length;
  if (incomplete > 0) {
    throw new CliError(
      `Costs of ${incomplete} of ${runs.length} scopes were not read completely; the lines above say why.`,
      EXIT.incomplete,
    );
  }
}

/** @throws CliError where there is none to read */
function chosen(connections: readonly CostConnection[], names: readonly string[]): readonly CostConnection[] {
  if (names.length > 0) {
    // One that is named twice is read once.
    return [...new Set(names.map((name) => connectionNamed(connections, name)))];
  }
  const enabled = connections.filter((connection) => connection.enabled);
  if (enabled.length === 0) {
    throw new CliError(
      connections.length === 0
        ? 'Nothing of Azure is connected yet. Connect a scope: cost connect --scope SUBSCRIPTION --azure-cli'
        : 'All connections are switched off. Name one to read it.',
    );
  }
  return enabled;
}

/** Each line once: a wait or a month is told when it begins. */
function shownOn(terminal: Terminal, zone: string): (event: CostSyncEvent) => void {
  let last = '';
  return (event) => {
    if (event.type === 'finished') {
      const text = plainText(costRunText(event.run, event.connection.name));
      (event.run.status === 'ok' ? terminal.out : terminal.err)(text);
      return;
    }
    const line = costProgressText(event.progress, zone) ?? last;
    if (line !== last) {
      last = line;
      terminal.err(`${plainText(line)}\n`);
    }
  };
}
