import type { Command } from 'commander';
import { amountText } from '../../reports/cost/priceText';
import { STARTER_CURRENCY } from '../../reports/cost/starterPrices';
import { withBudget, withoutBudget } from '../../store/analysis/analysisEdits';
import { readBudgets } from '../../store/costs/readCosts';
import { loadInstances } from '../../store/instances/instancesFile';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { followAnalysis } from '../followAnalysis';
import { jsonText } from '../jsonText';
import { changeAnalysis } from '../lockedWriter';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';
import { amountArgument } from './amountArgument';
import { dataOption, type DataOption } from './dataOption';

interface ScopeOptions extends DataOption {
  readonly currency: string;
  readonly instance?: string;
}

/** `budget set | list | remove` */
export function addBudgetCommand(program: Command, terminal: Terminal): void {
  const budget = program
    .command('budget')
    .description('what may be spent in a month: the cost report compares with it, nothing is stopped');

  withScope(budget.command('set').argument('<amount>', 'per calendar month', amountArgument))
    .description('set the budget of a month')
    .action(async (monthlyAmount: number, options: ScopeOptions) => {
      const { folder, zone, instanceId } = await scopeOf(terminal, options);
      const { currency } = options;
      await changeAnalysis(folder, zone, terminal, (analysis) =>
        withBudget(analysis, { instanceId, currency, monthlyAmount }),
      );
      terminal.out(`${line({ instance: options.instance, currency, monthlyAmount })}\n`);
    });

  budget
    .command('list')
    .description('list the budgets')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (options: DataOption & { readonly json?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      await followAnalysis(folder, terminal);
      const budgets = await withReader(folder, readBudgets);
      if (options.json === true) {
        terminal.out(jsonText(budgets));
      } else if (budgets.length === 0) {
        terminal.err('There is no budget. To set one: budget set 500 --currency USD\n');
      } else {
        terminal.out(budgets.map((each) => `${line(each)}\n`).join(''));
      }
    });

  withScope(budget.command('remove'))
    .description('remove a budget')
    .action(async (options: ScopeOptions) => {
      const { folder, zone, instanceId } = await scopeOf(terminal, options);
      const { currency } = options;
      await changeAnalysis(folder, zone, terminal, (analysis) =>
        withoutBudget(analysis, { instanceId, currency }),
      );
      terminal.out(`Removed the budget of ${options.instance ?? 'all instances'} in ${currency}.\n`);
    });
}

function withScope(command: Command): Command {
  return command
    .option('--currency <code>', 'currency', STARTER_CURRENCY)
    .option('--instance <name>', 'of this server alone (default: of all together)')
    .addOption(dataOption());
}

async function scopeOf(terminal: Terminal, { data, instance }: ScopeOptions) {
  const folder = existingDataFolder(data, terminal.env);
  const { instances, zone } = await loadInstances(folder);
  const instanceId = instance === undefined ? undefined : instanceNamed(instances, instance).id;
  return { folder, zone, instanceId };
}

function line(budget: {
  readonly instance?: string | undefined;
  readonly currency: string;
  readonly monthlyAmount: number;
}): string {
  const { instance = 'All instances', currency, monthlyAmount } = budget;
  return `${plainText(instance)}: ${amountText(monthlyAmount)} ${currency} per month`;
}
