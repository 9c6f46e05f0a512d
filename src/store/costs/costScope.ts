import * as l10n from '@vscode/l10n';
import { InvalidCostConnectionError } from '../errors';
import type { CostScope } from './costTypes';

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const SUBSCRIPTION = new RegExp(`^${GUID}$`, 'u');
/** One part of a scope. */
const PART = '[^/\\p{Cc}]+';
const BILLING = `providers/microsoft\\.billing/billingaccounts/${PART}`;
const SHAPES = [
  `subscriptions/${GUID}`,
  `subscriptions/${GUID}/resourcegroups/${PART}`,
  `providers/microsoft\\.management/managementgroups/${PART}`,
  BILLING,
  `${BILLING}/(?:departments|enrollmentaccounts|billingprofiles|customers)/${PART}`,
  `${BILLING}/billingprofiles/${PART}/invoicesections/${PART}`,
].map((shape) => new RegExp(`^${shape}$`, 'u'));

/** A scope as it is compared and stored: trimmed, lower case, no slash at its ends. */
export function plainScope(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^\/+|\/+$/gu, '');
}

/** What is known of a scope that is read from Azure. @param scope as {@link plainScope} */
export function azureScope<T extends Pick<CostScope, 'source' | 'scope'>>(
  known: readonly T[],
  scope: string,
): T | undefined {
  return known.find((one) => one.source === 'azure' && one.scope === scope);
}

/**
 * A scope of Azure that costs can be asked for, as {@link plainScope}; the id of a subscription alone names it.
 * @throws InvalidCostConnectionError
 */
export function parseScope(text: string): string {
  const scope = plainScope(text);
  const whole = SUBSCRIPTION.test(scope) ? `subscriptions/${scope}` : scope;
  if (!SHAPES.some((shape) => shape.test(whole))) {
    throw new InvalidCostConnectionError(
      l10n.t(
        '"{0}" is no scope of Azure Cost Management. Give the ID of a subscription, or a scope such as subscriptions/<id>/resourceGroups/<name>.',
        text.trim(),
      ),
    );
  }
  return whole;
}

/**
 * Whether the same cost can be in both scopes. Which subscriptions a billing account or management group holds is not known
 * here, so it may hold any of Azure, but no account of another cloud.
 */
export function scopesOverlap(one: string, other: string): boolean {
  return (
    isWithin(one, other) ||
    isWithin(other, one) ||
    (isOfAzure(one) && isOfAzure(other) && (mayHoldAny(one) || mayHoldAny(other)))
  );
}

/** Whether all cost of a scope is in another one's, as their names say. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Imported files of other clouds name scopes by their provider, such as `aws/123456789012`. */
function isOfAzure(scope: string): boolean {
  return /^(?:subscriptions|providers|billingaccounts|microsoft)\//u.test(scope);
}

function mayHoldAny(scope: string): boolean {
  return /^providers\/microsoft\.(?:billing|management)\//u.test(scope);
}
