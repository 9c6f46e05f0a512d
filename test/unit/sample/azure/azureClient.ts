import { AzureWorld } from '../../../../src/sample/azure/azureWorld';
import type { Account, Subscription } from '../../../../src/sample/azure/estate';
import { NO_QUOTAS } from '../../../../src/sample/azure/quotas';
import {
  startSampleAzure,
  type SampleAzure,
  type SampleAzureOptions,
} from '../../../../src/sample/azure/server';

export const NOW = Date.parse('2025-10-15T12:00:00Z');

/** A subscription in euros with one account, and a clock that tests move. */
export interface SmallAzure {
  readonly world: AzureWorld;
  readonly subscription: Subscription;
  readonly account: Account;
  readonly time: { now: number };
}

export function smallAzure(): SmallAzure {
  const time = { now: NOW };
  const world = new AzureWorld({ clock: () => time.now });
  const subscription = world.addSubscription();
  const account = world.addAccount(subscription, {
    name: 'oai-Sales',
    deployments: [{ name: 'chat', model: 'gpt-4o', version: '2024-08-06', sku: 'GlobalStandard' }],
  });
  return { world, subscription, account, time };
}

/** Runs a check against a service without quotas that is closed afterwards, whatever happens. */
export async function withAzure(
  options: SampleAzureOptions,
  check: (azure: SampleAzure) => Promise<void>,
): Promise<void> {
  const azure = await startSampleAzure({ quotas: NO_QUOTAS, ...options });
  try {
    await check(azure);
  } finally {
    await azure.close();
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body. @throws SyntaxError when it is no JSON */
  json(): unknown;
}

export interface CostPage {
  readonly nextLink: string | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Asks with the token of the first tenant, and other headers if they are given. */
export async function ask(
  azure: SampleAzure,
  method: 'GET' | 'POST',
  pathOrLink: string,
  { body, headers = {} }: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { token } = await azure.credential().getToken('https://management.azure.com/.default');
  const path = pathOrLink.replace('https://management.azure.com', '');
  const response = await fetch(azure.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as unknown,
  };
}

export function queryPath(scope: string, more = ''): string {
  return `/${scope}/providers/Microsoft.CostManagement/query?api-version=2023-11-01${more}`;
}

/** A page of costs. @throws Error when the answer is none */
export async function askPage(
  azure: SampleAzure,
  scope: string,
  body: unknown,
  more = '',
): Promise<CostPage> {
  const answer = await ask(azure, 'POST', queryPath(scope, more), { body });
  if (answer.status !== 200) {
    throw new Error(`${answer.status}: ${answer.text}`);
  }
  return (answer.json() as { readonly properties: CostPage }).properties;
}

/** Rows by the names of their columns. */
export function named({ columns, rows }: CostPage): readonly Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
}

/** A daily query of October 2025. */
export function october(dataset: Record<string, unknown> = {}, more: Record<string, unknown> = {}): unknown {
  return {
    type: 'ActualCost',
    timeframe: 'Custom',
    timePeriod: { from: '2025-10-01T00:00:00Z', to: '2025-10-15T00:00:00Z' },
    dataset: {
      granularity: 'Daily',
      aggregation: { total: { name: 'Cost', function: 'Sum' } },
      ...dataset,
    },
    ...more,
  };
}

export function by(...names: readonly string[]): readonly unknown[] {
  return names.map((name) => ({ type: 'Dimension', name }));
}
