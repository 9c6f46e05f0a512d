import * as l10n from '@vscode/l10n';
import { withMerged, withoutMerged } from '../../store/analysis/analysisEdits';
import type { AccountName, Analysis } from '../../store/analysis/analysisTypes';
import type { Person } from '../../sync/texts/people';
import { countOf } from '../../sync/words';

/** An account of one of several instances. */
export interface KnownAccount extends Person {
  readonly instance: number;
  readonly instanceName: string;
}

export interface AccountItem {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly picked: boolean;
  /** `users.remote_id`. */
  readonly value: string;
}

/** Accounts of one instance, those marked that reports leave out now. */
export function excludableItems(
  analysis: Analysis,
  instance: number,
  people: readonly Person[],
): AccountItem[] {
  const excluded = excludedOf(analysis, instance);
  return people
    .map(({ remoteId, name, email, chats, isDeleted }) => ({
      label: name,
      description: [...(email === null ? [] : [email]), countOf(chats, 'chat')].join(' · '),
      ...(isDeleted ? { detail: l10n.t('Deleted on the server') } : {}),
      picked: excluded.has(remoteId),
      value: remoteId,
    }))
    .sort((one, other) => Number(other.picked) - Number(one.picked));
}

/** Whom an instance leaves out after the choice: who was not in the list stays left out. */
export function chosenExclusions(
  analysis: Analysis,
  instance: number,
  people: readonly Person[],
  chosen: readonly string[],
): readonly string[] {
  const listed = new Set(people.map(({ remoteId }) => remoteId));
  const unseen = [...excludedOf(analysis, instance)].filter((user) => !listed.has(user));
  return [...unseen, ...chosen];
}

function excludedOf({ excludedAccounts }: Analysis, instance: number): ReadonlySet<string> {
  return new Set(excludedAccounts.filter((each) => each.instance === instance).map(({ user }) => user));
}

/** Accounts that are one person, or may be. */
export interface PersonItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly picked: boolean;
  readonly value: readonly AccountName[];
}

/** Present people first, which are marked; then accounts with the same e-mail address, which somebody has to confirm. */
export function personItems({ mergedPeople }: Analysis, accounts: readonly KnownAccount[]): PersonItem[] {
  const known = new Map(accounts.map((account) => [nameOf(accountNameOf(account)), account]));
  const present = mergedPeople.map((person): PersonItem => {
    const found = person.flatMap((account) => known.get(nameOf(account)) ?? []);
    return {
      label: found[0]?.name ?? person[0]?.user ?? '',
      description: countOf(person.length, 'account'),
      detail: found.map(placeOf).join(', '),
      picked: true,
      value: person,
    };
  });
  return [...present, ...suggestedItems(mergedPeople, accounts)];
}

function suggestedItems(
  mergedPeople: Analysis['mergedPeople'],
  accounts: readonly KnownAccount[],
): PersonItem[] {
  const isMerged = (group: readonly KnownAccount[]): boolean =>
    mergedPeople.some((person) => {
      const names = new Set(person.map(nameOf));
      return group.every((account) => names.has(nameOf(accountNameOf(account))));
    });
  return [...byAddress(accounts)]
    .filter(([, group]) => group.length > 1 && !isMerged(group))
    .map(([email, group]) => {
      // The account with the most chats stands for the person.
      const sorted = group.toSorted((one, other) => other.chats - one.chats);
      return {
        label: sorted[0]?.name ?? email,
        description: email,
        detail: l10n.t('Same e-mail address: {0}', sorted.map(placeOf).join(', ')),
        picked: false,
        value: sorted.map(accountNameOf),
      };
    });
}

/** Accounts by their e-mail address, in lower case; those without one are left out. */
function byAddress(accounts: readonly KnownAccount[]): ReadonlyMap<string, readonly KnownAccount[]> {
  const groups = new Map<string, KnownAccount[]>();
  for (const account of accounts) {
    const address = (account.email ?? '').trim().toLowerCase();
    if (address !== '') {
      groups.set(address, [...(groups.get(address) ?? []), account]);
    }
  }
  return groups;
}

/** What was chosen of the items: people that are not chosen any more are apart again. */
export function withChosenPeople(
  analysis: Analysis,
  items: readonly PersonItem[],
  chosen: readonly (readonly AccountName[])[],
): Analysis {
  const dropped = items.filter(({ picked, value }) => picked && !chosen.includes(value));
  const added = items.filter(({ picked, value }) => !picked && chosen.includes(value));
  return added.reduce(
    (changed, { value }) => withMerged(changed, value),
    withoutMerged(
      analysis,
      dropped.map(({ value }) => value),
    ),
  );
}

function placeOf({ instanceName, chats }: KnownAccount): string {
  return l10n.t('{0} ({1})', instanceName, countOf(chats, 'chat'));
}

function accountNameOf({ instance, remoteId }: KnownAccount): AccountName {
  return { instance, user: remoteId };
}

function nameOf({ instance, user }: AccountName): string {
  return `${instance}\n${user}`;
}
