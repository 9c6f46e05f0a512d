import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readBudgetUse } from '../../../reports/cost/budgetUse';
import { NoReportDataError } from '../../../reports/sources';
import { loadAnalysis } from '../../../store/analysis/analysisFile';
import { AnalysisError } from '../../../store/errors';
import { formatDateTime } from '../../../sync/words';
import type { Core, CoreFeature } from '../../core';
import { detailOf } from '../../errors';
import { commandAction } from '../presentCosts';
import { budgetAlerts, type ToldBudgets } from './budgetAlerts';

const TOLD_KEY = 'toldBudgets';

/** Tells once when a month has used most or all of a budget, or will: after syncs of this window. The demo is never asked. */
export const budgetFeature: CoreFeature = (core) => {
  let work: Promise<void> = Promise.resolve();
  const look = (): void => {
    // One after the other: what one has told the next must know.
    work = work.then(() => tellOfBudgets(core));
  };
  return vscode.Disposable.from(core.syncs.onDidFinish(look), core.costs.runs.onDidFinish(look));
};

/** Never rejects: the log tells a failure, which the next sync may mend. */
async function tellOfBudgets({ context, folder, instances, notices, reader, log }: Core): Promise<void> {
  const now = Date.now();
  const zone = instances.zone();
  const [today = ''] = formatDateTime(now, zone).split(' ');
  try {
    const uses = (await mayHaveBudgets(folder.root))
      ? await readBudgetUse(reader, { now: Math.floor(now / 1000), zone })
      : [];
    const before = context.globalState.get<ToldBudgets>(TOLD_KEY, {});
    const { alerts, told } = budgetAlerts(uses, before, today);
    if (JSON.stringify(told) !== JSON.stringify(before)) {
      await context.globalState.update(TOLD_KEY, told);
    }
    for (const { text, severity } of alerts) {
      notices.tell({
        id: 'budgetUsed',
        severity,
        text,
        actions: [
          commandAction(l10n.t('Open Cost Report'), 'openwebuiSync.openCostReport'),
          commandAction(l10n.t('Set Budget...'), 'openwebuiSync.setBudget'),
        ],
      });
    }
  } catch (error) {
    if (!(error instanceof NoReportDataError)) {
      log.error(`Failed to compare costs with budgets: ${detailOf(error)}`);
    }
  }
}

/** So that a sync of somebody without budgets opens no database for them. A file that cannot be used: the database's count. */
async function mayHaveBudgets(root: string): Promise<boolean> {
  try {
    return (await loadAnalysis(root)).budgets.length > 0;
  } catch (error) {
    if (error instanceof AnalysisError) {
      return true;
    }
    throw error;
  }
}
