import type { Fault } from '../faults';
import type { AzureRequest } from './azureRequest';

/** One way in which Azure goes wrong: made anew for each use. */
export interface AzureFault {
  readonly says: string;
  readonly at: (request: AzureRequest) => boolean;
  readonly fault: () => Fault;
}

interface Answer {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly nextLink: string | null;
}

const isQuery = ({ path }: AzureRequest): boolean =>
  /\/providers\/microsoft\.costmanagement\/query$/iu.test(path);

/** Whether a query asks for rows, or for the ungrouped total. */
const isGrouped = (request: AzureRequest): boolean =>
  isQuery(request) && JSON.stringify(request.body ?? null).includes('"grouping":[{');
const isTotal = (request: AzureRequest): boolean => isQuery(request) && !isGrouped(request);
const isEverything = (): boolean => true;

const COST = 'x-ms-ratelimit-microsoft.costmanagement';

function throttled(headers: Readonly<Record<string, string>>): () => Fault {
  return refused(429, '429', 'Too many requests. Please retry.', headers);
}

function refused(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): () => Fault {
  return () => ({ kind: 'reply', status, body: { error: { code, message } }, headers });
}

/** Changes the answer of a query. */
function altered(change: (answer: Answer) => Partial<Answer>): () => Fault {
  return () => ({
    kind: 'rewrite',
    change: (body) => {
      const { properties, ...others } = body as { readonly properties?: Answer };
      return properties === undefined
        ? body
        : { ...others, properties: { ...properties, ...change(properties) } };
    },
  });
}

function without(name: string): (answer: Answer) => Partial<Answer> {
  return ({ columns, rows }) => {
    const kept = columns.flatMap((column, index) => (column.name === name ? [] : [index]));
    return {
      columns: columns.filter((column) => column.name !== name),
      rows: rows.map((row) => kept.map((index) => row[index])),
    };
  };
}

function placeOf({ columns }: Answer, name: string): number {
  return columns.findIndex((column) => column.name === name);
}

function onlyLastDay(answer: Answer): Partial<Answer> {
  const place = placeOf(answer, 'UsageDate');
  const last = Math.max(...answer.rows.map((row) => Number(row[place])));
  return { rows: answer.rows.filter((row) => row[place] === last) };
}

function withCost(answer: Answer, change: (cost: number) => unknown): Partial<Answer> {
  const place = placeOf(answer, 'Cost');
  return {
    rows: answer.rows.map((row) => row.map((cell, index) => (index === place ? change(Number(cell)) : cell))),
  };
}

/** A link that was there once comes back for ever. */
function loop(): Fault {
  let first: string | null = null;
  return altered(({ nextLink }) => ({ nextLink: (first ??= nextLink) }))();
}

const CHALLENGE = JSON.stringify({
  access_token: { nbf: { essential: true, value: '1759276800' } },
});

