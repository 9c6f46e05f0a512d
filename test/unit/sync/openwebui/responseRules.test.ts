import assert from 'node:assert/strict';
import type { FailureCode } from '../../../../src/sync/openwebui/failures';
import { classify, type AnswerShape } from '../../../../src/sync/openwebui/responseRules';

const NOT_FOUND = "We could not find what you're looking for :/";
const NO_PERMISSION =
  'You do not have permission to access this resource. Please contact your administrator for assistance.';
const USERS = '/api/v1/users/';
const CHAT_LIST = '/api/v1/chats/list/user/u1';
const CHAT = '/api/v1/chats/share/c1';
const VERSION = '/api/version';

type Case = readonly [meaning: string, answer: Partial<AnswerShape>, code: FailureCode];

const json = (status: number, detail: string, more: Partial<AnswerShape> = {}): Partial<AnswerShape> => ({
  status,
  detail,
  isJson: true,
  ...more,
});
const html = (status: number, more: Partial<AnswerShape> = {}): Partial<AnswerShape> => ({
  status,
  isHtml: true,
  ...more,
});
const plain = (status: number, more: Partial<AnswerShape> = {}): Partial<AnswerShape> => ({
  status,
  ...more,
});

/** 401 alone says nothing: what it means stands in its text, and in what was asked for. */
const UNAUTHORISED: readonly Case[] = [
  ['no credential was sent', json(401, 'Not authenticated'), 'keyRejected'],
  ['the token cannot be read', json(401, '401 Unauthorized'), 'keyRejected'],
  [
    'the key is unknown or its account is gone',
    json(401, 'Your session has expired or the token is invalid. Please sign in again.'),
    'keyRejected',
  ],
  ['the account is no administrator', json(401, NO_PERMISSION, { path: USERS }), 'notAdmin'],
  ['administrators may not read chats', json(401, NO_PERMISSION, { path: CHAT_LIST }), 'chatAccessOff'],
  ['this area is closed', json(401, NO_PERMISSION, { path: '/api/v1/groups/' }), 'forbidden'],
  ['the chat is gone or hidden', json(401, NOT_FOUND, { path: CHAT, presence: 'item' }), 'notFound'],
  ['a knowledge base is gone, up to 0.6', json(401, NOT_FOUND, { presence: 'item' }), 'notFound'],
  ['a group is gone, up to 0.9', json(401, NOT_FOUND, { presence: 'item' }), 'notFound'],
  ['the path was taken for the id of a chat', json(401, NOT_FOUND, { presence: 'optional' }), 'unsupported'],
  ['something unknown', json(401, 'Whatever'), 'keyRejected'],
  ['a proxy asks for a sign-in', html(401), 'refusedByProxy'],
];

const OTHERS: readonly Case[] = [
  ['no credential up to 0.6.18', json(403, 'Not authenticated'), 'keyRejected'],
  ['keys are off', json(403, 'Use of API key is not enabled in the environment.'), 'apiKeysOff'],
  [
    'a path closed to keys, 0.7 to 0.8',
    json(403, 'API key not allowed to access this endpoint.'),
    'endpointNotAllowed',
  ],
  ['a path closed to keys, from 0.9', json(403, NO_PERMISSION, { path: CHAT_LIST }), 'endpointNotAllowed'],
  ['a path for people only', json(403, 'A human session is required.'), 'endpointNotAllowed'],
  ['a firewall', html(403), 'refusedByProxy'],
  ['the network’s proxy wants a sign-in', html(407), 'proxySignIn'],
  ['an unknown user', json(400, NOT_FOUND, { presence: 'item' }), 'notFound'],
  [
    'a wrong password',
    json(400, 'The email or password…', { path: '/api/v1/auths/signin' }),
    'wrongPassword',
  ],
  ['a file or a rating that is gone', json(404, NOT_FOUND, { presence: 'item' }), 'notFound'],
  ['a route that a version lacks', json(404, 'Not Found', { presence: 'optional' }), 'unsupported'],
  [
    'a route that a version lacks, taken for a user’s id',
    json(400, NOT_FOUND, { presence: 'optional' }),
    'unsupported',
  ],
  ['a route that a version lacks, as the web app', html(200, { presence: 'optional' }), 'unsupported'],
  ['a route for other methods', json(405, 'Method Not Allowed', { presence: 'optional' }), 'unsupported'],
  ['a sign-in page', html(200), 'htmlInsteadOfJson'],
  ['a page that does not exist', html(404), 'htmlInsteadOfJson'],
  ['another program', html(200, { path: VERSION }), 'notOpenWebUi'],
  ['another program’s 404', json(404, 'Not Found', { path: VERSION }), 'notOpenWebUi'],
  ['parameters that are not understood', json(422, ''), 'badRequest'],
  ['success without JSON', plain(200), 'unexpectedAnswer'],
  ['nothing to say', plain(204), 'unexpectedAnswer'],
  ['too many requests', json(429, 'API rate limit exceeded'), 'rateLimited'],
  ['a pause that it asks for', html(503, { hasRetryAfter: true }), 'rateLimited'],
  ['a server that is starting', html(503), 'serverError'],
  ['an exception', plain(500), 'serverError'],
  ['a proxy whose server is down', html(502), 'serverError'],
];

describe('what an answer means', () => {
  for (const [meaning, answer, code] of UNAUTHORISED) {
    it(`401, ${meaning}: ${code}`, () => assert.equal(classify(shapeOf(answer)), code));
  }
  for (const [meaning, answer, code] of OTHERS) {
    it(`${answer.status ?? ''}, ${meaning}: ${code}`, () => assert.equal(classify(shapeOf(answer)), code));
  }
});

function shapeOf(answer: Partial<AnswerShape>): AnswerShape {
  const silent = { status: 200, isJson: false, isHtml: false, detail: '', hasRetryAfter: false } as const;
  return { ...silent, path: '/api/v1/files/', presence: 'core', ...answer };
}
