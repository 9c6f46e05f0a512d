import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { createAzureClients } from '../../../../src/sync/azure/azureClients';
import type { AzureAccess, AzureModule, CostClient } from '../../../../src/sync/azure/azureModule';
import { FakeTime, groupingOf, type SentQuery } from './azureHarness';

export const SUBSCRIPTION = 'subscriptions/11111111-2222-3333-4444-555555555555';

/** What one request of a query is answered with; a text stands for itself, with status 200. */
export type OddAnswer =
  | string
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly text?: string;
    };

export interface OddRequest {
  readonly query: SentQuery;
  readonly url: URL;
  /** 0, 1, ... over all requests. */
  readonly index: number;
}

/** An Azure of which a test writes each answer itself, byte for byte: what the sample service never says. */
export interface OddAzure {
  readonly clients: AzureModule;
  readonly access: AzureAccess;
  readonly client: CostClient;
  readonly time: FakeTime;
  readonly requests: readonly OddRequest[];
}

export function oddAzure(
  answer: (request: OddRequest) => OddAnswer,
  { scope = SUBSCRIPTION, ...changes }: Partial<AzureAccess> & { readonly scope?: string } = {},
): OddAzure {
  const requests: OddRequest[] = [];
  const time = new FakeTime();
  const httpClient: HttpClient = {
    sendRequest: (request) => {
      const query = JSON.parse(request.body as string) as SentQuery;
      const asked = { query, url: new URL(request.url), index: requests.length };
      requests.push(asked);
      const given = answer(asked);
      const {
        status,
        headers = {},
        text = '',
      } = typeof given === 'string' ? { status: 200, text: given } : given;
      return Promise.resolve({ request, status, headers: createHttpHeaders(headers), bodyAsText: text });
    },
  };
  const access: AzureAccess = {
    cloud: 'public',
    tenantId: 'tenant',
    credential: { getToken: () => Promise.resolve({ token: 'token', expiresOnTimestamp: 0 }) },
    clock: time,
    clientVersion: '1.2.3',
    spacingMs: 0,
    httpClient,
    ...changes,
  };
  const clients = createAzureClients();
  return { clients, access, client: clients.openCostClient(scope, access), time, requests };
}

/** A page as Cost Management writes it. Cells are JSON, as it stands. */
export function page(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  nextLink: string | null = null,
): string {
  const named = columns.map((name) => JSON.stringify({ name, type: 'String' }));
  const lines = rows.map((cells) => `[${cells.join(',')}]`);
  return `{"id":"x","name":"x","properties":{"nextLink":${JSON.stringify(nextLink)},"columns":[${named.join(',')}],"rows":[${lines.join(',')}]}}`;
}

/** Which of the three queries of a month it is. */
export function kindOf({ query }: OddRequest): 'resources' | 'services' | 'total' {
  const grouping = groupingOf(query);
  return grouping.length === 0 ? 'total' : grouping.includes('ServiceName') ? 'services' : 'resources';
}

/** A cost of 2025-09-01 as the cells of JSON hold it. */
export interface OddCost {
  readonly cost?: string;
  readonly total?: string;
  readonly quantity?: string;
  readonly usd?: string;
  readonly date?: string;
  readonly resource?: string;
  readonly currency?: string;
}

/** Columns of the costs of resources. */
export const RESOURCE_COLUMNS = [
  'Cost',
  'UsageQuantity',
  'UsageDate',
  'ResourceId',
  'Meter',
  'MeterSubCategory',
  'ChargeType',
  'Currency',
];

/** One row of each query; what a test does not name is plain. */
export function oneCost(request: OddRequest, odd: OddCost): string {
  const { cost = '1.5', total = cost, quantity = '10', usd = cost, date = '20250901' } = odd;
  const { resource = '"/subscriptions/x/resourceGroups/rg/providers/p/accounts/a"', currency = '"EUR"' } =
    odd;
  switch (kindOf(request)) {
    case 'total':
      return page(['Cost', 'Currency'], [[total, currency]]);
    case 'services':
      return page(
        ['Cost', 'CostUSD', 'UsageDate', 'ServiceName', 'PublisherType', 'Currency'],
        [[cost, usd, date, '"Foundry Models"', '"Microsoft"', currency]],
      );
    case 'resources':
      return page(RESOURCE_COLUMNS, [
        [cost, quantity, date, resource, '"gpt 4o Inp glbl Tokens"', '"Azure OpenAI"', '"Usage"', currency],
      ]);
  }
}