/** What is known to go wrong with Azure, by name. */
export const AZURE_FAULTS = {
  'throttled, cost headers only': {
    says: '429 whose waits are in headers of Cost Management alone: 7, 21 and 3 seconds.',
    at: isQuery,
    fault: throttled({
      [`${COST}-qpu-retry-after`]: '7',
      [`${COST}-entity-retry-after`]: '21',
      [`${COST}-clienttype-retry-after`]: '3',
    }),
  },
  'throttled, small Retry-After': {
    says: '429 with Retry-After of 2 seconds beside a header of Cost Management of 30.',
    at: isQuery,
    fault: throttled({ 'retry-after': '2', [`${COST}-qpu-retry-after`]: '30' }),
  },
  'throttled, Retry-After': {
    says: '429 with Retry-After of 5 seconds.',
    at: isQuery,
    fault: throttled({ 'retry-after': '5' }),
  },
  'throttled, no header': { says: '429 that says nothing.', at: isQuery, fault: throttled({}) },
  'throttled for an hour': {
    says: '429 that asks to wait for an hour.',
    at: isQuery,
    fault: throttled({ [`${COST}-qpu-retry-after`]: '3600' }),
  },
  'busy, Retry-After': {
    says: '503 with Retry-After of 4 seconds.',
    at: isQuery,
    fault: refused(503, 'ServiceUnavailable', 'The service is unavailable.', { 'retry-after': '4' }),
  },
  busy: {
    says: '503 without a word on when.',
    at: isQuery,
    fault: refused(503, 'ServiceUnavailable', 'The service is unavailable.'),
  },
  'server error': {
    says: '500.',
    at: isQuery,
    fault: refused(500, 'InternalServerError', 'Something went wrong. Please retry.'),
  },
  'token with claims wanted': {
    says: '401 that asks for a token with claims (continuous access evaluation).',
    at: isEverything,
    fault: refused(401, 'InvalidAuthenticationToken', 'Continuous access evaluation resulted in challenge.', {
      'www-authenticate': `Bearer authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(CHALLENGE).toString('base64')}"`,
    }),
  },
  'charges hidden': {
    says: '401: the account owner may not view charges.',
    at: isQuery,
    fault: refused(401, 'Unauthorized', 'Unable to view charges: the DA view charges setting is off.'),
  },
  'role missing': {
    says: '403: no role that reads costs.',
    at: isQuery,
    fault: refused(403, 'RBACAccessDenied', 'The client does not have authorization to perform action.'),
  },
  'scope unknown': {
    says: '404.',
    at: isQuery,
    fault: refused(404, 'SubscriptionNotFound', 'The subscription could not be found.'),
  },
  'sign-in page': {
    says: '200 with the page of a proxy.',
    at: isQuery,
    fault: () => ({
      kind: 'reply',
      status: 200,
      body: '<!doctype html><html><head><title>Sign in to Example Corp</title></head><body></body></html>',
      headers: { 'content-type': 'text/html; charset=utf-8' },
    }),
  },
  'page that claims to be JSON': {
    says: '200 with a page and the content type of JSON.',
    at: isQuery,
    fault: () => ({
      kind: 'reply',
      status: 200,
      body: '<!doctype html><html></html>',
      headers: { 'content-type': 'application/json' },
    }),
  },
  'broken JSON': {
    says: '200 with half of the answer.',
    at: isQuery,
    fault: () => ({ kind: 'retext', change: (text) => text.slice(0, text.length / 2) }),
  },
  'empty object': {
    says: '200 with {}.',
    at: isQuery,
    fault: () => ({ kind: 'reply', status: 200, body: {} }),
  },
  'no content': { says: '204.', at: isQuery, fault: () => ({ kind: 'reply', status: 204 }) },
  'no Cost column': { says: 'Leaves the costs out.', at: isQuery, fault: altered(without('Cost')) },
  'no Currency column': {
    says: 'Leaves the currencies out.',
    at: isQuery,
    fault: altered(without('Currency')),
  },
  'cost as text': {
    says: 'Costs are texts that are no numbers.',
    at: isGrouped,
    fault: altered((answer) => withCost(answer, () => 'n/a')),
  },
  'link to another origin': {
    says: 'The next page is said to be on another server.',
    at: isGrouped,
    fault: altered(() => ({ nextLink: 'https://costs.example/next?$skiptoken=1' })),
  },
  'link in a circle': { says: 'Every page links to the second one.', at: isGrouped, fault: loop },
  'row twice': {
    says: 'Repeats the first row at the end of the page.',
    at: isGrouped,
    fault: altered(({ rows }) => ({ rows: [...rows, ...rows.slice(0, 1)] })),
  },
  'row lost': {
    says: 'Leaves the last row of the page out.',
    at: isGrouped,
    fault: altered(({ rows }) => ({ rows: rows.slice(0, -1) })),
  },
  'total that does not match': {
    says: 'The ungrouped total is 1 too high.',
    at: isTotal,
    fault: altered((answer) => withCost(answer, (cost) => cost + 1)),
  },
  'only the last day': {
    says: 'Clips all days but the last one.',
    at: isGrouped,
    fault: altered(onlyLastDay),
  },
  'nothing any more': {
    says: 'The rows and the total are gone.',
    at: isQuery,
    fault: altered(() => ({ rows: [], nextLink: null })),
  },
} as const satisfies Record<string, AzureFault>;

export type AzureFaultName = keyof typeof AZURE_FAULTS;
