import * as l10n from '@vscode/l10n';
import type { CallBudget } from '../../sync/engine/coordinatorTypes';
import { countOf } from '../../sync/words';

/** Requests from which on a look at everybody is asked about: minutes of load for the server. */
const LARGE = 2000;

/** `This makes about 15,640 requests and takes about 14 minutes.`; undefined for what is not worth a question. */
export function largeSyncText(budgets: readonly CallBudget[]): string | undefined {
  const calls = budgets.reduce((sum, budget) => sum + (budget.calls ?? 0), 0);
  if (calls < LARGE) {
    return undefined;
  }
  const minutes = Math.max(...budgets.map((budget) => budget.minutes ?? 0));
  return l10n.t(
    'This makes about {0} and takes about {1}.',
    countOf(calls, 'request'),
    countOf(minutes, 'minute'),
  );
}
