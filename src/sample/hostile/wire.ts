import type { Fault } from '../faults';
import { DETAIL } from '../http/replies';
import { onTheWire, type HostileBehaviour } from './behaviour';
import { CHAT, CHAT_LIST, EVERYTHING, MODELS, WHATEVER_NEEDS_A_KEY } from './places';

/** More than any answer may be long. */
const TOO_MUCH = 65 * 1024 * 1024;

const SIGN_IN_PAGE = `<!doctype html><html><head><title>Sign in to Example Corp</title></head>
<body>page-body-nobody-may-repeat</body></html>`;

const MINUTE = 60;

function refusal(status: number, detail: string): Fault {
  return { kind: 'reply', status, body: { detail } };
}

function busy(status: 429 | 503, retryAfter?: string): Extract<Fault, { kind: 'reply' }> {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return { kind: 'reply', status, body: { detail: DETAIL.rateLimit }, headers };
}

function html(status: number, body: string): Fault {
  return { kind: 'reply', status, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

/** Connections and bodies. */
const CONNECTIONS = {
  'connection cut': onTheWire('Cuts the connection instead of answering.', EVERYTHING, { kind: 'reset' }),
  'answer that never starts': onTheWire('Takes the request and sends nothing.', EVERYTHING, { kind: 'hang' }),
  'body that hangs': onTheWire('Sends half of the answer, then nothing more.', CHAT, {
    kind: 'hang',
    after: 'half',
  }),
  'slow drip': onTheWire('Sends the answer byte by byte.', CHAT, {
    kind: 'drip',
    chunkBytes: 1,
    everyMs: 20,
  }),
  'truncated JSON': onTheWire('Cuts the connection in the middle of an announced body.', CHAT, {
    kind: 'truncate',
    cut: 'announced',
  }),
  'truncated close-delimited': onTheWire('Ends the body early in a way that looks like its end.', CHAT, {
    kind: 'truncate',
    cut: 'silent',
  }),
  'truncated NDJSON': onTheWire('Answers with the first lines of NDJSON, as if they were all.', CHAT_LIST, {
    kind: 'reply',
    status: 200,
    body: '{"id":"c1","title":"One","updated_at":1}\n{"id":"c2","tit',
    headers: { 'content-type': 'application/x-ndjson' },
  }),
  '64 MB chat': onTheWire('Sends more than 64 MB without saying how much.', CHAT, {
    kind: 'flood',
    bytes: TOO_MUCH,
    announced: false,
  }),
  '64 MB chat, announced': onTheWire('Announces a body of more than 64 MB.', CHAT, {
    kind: 'flood',
    bytes: TOO_MUCH,
    announced: true,
  }),
} as const satisfies Record<string, HostileBehaviour>;

/** Answers that are something else than what was asked for. */
const ANSWERS = {
  'HTML with status 200': onTheWire('Answers with the web app, as for a route that does not exist.', MODELS, {
    kind: 'html',
  }),
  'sign-in page with status 200': onTheWire(
    'A proxy answers everything but the version with its sign-in page.',
    WHATEVER_NEEDS_A_KEY,
    html(200, SIGN_IN_PAGE),
  ),
  'HTML that claims to be JSON': onTheWire('The web app with the content type of JSON.', CHAT_LIST, {
    kind: 'reply',
    status: 200,
    body: SIGN_IN_PAGE,
    headers: { 'content-type': 'application/json' },
  }),
  'redirect to another origin': onTheWire('Sends the client to another server.', EVERYTHING, {
    kind: 'reply',
    status: 302,
    headers: { location: 'http://127.0.0.1:9/login?next=%2F' },
  }),
  'key rejected': onTheWire(
    'Does not know the key any more.',
    WHATEVER_NEEDS_A_KEY,
    refusal(401, DETAIL.invalidToken),
  ),
  'one 401 that is not meant': onTheWire(
    'Refuses the key at one listing only.',
    MODELS,
    refusal(401, DETAIL.unreadableToken),
  ),
  'listing refused': onTheWire(
    '401: the account may not read this list.',
    MODELS,
    refusal(401, DETAIL.prohibited),
  ),
  'endpoint not on the list': onTheWire(
    '403: the key may not be used for this path.',
    MODELS,
    refusal(403, 'API key not allowed to access this endpoint.'),
  ),
  'endpoint missing': onTheWire('404 for a whole list.', MODELS, refusal(404, 'Not Found')),
  'item gone looks like 401': onTheWire(
    'A chat that does not exist is answered with 401.',
    CHAT,
    refusal(401, DETAIL.notFound),
  ),
} as const satisfies Record<string, HostileBehaviour>;

/** A server in trouble. */
const TROUBLE = {
  '500 everywhere': onTheWire('Fails at everything.', EVERYTHING, {
    kind: 'reply',
    status: 500,
    body: 'Internal Server Error',
  }),
  '502 from a proxy': onTheWire('The proxy finds no server behind it.', CHAT, html(502, '<html>Bad Gateway')),
  '503': onTheWire('Is not available and does not say for how long.', EVERYTHING, busy(503)),
  '503 with Retry-After': onTheWire('Is not available for 20 seconds.', EVERYTHING, busy(503, '20')),
  '503 with Retry-After 10 minutes': onTheWire(
    'Is not available for 10 minutes.',
    EVERYTHING,
    busy(503, String(10 * MINUTE)),
  ),
  '429 without Retry-After': onTheWire('Is asked too often.', EVERYTHING, busy(429)),
  '429 with Retry-After seconds': onTheWire('Asks to wait for 7 seconds.', EVERYTHING, busy(429, '7')),
  '429 with Retry-After date': onTheWire(
    'Asks to wait until a time of its own clock.',
    EVERYTHING,
    ({ world }) => ({
      ...busy(429),
      headers: () => ({ 'retry-after': new Date((world.now() + 30) * 1000).toUTCString() }),
    }),
  ),
  '429 with Retry-After 10 minutes': onTheWire(
    'Asks to come back after 10 minutes.',
    EVERYTHING,
    busy(429, String(10 * MINUTE)),
  ),
} as const satisfies Record<string, HostileBehaviour>;

/** Behaviours below and at the level of HTTP. */
export const WIRE_BEHAVIOURS = { ...CONNECTIONS, ...ANSWERS, ...TROUBLE };
