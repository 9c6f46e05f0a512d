import type { AzureWorld } from './azureWorld';
import type { Account, Rights, Subscription } from './estate';
import { refusal, type AzureReply } from './replies';
import { wrongTenant } from './tokens';

/** A list of Azure Resource Manager. */
export interface ArmRequest {
  readonly path: string;
  /** As the client knows it. */
  readonly url: URL;
  /** Tenant of the token. */
  readonly tenant: string;
  /** Most items of a page. */
  readonly pageItems: number;
}

interface ArmRoute {
  readonly pattern: RegExp;
  /** Roles that may see it; the lists above subscriptions show what the caller may see. */
  readonly allows: (rights: Rights) => boolean;
  readonly list: (place: Place) => readonly unknown[] | undefined;
}

interface Place {
  readonly world: AzureWorld;
  readonly tenant: string;
  /** Undefined above subscriptions. */
  readonly subscription: Subscription | undefined;
  readonly params: Readonly<Record<string, string>>;
}

const SUBSCRIPTION = String.raw`^/subscriptions/(?<subscription>[^/]+)`;
const ACCOUNTS = 'providers/microsoft.cognitiveservices/accounts';

const ROUTES: readonly ArmRoute[] = [
  { pattern: /^\/tenants$/iu, allows: () => true, list: ({ world }) => world.tenants.map(tenantItem) },
  {
    pattern: /^\/subscriptions$/iu,
    allows: () => true,
    list: ({ world, tenant }) =>
      world.subscriptions
        .filter((each) => each.tenant.id === tenant && each.rights !== 'none')
        .map(subscriptionItem),
  },
  {
    pattern: new RegExp(`${SUBSCRIPTION}/resourcegroups$`, 'iu'),
    // Cost Management Reader may list resource groups too.
    allows: (rights) => rights !== 'none',
    list: groupItems,
  },
  {
    pattern: new RegExp(`${SUBSCRIPTION}/${ACCOUNTS}$`, 'iu'),
    allows: (rights) => rights === 'reader',
    list: (place) => accountsOf(place).map(accountItem),
  },
  {
    pattern: new RegExp(
      `${SUBSCRIPTION}/resourcegroups/(?<group>[^/]+)/${ACCOUNTS}/(?<account>[^/]+)/deployments$`,
      'iu',
    ),
    allows: (rights) => rights === 'reader',
    list: deploymentItems,
  },
];

/** @returns undefined: no list of this service */
export function answerArm(world: AzureWorld, request: ArmRequest): AzureReply | undefined {
  for (const { pattern, allows, list } of ROUTES) {
    const found = pattern.exec(request.path);
    if (found === null) {
      continue;
    }
    const params = found.groups ?? {};
    const id = params['subscription'];
    const subscription = world.subscriptions.find((each) => each.id === id?.toLowerCase());
    if (id !== undefined && subscription === undefined) {
      return refusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
    }
    if (subscription !== undefined) {
      if (subscription.tenant.id !== request.tenant) {
        return wrongTenant(subscription.tenant.id, request.tenant);
      }
      if (!allows(subscription.rights)) {
        return refusal(
          403,
          'AuthorizationFailed',
          `The client does not have authorization to perform action 'read' over scope '${request.path}' or the scope is invalid.`,
        );
      }
    }
    const items = list({ world, tenant: request.tenant, subscription, params });
    return items === undefined
      ? refusal(404, 'ResourceNotFound', `The Resource '${request.path}' was not found.`)
      : pageOfItems(items, request);
  }
  return undefined;
}

function pageOfItems(items: readonly unknown[], { url, pageItems }: ArmRequest): AzureReply {
  const start = Number(url.searchParams.get('$skiptoken') ?? 0);
  const end = start + pageItems;
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(end));
  return {
    status: 200,
    body: { value: items.slice(start, end), ...(end < items.length ? { nextLink: next.href } : {}) },
  };
}

function tenantItem({ id, name }: AzureWorld['tenants'][number]): unknown {
  return {
    id: `/tenants/${id}`,
    tenantId: id,
    displayName: name,
    defaultDomain: `${name.toLowerCase()}.onmicrosoft.com`,
    tenantCategory: 'Home',
    countryCode: 'DE',
  };
}

function subscriptionItem({ id, name, tenant }: Subscription): unknown {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    displayName: name,
    tenantId: tenant.id,
    state: 'Enabled',
    authorizationSource: 'RoleBased',
  };
}

function groupItems({ world, subscription }: Place): readonly unknown[] {
  const mine = world.resources.filter((each) => each.subscription === subscription);
  return [...new Set(mine.map(({ group }) => group))].map((name) => ({
    id: `/${subscription?.scope ?? ''}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location: mine.find(({ group }) => group === name)?.location,
    properties: { provisioningState: 'Succeeded' },
  }));
}

function accountsOf({ world, subscription }: Place): readonly Account[] {
  return world.resources.filter(
    (each): each is Account => 'deployments' in each && each.subscription === subscription,
  );
}

function accountItem({ id, name, location, kind, tags }: Account): unknown {
  const endpoint = `https://${name.toLowerCase()}.openai.azure.com/`;
  return {
    id,
    name,
    type: 'Microsoft.CognitiveServices/accounts',
    location,
    kind,
    sku: { name: 'S0' },
    tags,
    properties: {
      endpoint: kind === 'OpenAI' ? endpoint : `https://${name.toLowerCase()}.cognitiveservices.azure.com/`,
      endpoints: {
        'OpenAI Language Model Instance API': endpoint,
        ...(kind === 'OpenAI'
          ? {}
          : { 'AI Foundry API': `https://${name.toLowerCase()}.services.ai.azure.com/` }),
      },
      customSubDomainName: name.toLowerCase(),
      provisioningState: 'Succeeded',
    },
  };
}

function deploymentItems(place: Place): readonly unknown[] | undefined {
  const { group = '', account = '' } = place.params;
  const found = accountsOf(place).find(
    (each) =>
      each.name.toLowerCase() === account.toLowerCase() && each.group.toLowerCase() === group.toLowerCase(),
  );
  return found?.deployments.map(({ name, model, version, sku }) => ({
    id: `${found.id}/deployments/${name}`,
    name,
    type: 'Microsoft.CognitiveServices/accounts/deployments',
    sku: { name: sku, capacity: 50 },
    properties: { model: { format: 'OpenAI', name: model, version }, provisioningState: 'Succeeded' },
  }));
}
