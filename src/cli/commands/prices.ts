import type { Command } from 'commander';
import { usualStart } from '../../reports/cost/modelsSeen';
import { FREE, priceText } from '../../reports/cost/priceText';
import type { PriceAmounts } from '../../store/costs/costEntries';
import { STARTER_CURRENCY } from '../../reports/cost/starterPrices';
import { withoutPrice } from '../../store/analysis/analysisEdits';
import { readPrices } from '../../store/costs/readCosts';
import { loadInstances } from '../../store/instances/instancesFile';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { followAnalysis } from '../followAnalysis';
import { jsonText } from '../jsonText';
import { changeAnalysis } from '../lockedWriter';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { amountArgument } from './amountArgument';
import { dataOption, type DataOption } from './dataOption';
import { keepPrices, readProposals, todayUtc, writeTable } from './priceParts';
import { addSuggestCommand } from './pricesSuggest';

interface ListOptions extends DataOption {
  readonly json?: boolean;
}

interface SetOptions extends DataOption {
  readonly input?: number;
  readonly cached?: number;
  readonly output?: number;
  readonly request?: number;
  readonly free?: boolean;
  readonly currency: string;
  readonly from?: string;
  readonly instance?: string;
}

interface RemoveOptions extends DataOption {
  readonly from: string;
  readonly instance?: string;
}

const INSTANCE_HELP = 'for this server alone; it then comes before the price for all';

/** `prices list | suggest | set | remove` */
export function addPricesCommand(program: Command, terminal: Terminal): void {
  const prices = program
    .command('prices')
    .description('what models cost: list, suggest, set and remove prices');

  prices
    .command('list')
    .description('list the prices that were confirmed')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action((options: ListOptions) => list(terminal, options));

  addSuggestCommand(prices, terminal);

  prices
    .command('set <model>')
    .description('set the price of a model, per million tokens')
    .option('--input <amount>', 'price of input tokens', amountArgument)
    .option('--cached <amount>', 'price of cached input tokens (default: as other input)', amountArgument)
    .option('--output <amount>', 'price of output tokens', amountArgument)
    .option('--request <amount>', 'price of each request', amountArgument)
    .option('--free', 'the model costs nothing, for example since it runs on your own machines')
    .option('--currency <code>', 'currency', STARTER_CURRENCY)
    .option(
      '--from <date>',
      'first UTC day, YYYY-MM-DD (default: the first use of a model without a price, else today)',
    )
    .option('--instance <name>', INSTANCE_HELP)
    .addOption(dataOption())
    .action((model: string, options: SetOptions) => set(terminal, model, options));

  prices
    .command('remove <model>')
    .description('remove a price; the one before it counts again')
    .requiredOption('--from <date>', 'its first day, YYYY-MM-DD')
    .option('--instance <name>', 'the price of this server')
    .addOption(dataOption())
    .action((model: string, options: RemoveOptions) => remove(terminal, model, options));
}

async function list(terminal: Terminal, options: ListOptions): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  await followAnalysis(folder, terminal);
  const prices = await withReader(folder, readPrices);
  if (options.json === true) {
    terminal.out(jsonText(prices));
    return;
  }
  if (prices.length === 0) {
    terminal.err('There are no prices yet. To look at suggestions: prices suggest\n');
    return;
  }
  writeTable(
    terminal,
    ['model', 'instance', 'from', 'price', 'source'],
    prices.map((price) => [
      price.modelId,
      price.instance ?? 'all',
      price.validFrom,
      priceText(price),
      price.source === 'starter' ? 'starter list' : 'entered',
    ]),
  );
}

async function set(terminal: Terminal, modelId: string, options: SetOptions): Promise<void> {
  const amounts = amountsOf(options);
  const folder = existingDataFolder(options.data, terminal.env);
  const instanceId = await instanceIdOf(folder, options.instance);
  const validFrom = options.from ?? (await usualStartOf(folder, modelId));
  await keepPrices(terminal, folder, [{ ...amounts, modelId, instanceId, validFrom, source: 'admin' }]);
}

async function remove(terminal: Terminal, modelId: string, options: RemoveOptions): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  const { zone } = await loadInstances(folder);
  const instanceId = await instanceIdOf(folder, options.instance);
  await changeAnalysis(folder, zone, terminal, (analysis) =>
    withoutPrice(analysis, { modelId, instanceId, validFrom: options.from }),
  );
  terminal.out(`Removed the price of ${plainText(modelId)} from ${options.from} on.\n`);
}

/** @throws CliError unless either a whole price or --free is given */
function amountsOf({ free, input, cached, output, request, currency }: SetOptions): PriceAmounts {
  const isPriced = [input, cached, output, request].some((value) => value !== undefined);
  if (free === true && !isPriced) {
    return { ...FREE, currency };
  }
  if (free === true || input === undefined || output === undefined) {
    throw new CliError('Give --input and --output, or --free for a model that costs nothing.', EXIT.usage);
  }
  return {
    currency,
    inputPerMillion: input,
    cachedPerMillion: cached,
    outputPerMillion: output,
    perRequest: request,
  };
}

async function usualStartOf(folder: string, modelId: string): Promise<string> {
  const today = todayUtc();
  const proposal = (await readProposals(folder)).find(({ model }) => model.modelId === modelId);
  return proposal === undefined ? today : usualStart(proposal, today);
}

async function instanceIdOf(folder: string, name: string | undefined): Promise<number | undefined> {
  return name === undefined ? undefined : instanceNamed((await loadInstances(folder)).instances, name).id;
}
