import type { AzureWorld } from './azureWorld';
import type { BilledRow, Rights, Tenant } from './estate';

/** What a scope stands for. */
export interface ResolvedScope {
  readonly tenant: Tenant;
  readonly rights: Rights;
  /** Only subscriptions and what is in them can be grouped by resource. */
  readonly knowsResources: boolean;
  readonly contains: (row: BilledRow) => boolean;
}

const IN_SUBSCRIPTION = /^subscriptions\/(?<subscription>[^/]+)(?:\/resourcegroups\/(?<group>[^/]+))?$/u;
const MANAGEMENT_GROUP = /^providers\/microsoft\.management\/managementgroups\/(?<group>[^/]+)$/u;
const BILLING_ACCOUNT =
  /^providers\/microsoft\.billing\/billingaccounts\/(?<account>[^/]+)(?:\/[a-z]+\/[^/]+)*$/u;

/** @param scope without slashes at its ends, in any case. @returns undefined: there is no such scope */
export function resolveScope(world: AzureWorld, scope: string): ResolvedScope | undefined {
  const lower = scope.toLowerCase();
  const inSubscription = IN_SUBSCRIPTION.exec(lower)?.groups;
  if (inSubscription !== undefined) {
    return subscriptionScope(world, inSubscription['subscription'] ?? '', inSubscription['group']);
  }
  const group = MANAGEMENT_GROUP.exec(lower)?.groups?.['group'];
  const account = BILLING_ACCOUNT.exec(lower)?.groups?.['account'];
  const tenant = world.tenants.find(
    ({ id, billingAccount }) => (group !== undefined && id === group) || billingAccount === account,
  );
  return tenant === undefined
    ? undefined
    : {
        tenant,
        rights: bestRights(world, tenant),
        knowsResources: false,
        contains: ({ subscription }) => subscription.tenant === tenant,
      };
}

function subscriptionScope(
  world: AzureWorld,
  id: string,
  group: string | undefined,
): ResolvedScope | undefined {
  const subscription = world.subscriptions.find((each) => each.id === id);
  if (subscription === undefined) {
    return undefined;
  }
  const groups = world.resources
    .filter((resource) => resource.subscription === subscription)
    .map((resource) => resource.group.toLowerCase());
  if (group !== undefined && !groups.includes(group)) {
    return undefined;
  }
  return {
    tenant: subscription.tenant,
    rights: subscription.rights,
    knowsResources: true,
    contains: (row) =>
      row.subscription === subscription &&
      (group === undefined || row.resource?.group.toLowerCase() === group),
  };
}

function bestRights(world: AzureWorld, tenant: Tenant): Rights {
  const rights = world.subscriptions.filter((each) => each.tenant === tenant).map((each) => each.rights);
  return rights.includes('reader') ? 'reader' : rights.includes('costReader') ? 'costReader' : 'none';
}
