import type { AzureRequest } from '../../../../src/sample/azure/azureRequest';
import { AzureWorld } from '../../../../src/sample/azure/azureWorld';
import type { Account, Subscription } from '../../../../src/sample/azure/estate';
import { NO_QUOTAS } from '../../../../src/sample/azure/quotas';
import {
  startSampleAzure,
  type SampleAzure,
  type SampleAzureOptions,
} from '../../../../src/sample/azure/server';
import { createAzureClients } from '../../../../src/sync/azure/azureClients';
import type {
  AzureAccess,
  AzureClock,
  AzureDirectory,
  AzureModule,
  CostClient,
} from '../../../../src/sync/azure/azureModule';

export const NOW = Date.parse('2025-10-15T12:00:00Z');

/** A signal that nobody aborts. */
export const CALM = new AbortController().signal;

/** Time that passes when somebody waits. */
export class FakeTime implements AzureClock {
  readonly waits: number[] = [];

  constructor(private at: number = NOW) {}

  now(): number {
    return this.at;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.at += ms;
    return Promise.resolve();
  }

  set(date: string): void {
    this.at = Date.parse(date);
  }
}

/** A tenant with one subscription in euros and one account, and who asks for its costs. */
export interface Office {
  readonly time: FakeTime;
  readonly world: AzureWorld;
  readonly subscription: Subscription;
  readonly account: Account;
}

export function office(): Office {
  const time = new FakeTime();
  const world = new AzureWorld({ clock: () => time.now() });
  const subscription = world.addSubscription();
  const account = world.addAccount(subscription, {
    name: 'oai-Sales',
    group: 'rg-AI',
    deployments: [{ name: 'chat', model: 'gpt-4o', version: '2024-08-06', sku: 'GlobalStandard' }],
  });
  return { time, world, subscription, account };
}

export interface Reading {
  readonly azure: SampleAzure;
  readonly clients: AzureModule;
  /** Least spacing, so that tests see only the waits that they are about. */
  readonly access: AzureAccess;
  readonly client: CostClient;
  readonly directory: AzureDirectory;
}

/** Runs a check against the service, through the real SDK, and closes it whatever happens. */
export async function reading(
  { time, world, subscription }: Office,
  check: (reading: Reading) => Promise<void>,
  {
    access: changes = {},
    ...options
  }: Partial<SampleAzureOptions> & { readonly access?: Partial<AzureAccess> } = {},
): Promise<void> {
  const azure = await startSampleAzure({ world, quotas: NO_QUOTAS, ...options });
  const access: AzureAccess = {
    cloud: 'public',
    tenantId: subscription.tenant.id,
    credential: azure.credential(subscription.tenant.id),
    clock: time,
    clientVersion: '1.2.3',
    spacingMs: 0,
    httpClient: azure.httpClient,
    ...changes,
  };
  const clients = createAzureClients();
  try {
    await check({
      azure,
      clients,
      access,
      client: clients.openCostClient(subscription.scope, access),
      directory: clients.openDirectory(access),
    });
  } finally {
    await azure.close();
  }
}

export interface SentQuery {
  readonly type: string;
  readonly timeframe: string;
  readonly timePeriod?: { readonly from: string; readonly to: string };
  readonly dataset: {
    readonly granularity: string;
    readonly aggregation: Readonly<Record<string, { readonly name: string; readonly function: string }>>;
    readonly grouping?: readonly { readonly type: string; readonly name: string }[];
    readonly sorting?: readonly { readonly name: string; readonly direction: string }[];
  };
}

/** The bodies of queries as the service got them. */
export function queriesOf(requests: readonly AzureRequest[]): readonly SentQuery[] {
  return requests.map(({ body }) => body as SentQuery);
}

/** Names of the dimensions that a query groups by. */
export function groupingOf({ dataset }: SentQuery): readonly string[] {
  return (dataset.grouping ?? []).map(({ name }) => name);
}
