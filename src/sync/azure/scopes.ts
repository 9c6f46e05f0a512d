import * as l10n from '@vscode/l10n';
import { plainScope } from '../../store/costs/costScope';
import { AzureError } from './azureErrors';

/** A kind of scope that Cost Management can be asked for, from the largest to the smallest part of its pattern. */
interface ScopeKind {
  readonly pattern: RegExp;
  readonly label: (...ids: string[]) => string;
  /** Whether costs come by resource there; elsewhere Azure only tells subscription and resource group. */
  readonly hasResources: boolean;
}

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Names and ids hold no slash; those of billing accounts hold colons. */
const ID = '[^/?#\\s]+';
const BILLING = `providers/microsoft\\.billing/billingaccounts/(${ID})`;

/** The most precise first: each also begins like the ones after it. */
const KINDS: readonly ScopeKind[] = [
  {
    pattern: scopePattern(`subscriptions/(${GUID})/resourcegroups/(${ID})`),
    label: (subscription, group) => l10n.t('Resource group {1} of subscription {0}', subscription, group),
    hasResources: true,
  },
  {
    pattern: scopePattern(`subscriptions/(${GUID})`),
    label: (subscription) => l10n.t('Subscription {0}', subscription),
    hasResources: true,
  },
  {
    pattern: scopePattern(`providers/microsoft\\.management/managementgroups/(${ID})`),
    label: (group) => l10n.t('Management group {0}', group),
    hasResources: false,
  },
  {
    pattern: scopePattern(`${BILLING}/billingprofiles/(${ID})/invoicesections/(${ID})`),
    label: (account, profile, section) =>
      l10n.t('Invoice section {2} of billing profile {1}, billing account {0}', account, profile, section),
    hasResources: false,
  },
  {
    pattern: scopePattern(`${BILLING}/billingprofiles/(${ID})`),
    label: (account, profile) => l10n.t('Billing profile {1} of billing account {0}', account, profile),
    hasResources: false,
  },
  {
    pattern: scopePattern(`${BILLING}/departments/(${ID})`),
    label: (account, department) => l10n.t('Department {1} of billing account {0}', account, department),
    hasResources: false,
  },
  {
    pattern: scopePattern(`${BILLING}/enrollmentaccounts/(${ID})`),
    label: (account, enrollment) =>
      l10n.t('Enrollment account {1} of billing account {0}', account, enrollment),
    hasResources: false,
  },
  {
    pattern: scopePattern(`${BILLING}/customers/(${ID})`),
    label: (account, customer) => l10n.t('Customer {1} of billing account {0}', account, customer),
    hasResources: false,
  },
  {
    pattern: scopePattern(BILLING),
    label: (account) => l10n.t('Billing account {0}', account),
    hasResources: false,
  },
];

function scopePattern(source: string): RegExp {
  return new RegExp(`^${source}$`, 'u');
}

/** Where in a text that was pasted a scope may begin: in an address of the portal or in a resource's id. */
const BEGINNING = /(?:subscriptions|providers\/microsoft\.(?:management|billing))\//u;
const MAX_LENGTH = 2000;

/**
 * The scope that a typed or pasted text names: trimmed, lower case, without slashes at its ends. Takes ids, addresses of
 * the portal, and the bare id of a subscription.
 * @throws AzureError of kind `scope` that says what would be one
 */
export function normaliseScope(text: string): string {
  const typed = text.trim().toLowerCase();
  if (new RegExp(`^${GUID}$`, 'u').test(typed)) {
    return `subscriptions/${typed}`;
  }
  const isAddress = /^https?:\/\//u.test(typed);
  const plain = isAddress ? decoded(typed.slice(0, MAX_LENGTH)) : typed;
  const begin = isAddress ? plain.search(BEGINNING) : 0;
  const path = begin < 0 ? '' : plainScope(plain.slice(begin).split(/[?#]/u)[0] ?? '');
  if (kindOf(path) !== undefined) {
    return path;
  }
  if (isAddress) {
    const inside = scopeBefore(path);
    if (inside !== undefined) {
      return inside;
    }
  }
  throw noScope(text.trim(), path);
}

/** What a scope is, for people. @param scope as {@link normaliseScope} gives it; any other text stands for itself */
export function scopeLabel(scope: string): string {
  const kind = kindOf(scope);
  const ids = kind?.pattern.exec(scope)?.slice(1) ?? [];
  return kind === undefined ? scope : kind.label(...ids);
}

/** Whether costs of the scope come by resource: it is a subscription or a resource group. */
export function isSubscriptionScope(scope: string): boolean {
  return kindOf(scope)?.hasResources ?? false;
}

function kindOf(scope: string): ScopeKind | undefined {
  return KINDS.find(({ pattern }) => pattern.test(scope));
}

/** The portal's addresses go on after the scope with the name of a page, such as `/overview`. */
function scopeBefore(path: string): string | undefined {
  const parts = path.split('/');
  // What follows `providers` is a resource: its costs are not those of the group.
  const isResource = parts.indexOf('providers') > 0;
  const shorter = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
  return isResource ? undefined : shorter.find((part) => kindOf(part) !== undefined);
}

function noScope(text: string, path: string): AzureError {
  const group = new RegExp(`^(subscriptions/${GUID}/resourcegroups/${ID})/providers/`, 'u').exec(path)?.[1];
  const message =
    group === undefined
      ? l10n.t(
          '"{0}" is no scope of Azure. Give one such as subscriptions/<id>, or paste the portal’s address of a subscription or resource group.',
          text.slice(0, 100),
        )
      : l10n.t('That is a resource. Azure tells costs of a resource group or more: use {0}.', group);
  return new AzureError('scope', message);
}

/** Addresses of the portal hold scopes encoded, sometimes twice. */
function decoded(address: string): string {
  let text = address;
  for (let round = 0; round < 2; round += 1) {
    try {
      text = decodeURIComponent(text);
    } catch {
      // A lone percent sign: it is what it says.
      return text;
    }
  }
  return text.toLowerCase();
}
