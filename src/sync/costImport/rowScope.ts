import * as l10n from '@vscode/l10n';
import { isWithin, plainScope } from '../../store/costs/costScope';
import { CostFileError } from './importTypes';

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/u;

/** Whom a row is billed to. */
export interface RowOwner {
  readonly scope: string;
  readonly name: string;
}

/** What a row says of it. */
export interface OwnerFields {
  readonly number: number;
  /** As rows of costs have it. */
  readonly resource: string;
  readonly subscription: string;
  readonly subscriptionName: string;
  readonly billingAccount: string;
  readonly provider: string;
}

/**
 * The scope that a row belongs to: its subscription, since files of different scopes hold the same ones; purchases without
 * one belong to their billing account.
 * @param given all rows belong to this one, which is part of a subscription. @throws CostFileError when a row lies outside
 */
export function ownerOf(row: OwnerFields, given: string | undefined): RowOwner {
  if (given !== undefined) {
    if (row.resource !== '' && !isWithin(plainScope(row.resource), given)) {
      throw new CostFileError(
        l10n.t('Row {0}: {1} does not lie in {2}. Nothing was imported.', row.number, row.resource, given),
      );
    }
    return { scope: given, name: given };
  }
  const subscription = plainScope(row.subscription);
  const id = GUID.exec(subscription)?.[0] ?? subscriptionIn(row.resource);
  if (id !== undefined) {
    return { scope: `subscriptions/${id}`, name: row.subscriptionName || id };
  }
  if (subscription !== '') {
    const provider = plainScope(row.provider) || 'accounts';
    return { scope: `${provider}/${subscription}`, name: row.subscriptionName || row.subscription };
  }
  const account = plainScope(row.billingAccount).split('/').at(-1) ?? '';
  return {
    scope: `billingaccounts/${account}`,
    name:
      account === ''
        ? l10n.t('Without subscription')
        : l10n.t('Without subscription, billing account {0}', account),
  };
}

function subscriptionIn(resource: string): string | undefined {
  return resource.startsWith('/subscriptions/') ? GUID.exec(resource)?.[0] : undefined;
}
