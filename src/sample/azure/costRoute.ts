import type { AzureWorld } from './azureWorld';
import { fingerprintOf, offsetOf, pageOf, rowsOfPage } from './costPages';
import { answerQuery } from './costQuery';
import { parseQuery, quotaUnitsOf, type CostQuery } from './queryBody';
import type { QuotaBook } from './quotas';
import { InvalidQuery, invalidQuery, refusal, type AzureReply } from './replies';
import { resolveScope, type ResolvedScope } from './scopes';
import { wrongTenant } from './tokens';

/** What the service is like today; tests change it while it runs. */
export interface CostHabits {
  /** Most rows of a page. */
  pageRows: number;
  /** Most groupings of a query. */
  maxGroupings: number;
  /** How a query without any cost is answered. */
  emptyAnswer: 'noRows' | 'noContent';
}

export interface CostRequest {
  /** As in the path, without slashes at its ends. */
  readonly scope: string;
  /** As the client knows it. */
  readonly url: URL;
  readonly body: unknown;
  readonly clientType: string | undefined;
  /** Tenant of the token. */
  readonly tenant: string;
}

/** `POST {scope}/providers/Microsoft.CostManagement/query` */
export function answerCost(
  { world, quotas, habits }: { world: AzureWorld; quotas: QuotaBook; habits: CostHabits },
  request: CostRequest,
): AzureReply {
  const scope = resolveScope(world, request.scope);
  const refused = refuseScope(scope, request);
  if (scope === undefined || refused !== undefined) {
    return refused ?? refusal(404, 'NotFound', 'There is no such scope.');
  }
  try {
    const query = parseQuery(request.body, world.now(), habits.maxGroupings);
    assertGroupable(query, scope);
    const verdict = quotas.ask({
      tenant: request.tenant,
      scope: request.scope.toLowerCase(),
      clientType: request.clientType,
      units: quotaUnitsOf(query),
    });
    if (!verdict.isServed) {
      return refusal(429, '429', 'Too many requests. Please retry.', verdict.headers);
    }
    return { ...answerPage(world, habits, { scope, query, request }), headers: verdict.headers };
  } catch (error) {
    if (error instanceof InvalidQuery) {
      return invalidQuery(error.message);
    }
    throw error;
  }
}

function refuseScope(scope: ResolvedScope | undefined, request: CostRequest): AzureReply | undefined {
  if (scope === undefined) {
    return request.scope.toLowerCase().includes('/resourcegroups/')
      ? refusal(404, 'ResourceGroupNotFound', `Resource group '${request.scope}' could not be found.`)
      : refusal(404, 'SubscriptionNotFound', `The subscription '${request.scope}' could not be found.`);
  }
  if (scope.tenant.id !== request.tenant) {
    return wrongTenant(scope.tenant.id, request.tenant);
  }
  return scope.rights === 'none'
    ? refusal(403, 'RBACAccessDenied', 'The client does not have authorization to perform action.')
    : undefined;
}

function assertGroupable({ grouping }: CostQuery, { knowsResources }: ResolvedScope): void {
  if (!knowsResources && grouping.some(({ name }) => name.toLowerCase() === 'resourceid')) {
    throw new InvalidQuery("Invalid dataset grouping: 'ResourceId' is not supported at this scope");
  }
}

function answerPage(
  world: AzureWorld,
  habits: CostHabits,
  asked: { readonly scope: ResolvedScope; readonly query: CostQuery; readonly request: CostRequest },
): AzureReply {
  const { scope, query, request } = asked;
  const fingerprint = fingerprintOf(request.body);
  const { searchParams } = request.url;
  const offset = offsetOf(searchParams.get('$skiptoken'), fingerprint);
  if (offset === undefined) {
    throw new InvalidQuery('The skiptoken does not belong to this dataset');
  }
  const known = world.rows.filter((row) => row.knownAt <= world.now() && scope.contains(row));
  const answer = answerQuery(query, known, world.dollars);
  if (answer.rows.length === 0 && habits.emptyAnswer === 'noContent') {
    return { status: 204 };
  }
  const rows = rowsOfPage(searchParams.get('$top'), habits.pageRows);
  return {
    status: 200,
    body: {
      id: `${request.scope}/providers/Microsoft.CostManagement/query/${fingerprint}`,
      name: fingerprint,
      type: 'Microsoft.CostManagement/query',
      location: null,
      sku: null,
      eTag: null,
      properties: pageOf(answer, { offset, rows, query: fingerprint, url: request.url }),
    },
  };
}
