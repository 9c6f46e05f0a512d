import { Option, type Command } from 'commander';
import type { Analysis } from '../../store/analysis/analysisTypes';
import {
  COST_DRIVERS,
  METER_DIRECTIONS,
  type CostDriver,
  type MeterDirection,
} from '../../store/analysis/analysisTypes';
import { withDeployment, withInvoice, withMeter, withResource } from '../../store/analysis/costEdits';
import { parseScope, plainScope } from '../../store/costs/costScope';
import { loadInstances } from '../../store/instances/instancesFile';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { changeAnalysis } from '../lockedWriter';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { amountArgument } from './amountArgument';
import { dataOption, type DataOption } from './dataOption';

interface MeterOptions extends DataOption {
  readonly direction: MeterDirection;
  readonly model?: readonly string[];
  readonly driver?: CostDriver;
  readonly tokensPerUnit?: number;
}

interface DeploymentOptions extends DataOption {
  readonly resource?: string;
  readonly modelVersion?: string;
}

interface InvoiceOptions extends DataOption {
  readonly scope?: string;
  readonly tax?: number;
  readonly credits?: number;
  readonly support?: number;
  readonly otherScopes?: number;
  readonly note?: string;
}

/** `cost map | map-meter | map-deployment | invoice`: what analysis.json says of costs */
export function addCostMapCommands(cost: Command, terminal: Terminal): void {
  cost
    .command('map <resource> [instance...]')
    .description('say which servers a resource or resource group serves; several share it by their tokens')
    .option('--none', 'it serves no server')
    .addOption(dataOption())
    .action((resource: string, names: readonly string[], options: DataOption & { readonly none?: boolean }) =>
      mapResource(terminal, resource, names, options),
    );

  cost
    .command('map-meter <meter>')
    .description('say what a meter counts, where its name does not tell')
    .addOption(
      new Option('--direction <tokens>', 'which tokens; fixed: none')
        .choices(METER_DIRECTIONS)
        .makeOptionMandatory(),
    )
    .option('--model <model...>', "Azure's names of its models (default: all of the resource)")
    .addOption(
      new Option('--driver <driver>', 'what its cost is spread by (default: tokens)').choices(COST_DRIVERS),
    )
    .option('--tokens-per-unit <number>', 'tokens in one unit of its quantity, such as 1000', amountArgument)
    .addOption(dataOption())
    .action(async (meter: string, options: MeterOptions) => {
      const { direction, model: models, driver, tokensPerUnit } = options;
      await change(terminal, options, (analysis) =>
        withMeter(analysis, { meter, direction, models, driver, tokensPerUnit }),
      );
      terminal.out(
        `${plainText(meter)}: ${direction}${models === undefined ? '' : ` of ${models.join(', ')}`}\n`,
      );
    });

  cost
    .command('map-deployment <deployment> <model>')
    .description("say which model of Azure a deployment is; deployment: the model's name in Open WebUI")
    .option('--resource <id>', 'on this resource (default: on all)')
    .option('--model-version <version>', 'such as 2024-08-06')
    .addOption(dataOption())
    .action(async (deployment: string, model: string, options: DeploymentOptions) => {
      const resource = options.resource === undefined ? undefined : resourceIdOf(options.resource);
      await change(terminal, options, (analysis) =>
        withDeployment(analysis, {
          resource,
          deployment,
          model,
          version: options.modelVersion,
          source: 'admin',
        }),
      );
      terminal.out(`${plainText(deployment)} is ${plainText(model)}.\n`);
    });

  addInvoiceCommand(cost, terminal);
}

function addInvoiceCommand(cost: Command, terminal: Terminal): void {
  cost
    .command('invoice <month> <amount> <currency>')
    .description('keep the amount of an invoice, to be compared with the actual cost of its month (YYYY-MM)')
    .option('--scope <scope>', 'of this scope (default: of all in the currency)')
    .option('--tax <amount>', 'tax in it', amountArgument)
    .option('--credits <amount>', 'credits that were set off, as a positive amount', amountArgument)
    .option('--support <amount>', 'support in it', amountArgument)
    .option('--other-scopes <amount>', 'cost of scopes that are not read', amountArgument)
    .option('--note <text>', 'a note')
    .addOption(dataOption())
    .action(async (month: string, typed: string, code: string, options: InvoiceOptions) => {
      const { tax, credits, support, otherScopes, note } = options;
      const amount = amountArgument(typed);
      const currency = code.toUpperCase();
      const scope = options.scope === undefined ? undefined : parseScope(options.scope);
      await change(terminal, options, (analysis) =>
        withInvoice(analysis, { scope, month, currency, amount, tax, credits, support, otherScopes, note }),
      );
      terminal.out(`Invoice of ${month}: ${amount} ${currency}. To compare it: report reconciliation\n`);
    });
}

async function mapResource(
  terminal: Terminal,
  typed: string,
  names: readonly string[],
  options: DataOption & { readonly none?: boolean },
): Promise<void> {
  if ((names.length === 0) !== (options.none === true)) {
    throw new CliError('Name the servers that it serves, or say --none.', EXIT.usage);
  }
  const folder = existingDataFolder(options.data, terminal.env);
  const { instances } = await loadInstances(folder);
  const served = names.map((name) => instanceNamed(instances, name));
  const resource = resourceIdOf(typed);
  await change(terminal, options, (analysis) =>
    withResource(analysis, { resource, instances: served.map(({ id }) => id), source: 'admin' }),
  );
  const whom = served.length === 0 ? 'no server' : served.map(({ name }) => name).join(', ');
  terminal.out(`${plainText(resource)} serves ${whom}.\n`);
}

/** As analysis.json has it: lower case, no slash at its ends. */
function resourceIdOf(typed: string): string {
  const id = plainScope(typed);
  if (!id.startsWith('subscriptions/')) {
    throw new CliError(
      'Give the id of a resource, resource group or subscription: /subscriptions/ID/resourceGroups/NAME/…',
      EXIT.usage,
    );
  }
  return id;
}

async function change(
  terminal: Terminal,
  { data }: DataOption,
  edit: (analysis: Analysis) => Analysis,
): Promise<void> {
  const folder = existingDataFolder(data, terminal.env);
  const { zone } = await loadInstances(folder);
  await changeAnalysis(folder, zone, terminal, edit);
}
