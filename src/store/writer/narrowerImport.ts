import * as l10n from '@vscode/l10n';
import { plainScope } from '../costs/costScope';
import type { CostMonth } from '../costs/costTypes';
import type { CostRun } from './cloudCostRuns';
import type { Session } from './session';

const GROUP = /^subscriptions\/[^/]+\/resourcegroups\/[^/]+/u;

/**
 * Why an imported file is not to replace these days of a subscription: it holds one resource group alone, and what is there
 * holds others, which would be lost. Undefined: it may.
 */
export function narrowerImport(
  { database }: Session,
  { scopeId }: CostRun,
  { costType, rows }: CostMonth,
  { first, last }: { readonly first: number; readonly last: number },
): string | undefined {
  const groups = new Set(rows.map(({ resourceId }) => groupOf(resourceId)));
  const [group] = groups;
  if (groups.size !== 1 || group === undefined) {
    return undefined;
  }
  const isWhole = database.get(
    `SELECT 1 FROM cost_scopes WHERE id = ? AND source = 'import' AND scope LIKE 'subscriptions/%' AND scope NOT LIKE '%/%/%'`,
    [scopeId],
  );
  if (isWhole === undefined) {
    return undefined;
  }
  const there = database.all<[string]>(
    `SELECT DISTINCT resource_id FROM cost_daily
     WHERE scope_id = ? AND cost_type = ? AND utc_day BETWEEN ? AND ? AND is_deleted = 0 AND cost_e8 <> 0`,
    [scopeId, costType, first, last],
  );
  return there.every(([resourceId]) => groupOf(resourceId) === group)
    ? undefined
    : l10n.t(
        'The file holds costs of {0} alone, and would replace those of the whole subscription. Import an export of the subscription, or remove the earlier import, then import this with --scope {0}. Nothing was imported.',
        group,
      );
}

function groupOf(resourceId: string): string | undefined {
  return GROUP.exec(plainScope(resourceId))?.[0];
}
