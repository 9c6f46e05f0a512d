import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { jsonOf, unusable } from './answers';
import type {
  AzureAccess,
  AzureAccount,
  AzureDeployment,
  AzureDirectory,
  AzureSubscription,
} from './azureModule';
import { CLOUD_ADDRESSES } from './clouds';
import { nextAddress } from './costPages';
import type { Paces } from './pace';
import { AzureSender } from './sender';

const MAX_PAGES = 200;
/** Kinds of Cognitive Services accounts that models answer at: Azure OpenAI and AI Foundry. */
const MODEL_KINDS = ['openai', 'aiservices'];

const tenantSchema = v.object({
  tenantId: v.string(),
  displayName: v.nullish(v.string()),
  defaultDomain: v.nullish(v.string()),
});

const subscriptionSchema = v.object({
  subscriptionId: v.string(),
  displayName: v.nullish(v.string()),
  tenantId: v.nullish(v.string()),
});

const groupSchema = v.object({ name: v.string() });

const accountSchema = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.nullish(v.string(), ''),
  location: v.nullish(v.string(), ''),
  properties: v.nullish(
    v.object({
      endpoint: v.nullish(v.string(), ''),
      endpoints: v.nullish(v.record(v.string(), v.nullable(v.string())), {}),
    }),
    { endpoint: '', endpoints: {} },
  ),
});

const deploymentSchema = v.object({
  name: v.string(),
  sku: v.nullish(v.object({ name: v.nullish(v.string(), '') }), { name: '' }),
  properties: v.object({
    model: v.object({ name: v.string(), version: v.nullish(v.string(), '') }),
  }),
});

/** Lists what a signed-in person may see, by Azure Resource Manager. */
export class ArmDirectory implements AzureDirectory {
  readonly #access: AzureAccess;
  readonly #sender: AzureSender;

  constructor(access: AzureAccess, paces: Paces) {
    this.#access = access;
    this.#sender = new AzureSender(access, {
      pace: paces.of('list', access.cloud, access.tenantId),
      name: '',
      spacingMs: 0,
    });
  }

  async tenants(signal: AbortSignal): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const tenants = await this.#list('tenants', '2022-12-01', tenantSchema, signal);
    return tenants.map(({ tenantId: id, displayName, defaultDomain }) => ({
      id,
      name: displayName ?? defaultDomain ?? id,
    }));
  }

  async subscriptions(signal: AbortSignal): Promise<readonly AzureSubscription[]> {
    const subscriptions = await this.#list('subscriptions', '2022-12-01', subscriptionSchema, signal);
    return subscriptions.map(({ subscriptionId: id, displayName, tenantId }) => ({
      id,
      name: displayName ?? id,
      tenantId: tenantId ?? this.#access.tenantId,
    }));
  }

  async resourceGroups(subscriptionId: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = `subscriptions/${subscriptionId}/resourcegroups`;
    return (await this.#list(path, '2021-04-01', groupSchema, signal)).map(({ name }) => name);
  }

  async accounts(subscriptionId: string, signal: AbortSignal): Promise<readonly AzureAccount[]> {
    const path = `subscriptions/${subscriptionId}/providers/Microsoft.CognitiveServices/accounts`;
    const accounts = await this.#list(path, '2024-10-01', accountSchema, signal);
    return accounts.filter(({ kind }) => MODEL_KINDS.includes(kind.toLowerCase())).map(accountOf);
  }

  async deployments(resourceId: string, signal: AbortSignal): Promise<readonly AzureDeployment[]> {
    const path = `${resourceId.replace(/^\/+|\/+$/gu, '')}/deployments`;
    const deployments = await this.#list(path, '2024-10-01', deploymentSchema, signal);
    return deployments.map(({ name, sku, properties: { model } }) => ({
      resourceId: resourceId.toLowerCase(),
      name,
      model: model.name,
      version: model.version,
      sku: sku.name,
    }));
  }

  /** All pages of a list. @throws AzureError, AzureSignInError, AzureThrottledError, the signal's reason */
  async #list<const S extends v.GenericSchema>(
    path: string,
    apiVersion: string,
    entry: S,
    signal: AbortSignal,
  ): Promise<readonly v.InferOutput<S>[]> {
    const schema = v.object({ value: v.array(entry), nextLink: v.nullish(v.string(), null) });
    const first = new URL(
      `/${path.split('/').map(encodeURIComponent).join('/')}`,
      CLOUD_ADDRESSES[this.#access.cloud].endpoint,
    );
    first.searchParams.set('api-version', apiVersion);
    const all: v.InferOutput<S>[] = [];
    const seen = new Set<string>();
    let next: string | null = first.href;
    while (next !== null) {
      if (seen.has(next) || seen.size >= MAX_PAGES) {
        throw unusable(l10n.t('its pages do not end'));
      }
      seen.add(next);
      const answer = await this.#sender.send({ method: 'GET', url: next }, signal);
      const parsed = v.safeParse(schema, jsonOf(answer, { place: path, wish: 'list' }));
      if (!parsed.success) {
        throw unusable(l10n.t('"{0}" is missing in it', v.getDotPath(parsed.issues[0]) ?? 'value'));
      }
      all.push(...parsed.output.value);
      next = nextAddress(parsed.output.nextLink, first.origin);
    }
    return all;
  }
}

function accountOf({
  id,
  name,
  kind,
  location,
  properties,
}: v.InferOutput<typeof accountSchema>): AzureAccount {
  const { endpoint, endpoints } = properties;
  const addresses = [endpoint, ...Object.values(endpoints)];
  const hosts = addresses
    .filter((address): address is string => address !== null && URL.canParse(address))
    .map((address) => new URL(address).hostname.toLowerCase())
    // A region's own host answers for every account of the region.
    .filter((host) => host !== '' && !host.startsWith(`${location.toLowerCase().replaceAll(' ', '')}.`));
  return {
    resourceId: id.toLowerCase(),
    name,
    resourceGroup: /\/resourcegroups\/([^/]+)/iu.exec(id)?.[1] ?? '',
    kind,
    location,
    hosts: [...new Set(hosts)],
  };
}
