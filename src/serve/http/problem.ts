import * as v from 'valibot';

/** What can go wrong, by its stable code: the status of the answer, and what it says where nothing more is known. */
export const PROBLEMS = {
  bad_request: { status: 400, title: 'The request is wrong' },
  bad_sql: { status: 400, title: 'The statement is wrong' },
  unauthorized: { status: 401, title: 'A token is needed' },
  forbidden: { status: 403, title: 'Pages of other origins may not ask' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'This address takes other methods' },
  no_data: { status: 409, title: 'Nothing was synced yet' },
  too_large: { status: 413, title: 'The request is too large' },
  wrong_media_type: { status: 415, title: 'Send JSON' },
  wrong_host: { status: 421, title: 'This server is not the one that was asked' },
  took_too_long: { status: 422, title: 'It took too long and was stopped' },
  too_costly: { status: 422, title: 'It needs more memory than there is' },
  too_many: { status: 429, title: 'Too many questions at once' },
  internal: { status: 500, title: 'Something failed' },
  unavailable: { status: 503, title: 'The database cannot be read now' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The body of every answer that is no success (RFC 9457). */
export const problemSchema = v.strictObject({
  type: v.pipe(v.string(), v.description('about:blank: the code says which problem it is')),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  code: v.pipe(v.picklist(Object.keys(PROBLEMS) as ProblemCode[]), v.description('Stable, for programs')),
  detail: v.optional(v.pipe(v.string(), v.description('One sentence with the next step'))),
  offset: v.optional(
    v.pipe(v.number(), v.integer(), v.description('Of bad SQL: UTF-16 units from its beginning')),
  ),
  line: v.optional(v.pipe(v.number(), v.integer(), v.description('Of bad SQL: from 1'))),
  column: v.optional(v.pipe(v.number(), v.integer(), v.description('Of bad SQL: from 1'))),
});

export type Problem = v.InferOutput<typeof problemSchema>;

/** What a problem says beyond its code. */
export type ProblemDetails = Pick<Problem, 'detail' | 'offset' | 'line' | 'column'>;

/** Ends a request with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(details.detail ?? PROBLEMS[code].title);
  }
}

/** The answer for a problem. */
export function problemResponse({ code, details, headers }: Omit<ProblemError, keyof Error>): Response {
  const { status, title } = PROBLEMS[code];
  const problem: Problem = { type: 'about:blank', title, status, code, ...details };
  return new Response(`${JSON.stringify(problem)}\n`, {
    status,
    headers: { ...headers, 'Content-Type': 'application/problem+json' },
  });
}
