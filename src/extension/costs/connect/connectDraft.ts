import type { CostConnection, CostSignIn } from '../../../store/costs/costConnection';
import { plainScope } from '../../../store/costs/costScope';
import { showableName } from '../../../store/instances/instanceName';
import type { AzureAccount, AzureCloud } from '../../../sync/azure/azureModule';
import { scopeLabel } from '../../../sync/azure/scopes';

/** How one can sign in from the editor. */
export type SignInWay = 'editor' | 'azureCli' | 'clientSecret';

/** A scope to read, with the name to show for it. */
export interface ChosenScope {
  /** Lower case, no slash at its ends. */
  readonly scope: string;
  readonly name: string;
}

/** Answers so far. Lives only as long as the dialog. */
export interface ConnectDraft {
  readonly cloud: AzureCloud;
  readonly way?: SignInWay | undefined;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly secret?: string;
  readonly scopes?: readonly ChosenScope[];
  /** The scope is typed, not chosen. */
  readonly isTyped?: boolean;
  readonly tag?: string | undefined;
  /** Found in the subscriptions of the scopes; absent: could not be listed. */
  readonly accounts?: readonly AzureAccount[];
  /** Instances by resource; a resource without an entry is decided later. */
  readonly served?: ReadonlyMap<string, readonly number[]>;
}

/** How to ask for the person's own tenant, before they chose one: Azure CLI has one, accounts of the editor any. */
export function ownTenant({ way }: Pick<ConnectDraft, 'way'>): string {
  return way === 'azureCli' ? '' : 'organizations';
}

/** How the draft signs in, as a connection keeps it. */
export function signInOf(
  { way, clientId = '' }: ConnectDraft,
  account?: { readonly id: string; readonly label: string },
): CostSignIn {
  const ways: Readonly<Record<SignInWay, CostSignIn>> = {
    editor: { kind: 'editor', accountId: account?.id, accountName: account?.label },
    azureCli: { kind: 'azureCli' },
    clientSecret: { kind: 'clientSecret', clientId },
  };
  return ways[way ?? 'editor'];
}

/** The subscriptions that the scopes are in; scopes above subscriptions name none. */
export function subscriptionsOf(scopes: readonly Pick<ChosenScope, 'scope'>[]): readonly string[] {
  const ids = scopes.flatMap(({ scope }) => /^subscriptions\/([^/]+)/u.exec(scope)?.[1] ?? []);
  return [...new Set(ids)];
}

/** Those of the accounts that the scopes hold, by ids as analysis.json has them: of a resource group only its own. */
export function accountsIn(
  accounts: readonly AzureAccount[],
  scopes: readonly Pick<ChosenScope, 'scope'>[],
): readonly AzureAccount[] {
  const prefixes = scopes.map(({ scope }) => `${scope}/`);
  return accounts
    .map((account) => ({ ...account, resourceId: plainScope(account.resourceId) }))
    .filter(({ resourceId }) => prefixes.some((prefix) => resourceId.startsWith(prefix)));
}

/** What was said of resources that are still meant: who goes back may have chosen other scopes. */
export function servedIn({
  accounts = [],
  served = new Map<string, readonly number[]>(),
}: Pick<ConnectDraft, 'accounts' | 'served'>): ReadonlyMap<string, readonly number[]> {
  const meant = new Set(accounts.map(({ resourceId }) => resourceId));
  return new Map([...served].filter(([resource]) => meant.has(resource)));
}

/** A name for a scope that was typed: that of its group; billing scopes are known by ids only. */
export function suggestScopeName(scope: string): string {
  return /\/(?:resourcegroups|managementgroups)\/([^/]+)$/u.exec(scope)?.[1] ?? scopeLabel(scope);
}

/** `name` as it can be shown, with a number where it is taken. */
export function freeName(given: string, others: readonly Pick<CostConnection, 'name'>[]): string {
  const name = showableName(given);
  const taken = new Set(others.map((other) => other.name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(candidate.toLowerCase())) {
      return candidate;
    }
  }
}
