import { Option, type Command } from 'commander';
import { confirmedStarter, usualStart, type PriceProposal } from '../../reports/cost/modelsSeen';
import { priceText } from '../../reports/cost/priceText';
import { STARTER_CURRENCY, STARTER_WORDS, type StarterPrice } from '../../reports/cost/starterPrices';
import { countOf } from '../../sync/words';
import { confirm, type YesOption } from '../confirm';
import { existingDataFolder } from '../dataFolder';
import { followAnalysis } from '../followAnalysis';
import { jsonText } from '../jsonText';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';
import { keepPrices, readProposals, todayUtc, writeTable } from './priceParts';

interface SuggestOptions extends DataOption, YesOption {
  readonly json?: boolean;
  readonly set?: boolean;
}

/** `prices suggest [--set] [--yes] [--json]` */
export function addSuggestCommand(prices: Command, terminal: Terminal): void {
  prices
    .command('suggest')
    .description('list the models that answered, with the public list prices that could be confirmed')
    .addOption(new Option('--json', 'as JSON').conflicts('set'))
    .option('--set', 'confirm the suggested prices of models without one, after a question')
    .option('--yes', 'do not ask')
    .addOption(dataOption())
    .action((options: SuggestOptions) => suggest(terminal, options));
}

async function suggest(terminal: Terminal, options: SuggestOptions): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  await followAnalysis(folder, terminal);
  const proposals = await readProposals(folder);
  if (options.json === true) {
    const rows = proposals.map(({ model, starter, current }) => ({ ...model, starter, current }));
    terminal.out(jsonText(rows));
    return;
  }
  if (proposals.length === 0) {
    terminal.out('No model has answered yet.\n');
    return;
  }
  writeTable(
    terminal,
    ['model', 'generations', 'without a price', 'price now', 'suggestion'],
    proposals.map(({ model, starter, current }) => [
      model.modelId,
      model.generations,
      model.unpriced,
      current === undefined ? null : priceText(current),
      starter === undefined ? (model.isLocal ? 'local: --free?' : null) : suggestionText(starter),
    ]),
  );
  terminal.err(`Suggestions: ${STARTER_WORDS}.\n`);
  if (options.set === true) {
    await setSuggested(terminal, folder, proposals, options);
  }
}

async function setSuggested(
  terminal: Terminal,
  folder: string,
  proposals: readonly PriceProposal[],
  options: YesOption,
): Promise<void> {
  const today = todayUtc();
  const entries = proposals.flatMap((proposal) =>
    proposal.starter === undefined || proposal.current !== undefined
      ? []
      : [confirmedStarter(proposal, proposal.starter, usualStart(proposal, today))],
  );
  if (entries.length === 0) {
    terminal.out('There is nothing to confirm: every model with a suggestion has a price.\n');
    return;
  }
  await confirm(terminal, `Confirm the suggested prices of ${countOf(entries.length, 'model')}?`, options);
  await keepPrices(terminal, folder, entries);
}

function suggestionText({ input, cached, output }: StarterPrice): string {
  return priceText({
    currency: STARTER_CURRENCY,
    inputPerMillion: input,
    cachedPerMillion: cached,
    outputPerMillion: output,
  });
}
