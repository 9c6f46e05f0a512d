import * as l10n from '@vscode/l10n';
import { scopesOverlap } from '../../store/costs/costScope';
import type { CostConnection } from '../../store/costs/costConnection';
import type { CostMonth, CostScopeFacts } from '../../store/costs/costTypes';
import { monthAt, monthsBack } from '../../store/costs/months';
import type { EpochSeconds } from '../../store/records';
import { MONTHS_GIVEN } from '../costs/plan';
import { CostFileError } from './importTypes';

/** What there is already, or will be. */
export interface OtherCosts {
  readonly facts: readonly CostScopeFacts[];
  readonly connections: readonly CostConnection[];
  readonly now: EpochSeconds;
}

/** Refuses a month whose cost is, or will be, in the database from elsewhere. @throws CostFileError */
export function refuseDoubleCounting(
  scope: string,
  { month, costType }: Pick<CostMonth, 'month' | 'costType'>,
  { facts, connections, now }: OtherCosts,
): void {
  const isRead = (other: CostScopeFacts): boolean =>
    other.months.some((read) => read.month === month && read.costType === costType);
  const oldest = monthsBack(monthAt(now), MONTHS_GIVEN).at(-1) ?? month;
  const connected = connections.find((other) => month >= oldest && scopesOverlap(other.scope, scope));
  if (connected !== undefined) {
    throw new CostFileError(
      l10n.t(
        'The cost of {0} in {1} comes from Azure ("{2}") and would count twice. Import only months before {3}, or disconnect "{2}" first.',
        scope,
        month,
        connected.name,
        oldest,
      ),
    );
  }
  const there = facts.find(
    (other) =>
      !(other.source === 'import' && other.scope === scope) &&
      scopesOverlap(other.scope, scope) &&
      isRead(other),
  );
  if (there !== undefined) {
    throw new CostFileError(
      l10n.t(
        'The cost of {0} in {1} is there already, as "{2}" ({3}), and would count twice. Remove those costs first, or import other months.',
        scope,
        month,
        there.name,
        there.scope,
      ),
    );
  }
}
