import type { FailureCode } from './failures';

/** How sure we are that every server has a route: `item` = by id, `optional` = not in every version. */
export type RoutePresence = 'core' | 'optional' | 'item';

/** What decides about an answer that is not a success. */
export interface AnswerShape {
  readonly status: number;
  readonly isJson: boolean;
  readonly isHtml: boolean;
  /** FastAPI's `detail` when it is text; else ''. */
  readonly detail: string;
  /** Below the base URL. */
  readonly path: string;
  readonly presence: RoutePresence;
  readonly hasRetryAfter: boolean;
}

interface ResponseRule {
  readonly status?: number | readonly [from: number, to: number];
  readonly detail?: RegExp;
  readonly path?: RegExp;
  readonly presence?: RoutePresence;
  readonly isJson?: boolean;
  readonly isHtml?: boolean;
  readonly hasRetryAfter?: boolean;
  readonly code: FailureCode;
}

const NOT_FOUND = /could not find what you.re looking for|not found/i;
const FORBIDDEN = /do not have permission|access prohibited/i;
const BAD_CREDENTIAL = /not authenticated|401 unauthorized|session has expired|token is invalid/i;

/** One table for all answers; the first row that fits holds. */
const RESPONSE_RULES: readonly ResponseRule[] = [
  { status: 429, code: 'rateLimited' },
  { status: 503, hasRetryAfter: true, code: 'rateLimited' },
  { status: [500, 599], code: 'serverError' },
  { status: 407, code: 'proxySignIn' },

  { path: /^\/api\/version$/, status: [200, 299], code: 'notOpenWebUi' },
  { path: /^\/api\/version$/, status: 404, code: 'notOpenWebUi' },
  { status: [200, 299], isHtml: true, presence: 'optional', code: 'unsupported' },
  { status: [200, 299], isHtml: true, code: 'htmlInsteadOfJson' },
  { status: [200, 299], code: 'unexpectedAnswer' },

  { path: /\/auths\/signin$/, status: 400, code: 'wrongPassword' },
  { status: [401, 403], isJson: true, detail: BAD_CREDENTIAL, code: 'keyRejected' },
  { status: 403, isJson: true, detail: /use of api key|api key is not enabled/i, code: 'apiKeysOff' },
  { status: 401, detail: FORBIDDEN, path: /^\/api\/v1\/users\//, code: 'notAdmin' },
  { status: 401, detail: FORBIDDEN, path: /^\/api\/v1\/chats\//, code: 'chatAccessOff' },
  { status: 401, detail: FORBIDDEN, code: 'forbidden' },
  { status: [400, 404], detail: NOT_FOUND, presence: 'optional', code: 'unsupported' },
  { status: [400, 404], detail: NOT_FOUND, code: 'notFound' },
  { status: [404, 405], presence: 'optional', code: 'unsupported' },
  { status: 404, isJson: true, code: 'notFound' },
  { status: 404, code: 'htmlInsteadOfJson' },
  { status: 403, isJson: true, code: 'endpointNotAllowed' },
  { status: 401, isJson: true, code: 'keyRejected' },
  { status: [401, 403], code: 'refusedByProxy' },
  { status: [400, 499], code: 'badRequest' },
];

/** The failure that an answer stands for. Call it for answers that are no success only. */
export function classify(answer: AnswerShape): FailureCode {
  return RESPONSE_RULES.find((rule) => fits(rule, answer))?.code ?? 'unexpectedAnswer';
}

function fits(rule: ResponseRule, answer: AnswerShape): boolean {
  const [from, to] =
    typeof rule.status === 'object' ? rule.status : [rule.status ?? 0, rule.status ?? Number.MAX_VALUE];
  return (
    answer.status >= from &&
    answer.status <= to &&
    (rule.detail?.test(answer.detail) ?? true) &&
    (rule.path?.test(answer.path) ?? true) &&
    (rule.presence ?? answer.presence) === answer.presence &&
    (rule.isJson ?? answer.isJson) === answer.isJson &&
    (rule.isHtml ?? answer.isHtml) === answer.isHtml &&
    (rule.hasRetryAfter ?? answer.hasRetryAfter) === answer.hasRetryAfter
  );
}
