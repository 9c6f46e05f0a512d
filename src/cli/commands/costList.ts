import type { Command } from 'commander';
import { loadCostConnections, removeCostConnection } from '../../store/costs/costConnectionsFile';
import { azureScope, plainScope } from '../../store/costs/costScope';
import type { CostConnection } from '../../store/costs/costConnection';
import type { CostScopeFacts, CostScopeStatus } from '../../store/costs/costTypes';
import { loadInstances } from '../../store/instances/instancesFile';
import { createFolderLocker } from '../../sync/engine/folderLocker';
import { withLockedWriter } from '../../sync/engine/lockedWriter';
import { countOf, formatDateTime } from '../../sync/words';
import { amountText } from '../../reports/cost/priceText';
import { costRunText, signInText } from '../costText';
import type { CostParts } from '../costSession';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { mirrorStatus } from '../mirrorStatus';
import { plainText } from '../plainText';
import { shellWord } from '../shellWord';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { dataOption, type DataOption } from './dataOption';

interface ListOptions extends DataOption {
  readonly json?: boolean;
}

interface RemoveOptions extends DataOption {
  readonly deleteData?: boolean;
}

/** `cost list | status | remove` */
export function addCostListCommands(cost: Command, terminal: Terminal, parts: CostParts): void {
  cost
    .command('list')
    .description('list what is read of Azure, and how it signs in')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (options: ListOptions) => {
      const connections = await loadCostConnections(existingDataFolder(options.data, terminal.env));
      if (options.json === true) {
        terminal.out(jsonText(connections));
      } else if (connections.length === 0) {
        terminal.err('Nothing is read of Azure yet. Next: cost connect, or cost import FILE\n');
      } else {
        terminal.out(plainText(connections.map(connectionLine).join('')));
      }
    });

  cost
    .command('status')
    .description('what is known of costs, by scope: read of Azure and imported')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action((options: ListOptions) => status(terminal, parts, options));

  cost
    .command('remove <name>')
    .description('stop reading a scope; what is in the database stays and counts')
    .option('--delete-data', 'delete its costs too, for good, or those of an import')
    .addOption(dataOption())
    .action((name: string, options: RemoveOptions) => remove(terminal, parts, name, options));
}

function connectionLine(connection: CostConnection): string {
  const { name, scope, tenantId, cloud, enabled } = connection;
  const parts = [
    name,
    scope,
    ...(tenantId === '' ? [] : [`tenant: ${tenantId}`]),
    ...(cloud === 'public' ? [] : [`cloud: ${cloud}`]),
    `sign-in: ${signInText(connection)}`,
    ...(enabled ? [] : ['(off)']),
  ];
  return `${parts.join('  ')}\n`;
}

async function status(terminal: Terminal, { clock }: CostParts, options: ListOptions): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  const { zone } = await loadInstances(folder);
  const { costs = [] } = await mirrorStatus(folder);
  if (options.json === true) {
    terminal.out(jsonText(costs));
  } else if (costs.length === 0) {
    terminal.out('No cost is known yet. Next: cost connect, or cost import FILE\n');
  } else {
    const connected = new Set((await loadCostConnections(folder)).map(({ scope }) => scope));
    terminal.out(
      plainText(
        costs.map((scope) => scopeText(scope, sourceText(scope, connected), zone, clock.now())).join(''),
      ),
    );
  }
}

function sourceText({ source, scope }: CostScopeStatus, connected: ReadonlySet<string>): string {
  return source === 'import' ? 'imported' : connected.has(scope) ? 'read of Azure' : 'disconnected';
}

function scopeText(scope: CostScopeStatus, source: string, zone: string, now: number): string {
  const { name, newestMonth, months, lastSync, retryAfter = 0, unmappedResources, runs } = scope;
  const [run] = runs;
  const amounts = newestMonth.map(({ month, currency, cost }) => `${month}: ${amountText(cost)} ${currency}`);
  const lines = [
    `${name} (${source}, ${scope.scope})`,
    `  ${countOf(months, 'month')}, last read: ${lastSync === undefined ? 'never' : formatDateTime(lastSync * 1000, zone)}`,
    ...amounts.map((amount) => `  ${amount}`),
    ...(retryAfter * 1000 > now
      ? [`  Azure is throttling until ${formatDateTime(retryAfter * 1000, zone)}`]
      : []),
    ...(unmappedResources === 0
      ? []
      : [
          `  ${countOf(unmappedResources, 'resource')} without an instance yet. Say which: cost map RESOURCE INSTANCE`,
        ]),
    ...(run === undefined || run.status === 'ok' ? [] : [`  Last run: ${costRunText(run, name).trimEnd()}`]),
  ];
  return `${lines.join('\n')}\n`;
}

async function remove(
  terminal: Terminal,
  { writerOf }: CostParts,
  name: string,
  { data, deleteData }: RemoveOptions,
): Promise<void> {
  const folder = existingDataFolder(data, terminal.env);
  const { zone } = await loadInstances(folder);
  const connections = await loadCostConnections(folder);
  const isMeant = (one: { readonly name: string; readonly scope: string }): boolean =>
    one.name.toLowerCase() === name.toLowerCase() || one.scope === plainScope(name);
  const connection = connections.find(isMeant);
  const known = await withLockedWriter(
    createFolderLocker(folder, VERSION),
    writerOf(folder, zone, (sentence) => terminal.err(`${sentence}\n`)),
    async (writer) => {
      const facts = await writer.costFacts();
      const found = chosenScope(facts, connection, isMeant);
      if (found !== undefined && connection === undefined && deleteData !== true) {
        throw new CliError(
          `${found.name} is not connected. To delete its costs: cost remove ${shellWord(found.name)} --delete-data`,
          EXIT.usage,
        );
      }
      if (found !== undefined) {
        await writer.removeCostScope(found.scopeId, deleteData === true ? 'delete' : 'keep');
      }
      return found;
    },
  );
  if (connection === undefined && known === undefined) {
    throw new CliError(
      `There is no connection or import "${name}". To see them: cost list, cost status`,
      EXIT.usage,
    );
  }
  if (connection !== undefined) {
    await removeCostConnection(folder, connection.id);
  }
  const left =
    known === undefined
      ? 'Nothing was read of it yet.'
      : deleteData === true
        ? 'Its costs are deleted.'
        : 'Its costs stay in the database and count.';
  terminal.out(`Removed ${connection?.name ?? known?.name ?? name}. ${left}\n`);
}

/** The rows of a connection, else of an import of that name. */
function chosenScope(
  facts: readonly CostScopeFacts[],
  connection: CostConnection | undefined,
  isMeant: (one: CostScopeFacts) => boolean,
): CostScopeFacts | undefined {
  return connection === undefined ? facts.find(isMeant) : azureScope(facts, connection.scope);
}
