import * as l10n from '@vscode/l10n';
import type { CostConnection } from '../../../store/costs/costConnection';
import { scopesOverlap } from '../../../store/costs/costScope';
import { AzureError } from '../../../sync/azure/azureErrors';
import { normaliseScope } from '../../../sync/azure/scopes';
import { sentenceOf } from '../../errors';
import type { Objection } from '../../instances/address';

/** What is wrong with a scope, or to be thought of. */
export function objectToScope(text: string, connected: readonly CostConnection[]): Objection | undefined {
  let scope: string;
  try {
    scope = normaliseScope(text);
  } catch (error) {
    if (error instanceof AzureError) {
      return { severity: 'error', message: sentenceOf(error) };
    }
    throw error;
  }
  const twin = connected.find((connection) => connection.scope === scope);
  if (twin !== undefined) {
    return {
      severity: 'error',
      message: l10n.t('Costs of this scope are read already, as "{0}".', twin.name),
    };
  }
  const overlap = overlapText(scope, connected);
  return overlap === undefined ? undefined : { severity: 'warning', message: overlap };
}

/** What is to be thought of where a scope may hold what another one holds. */
export function overlapText(scope: string, connected: readonly CostConnection[]): string | undefined {
  const other = connected.find((connection) => scopesOverlap(connection.scope, scope));
  return other === undefined
    ? undefined
    : l10n.t('"{0}" may hold the same costs: they would be counted twice.', other.name);
}
