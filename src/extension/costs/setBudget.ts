import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { budgetText, parseBudgetText } from '../../reports/cost/budgetText';
import { withBudget } from '../../store/analysis/analysisEdits';
import { problemOf, type BudgetEntry } from '../../store/costs/costEntries';
import { readBudgets, type StoredBudget } from '../../store/costs/readCosts';
import type { Core } from '../core';
import { changeAnalysis, endRunningSyncs } from '../mirrorChanges';
import { askChoice, BACK, refusal, enterText, type ChoiceItem } from '../quickInput';

const commandTitle = (): string => l10n.t('Set Budget');

/** What a budget is for. */
interface BudgetScope {
  readonly name: string;
  readonly instanceId?: number | undefined;
  readonly budgets: readonly StoredBudget[];
}

/**
 * Asks what may be spent in a month, of all instances or of one; nothing typed removes it.
 * @throws CancelledError, SyncBusyError, NoDatabaseError, CostEntryError, AnalysisError
 */
export async function setBudget(core: Core): Promise<void> {
  const scope = await askChoice<BudgetScope>({
    title: commandTitle(),
    placeholder: l10n.t('For what? The cost report compares with it; nothing is stopped.'),
    items: await scopeItems(core),
  });
  if (scope === BACK) {
    return;
  }
  const [present] = scope.budgets;
  const typed = await enterText({
    title: `${commandTitle()}: ${scope.name}`,
    prompt: l10n.t('Amount per calendar month with its currency. Leave it empty for no budget.'),
    placeholder: '500 USD',
    value: present === undefined ? '' : budgetText(present),
    object: (text) => refusal(problemOf(() => parseBudgetText(text))),
  });
  const wanted = parseBudgetText(typed);
  await endRunningSyncs(core);
  await changeAnalysis(core, l10n.t('Keeping the budget'), (analysis) => {
    const { instanceId } = scope;
    const others = analysis.budgets.filter((budget) => budget.instanceId !== instanceId);
    const without = { ...analysis, budgets: others };
    return wanted === undefined ? without : withBudget(without, { ...wanted, instanceId });
  });
  void vscode.window.showInformationMessage(saidOf(scope, wanted));
}

async function scopeItems(core: Core): Promise<ChoiceItem<BudgetScope>[]> {
  const budgets = await readBudgets(core.reader);
  const scopes = [{ name: l10n.t('All instances'), id: undefined }, ...core.instances.list()];
  return scopes.map(({ name, id: instanceId }) => {
    const own = budgets.filter((budget) => budget.instanceId === instanceId);
    return {
      label: name,
      description: own.length === 0 ? l10n.t('no budget') : own.map(budgetText).join(', '),
      value: { name, instanceId, budgets: own },
    };
  });
}

function saidOf({ name }: BudgetScope, wanted: Omit<BudgetEntry, 'instanceId'> | undefined): string {
  return wanted === undefined
    ? l10n.t('{0}: there is no budget now.', name)
    : l10n.t('{0}: the budget of a month is {1}.', name, budgetText(wanted));
}
