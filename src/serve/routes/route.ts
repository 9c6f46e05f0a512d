import * as v from 'valibot';
import { ProblemError, type ProblemCode } from '../http/problem';
import type { Mirror } from '../mirror';

/** Text in an answer's body. */
export interface Answer {
  readonly contentType: string;
  readonly body: string;
}

/** What a route reads with. */
export interface RouteCall {
  readonly mirror: Mirror;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Fires when nobody waits for the answer any more, and when it takes too long. */
  readonly signal: AbortSignal;
}

/** Values by name, as an address or a body holds them. */
type Shape = v.ObjectSchema<v.ObjectEntries, undefined> | v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** What a route takes: the parts of a request, before anybody looked at them. */
export interface RouteInput {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

interface RouteFacts {
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/v1/reports/{id}`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  /** Name among {@link ANSWERS}; absent: text. */
  readonly answer: { readonly contentType: string; readonly schema?: string };
  /** What can go wrong beside what can everywhere. */
  readonly problems: readonly ProblemCode[];
  /** It needs no token. */
  readonly isOpen?: boolean;
  /** The thread that it keeps busy; absent: none for long. */
  readonly thread?: 'reader' | 'query';
}

/** A route as data: what it is called, takes and answers is declared once, checked by it and told by the OpenAPI document. */
export interface RouteDefinition<P extends Shape, Q extends Shape, B extends Shape> extends RouteFacts {
  readonly input: { readonly path?: P; readonly query?: Q; readonly body?: B };
  readonly run: (
    input: {
      readonly path: v.InferOutput<P>;
      readonly query: v.InferOutput<Q>;
      readonly body: v.InferOutput<B>;
    },
    call: RouteCall,
  ) => Promise<Answer>;
}

/** A route whose input nobody looked at yet. */
export interface Route extends RouteFacts {
  readonly input: { readonly path?: Shape; readonly query?: Shape; readonly body?: Shape };
  /** @throws ProblemError */
  readonly run: (input: RouteInput, call: RouteCall) => Promise<Answer>;
}

const NOTHING = v.strictObject({});

/** Looks at the input before the route sees it. */
export function route<
  P extends Shape = typeof NOTHING,
  Q extends Shape = typeof NOTHING,
  B extends Shape = typeof NOTHING,
>(definition: RouteDefinition<P, Q, B>): Route {
  const { input, run, ...facts } = definition;
  return {
    ...facts,
    input,
    run: ({ path, query, body }, call) =>
      run(
        {
          path: checked(input.path ?? NOTHING, path, 'The address') as v.InferOutput<P>,
          query: checked(input.query ?? NOTHING, query, 'The parameters') as v.InferOutput<Q>,
          body: checked(input.body ?? NOTHING, body, 'The body') as v.InferOutput<B>,
        },
        call,
      ),
  };
}

function checked(schema: Shape, value: unknown, where: string): unknown {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = v.getDotPath(issue);
    throw new ProblemError('bad_request', {
      detail: `${where}${place === null ? '' : ` (${place})`}: ${issue.expected === 'never' ? 'there is no such name here' : issue.message}.`,
    });
  }
  return parsed.output;
}

/** A value as the body of an answer. */
export function json(value: unknown): Answer {
  return { contentType: 'application/json', body: `${JSON.stringify(value)}\n` };
}
