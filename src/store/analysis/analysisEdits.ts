import * as l10n from '@vscode/l10n';
import {
  CostEntryError,
  parseBudget,
  parseBudgetKey,
  parsePrice,
  parsePriceKey,
  type BudgetEntry,
  type BudgetKey,
  type PriceEntry,
  type PriceKey,
} from '../costs/costEntries';
import type { AccountName, Analysis } from './analysisTypes';

/**
 * Keeps prices; one of the same model, instance and first day is replaced, a later day makes a new one, so that the past
 * keeps its price. @param today UTC day @throws CostEntryError
 */
export function withPrices(analysis: Analysis, entries: readonly PriceEntry[], today: number): Analysis {
  const parsed = entries.map((entry) => parsePrice(entry, today));
  return { ...analysis, prices: parsed.reduce(put<PriceEntry>(isSamePrice), analysis.prices) };
}

/** @throws CostEntryError when there is no such price */
export function withoutPrice(analysis: Analysis, wanted: PriceKey): Analysis {
  const key = parsePriceKey(wanted);
  const prices = analysis.prices.filter((price) => !isSamePrice(price, key));
  if (prices.length === analysis.prices.length) {
    throw new CostEntryError(l10n.t('{0} has no such price from {1} on.', key.modelId, key.validFrom));
  }
  return { ...analysis, prices };
}

/** Keeps a budget in place of the one of the same instance and currency. @throws CostEntryError */
export function withBudget(analysis: Analysis, entry: BudgetEntry): Analysis {
  return { ...analysis, budgets: put<BudgetEntry>(isSameBudget)(analysis.budgets, parseBudget(entry)) };
}

/** @throws CostEntryError when there is no such budget */
export function withoutBudget(analysis: Analysis, wanted: BudgetKey): Analysis {
  const key = parseBudgetKey(wanted);
  const budgets = analysis.budgets.filter((budget) => !isSameBudget(budget, key));
  if (budgets.length === analysis.budgets.length) {
    throw new CostEntryError(l10n.t('There is no such budget in {0}.', key.currency));
  }
  return { ...analysis, budgets };
}

/** Leaves these accounts of an instance out of reports, and no others of it. */
export function withExcluded(analysis: Analysis, instance: number, users: readonly string[]): Analysis {
  const others = analysis.excludedAccounts.filter((account) => account.instance !== instance);
  return { ...analysis, excludedAccounts: [...others, ...users.map((user) => ({ instance, user }))] };
}

/** Counts accounts as one person, under the first; who of them was merged with others before stays with those. */
export function withMerged(analysis: Analysis, accounts: readonly AccountName[]): Analysis {
  const isMeant = (account: AccountName): boolean => accounts.some((other) => isSame(account, other));
  const related = analysis.mergedPeople.filter((person) => person.some(isMeant));
  const rest = related.flat().filter((account) => !isMeant(account));
  const mergedPeople = analysis.mergedPeople.filter((person) => !related.includes(person));
  return { ...analysis, mergedPeople: [...mergedPeople, [...accounts, ...rest]] };
}

/** Counts the accounts of these people apart again. @param people as the file says them */
export function withoutMerged(analysis: Analysis, people: Analysis['mergedPeople']): Analysis {
  const names = new Set(people.map((person) => JSON.stringify(person)));
  return {
    ...analysis,
    mergedPeople: analysis.mergedPeople.filter((person) => !names.has(JSON.stringify(person))),
  };
}

/** Without an account, where it is named. */
export function withoutAccount(analysis: Analysis, gone: AccountName): Analysis {
  return keepingAccounts(analysis, (account) => (isSame(account, gone) ? undefined : account));
}

/** With another id for each user of an instance, such as its hash. */
export function withRenamedAccounts(
  analysis: Analysis,
  instance: number,
  rename: (user: string) => string,
): Analysis {
  return keepingAccounts(analysis, (account) =>
    account.instance === instance ? { instance, user: rename(account.user) } : account,
  );
}

/** Without all that was said of one instance alone. */
export function withoutInstance(analysis: Analysis, instance: number): Analysis {
  const stays = (entry: { readonly instanceId?: number | undefined }): boolean =>
    entry.instanceId !== instance;
  const named = new Set(
    analysis.resources
      .filter(({ instances }) => instances.includes(instance))
      .map(({ resource }) => resource),
  );
  const others = keepingAccounts(analysis, (account) =>
    account.instance === instance ? undefined : account,
  );
  return {
    ...others,
    prices: analysis.prices.filter(stays),
    budgets: analysis.budgets.filter(stays),
    resources: analysis.resources
      .map((each) => ({ ...each, instances: each.instances.filter((id) => id !== instance) }))
      // One that served it alone is not known any more; one of which somebody said that it serves none, is.
      .filter(({ resource, instances }) => instances.length > 0 || !named.has(resource)),
    holidays: analysis.holidays
      .map((each) =>
        each.instances === undefined
          ? each
          : { ...each, instances: each.instances.filter((id) => id !== instance) },
      )
      .filter(({ instances }) => instances === undefined || instances.length > 0),
  };
}

/** Adds an entry, or puts it where one of the same name is. */
function put<T>(isSameEntry: (one: T, other: T) => boolean) {
  return (entries: readonly T[], entry: T): readonly T[] => {
    const place = entries.findIndex((other) => isSameEntry(entry, other));
    return place < 0 ? [...entries, entry] : entries.with(place, entry);
  };
}

function keepingAccounts(
  analysis: Analysis,
  keep: (account: AccountName) => AccountName | undefined,
): Analysis {
  const kept = (accounts: readonly AccountName[]): readonly AccountName[] =>
    accounts.flatMap((account) => keep(account) ?? []);
  return {
    ...analysis,
    excludedAccounts: kept(analysis.excludedAccounts),
    // One account alone is a person anyway.
    mergedPeople: analysis.mergedPeople.map(kept).filter(({ length }) => length > 1),
  };
}

function isSame(one: AccountName, other: AccountName): boolean {
  return one.instance === other.instance && one.user === other.user;
}

function isSamePrice(one: PriceKey, other: PriceKey): boolean {
  return (
    one.modelId === other.modelId && one.instanceId === other.instanceId && one.validFrom === other.validFrom
  );
}

function isSameBudget(one: BudgetKey, other: BudgetKey): boolean {
  return one.instanceId === other.instanceId && one.currency === other.currency;
}
