import { isWithin, plainScope } from '../costScope';
import type { CostType } from '../costTypes';

/** Where a row of `cost_daily` was billed. */
export interface BilledPlace {
  readonly id: number;
  readonly scopeId: number;
  readonly costType: CostType;
  /** A resource, or the resource group or subscription that a scope tells instead; empty: none. */
  readonly resourceId: string;
}

/** Scopes by what they bill. */
type Billing = Map<string, Set<number>>;

/**
 * Which rows of a day count where several scopes bill the same: those of the first scope. What a scope tells by resource
 * another one may tell by resource group or subscription.
 * @param scopes by id, in the order in which they count
 * @returns ids of the rows
 */
export function countedRows(
  rows: readonly BilledPlace[],
  scopes: ReadonlyMap<number, string>,
): ReadonlySet<number> {
  if (new Set(rows.map(({ scopeId }) => scopeId)).size < 2) {
    return new Set(rows.map(({ id }) => id));
  }
  const billed: Billing = new Map();
  const within: Billing = new Map();
  for (const row of rows) {
    const place = placeOf(row, scopes);
    note(billed, keyOf(row.costType, place), row.scopeId);
    for (const outer of placesAround(place)) {
      note(within, keyOf(row.costType, outer), row.scopeId);
    }
  }
  const isBilledBy = (row: BilledPlace, otherId: number): boolean => {
    const has = (billing: Billing, place: string): boolean =>
      billing.get(keyOf(row.costType, place))?.has(otherId) === true;
    const resource = placeOf(row, scopes);
    const [scope, other] = [scopes.get(row.scopeId) ?? '', scopes.get(otherId) ?? ''];
    if (resource === '') {
      // The same only in one scope and its parts.
      return has(billed, resource) && (isWithin(scope, other) || isWithin(other, scope));
    }
    return (
      has(billed, resource) ||
      placesAround(resource).some((place) => has(billed, place)) ||
      // A part of a group is not the group: the other scope must hold all of it.
      (has(within, resource) && isWithin(resource, other))
    );
  };
  const order = [...scopes.keys()];
  const isFirst = (row: BilledPlace): boolean =>
    !order.slice(0, order.indexOf(row.scopeId)).some((otherId) => isBilledBy(row, otherId));
  return new Set(rows.filter(isFirst).map(({ id }) => id));
}

function keyOf(costType: CostType, place: string): string {
  return `${costType} ${place}`;
}

function note(billing: Billing, key: string, scopeId: number): void {
  billing.set(key, (billing.get(key) ?? new Set<number>()).add(scopeId));
}

/** Cost of no resource is that of the subscription or group itself, as scopes above name it; above them it is of nothing. */
function placeOf({ scopeId, resourceId }: BilledPlace, scopes: ReadonlyMap<number, string>): string {
  const scope = scopes.get(scopeId) ?? '';
  return plainScope(resourceId) || (scope.startsWith('subscriptions/') ? scope : '');
}

/** What a resource is in: its group, its subscription. */
function placesAround(place: string): string[] {
  const parts = place.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
