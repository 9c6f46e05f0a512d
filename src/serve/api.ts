import { Hono, type Context } from 'hono';
import { routePath } from 'hono/route';
import { toError } from '../store/errors';
import { bodyText } from './http/body';
import { problemOf } from './http/failure';
import { Gate } from './http/gate';
import { assertAddressed, assertAdmitted, withSecurityHeaders, type GuardOptions } from './http/guard';
import { ProblemError, problemResponse } from './http/problem';
import type { Mirror } from './mirror';
import { openApiOf } from './openapi';
import { json, type Answer, type Route, type RouteInput } from './routes/route';

/** A thread answers one question after the other, each with a copy of the database; some may wait. */
const MOST_AT_ONCE = 1;
const MOST_WAITING = 16;
const TIME_LIMIT_MS = 30_000;
/** Methods that an address takes whose route has this one. */
const ALLOWED = { get: 'GET, HEAD', post: 'POST' } as const;

export interface ApiOptions extends GuardOptions {
  readonly mirror: Mirror;
  readonly version: string;
  readonly tell: (sentence: string) => void;
  /** Longest that a question may take once it is its turn. Default 30,000. */
  readonly timeLimitMs?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The HTTP API of routes: who is let in, what is read, and what is told when it fails. */
export function createApi(routes: readonly Route[], options: ApiOptions): Hono {
  const { mirror, version, tell, timeLimitMs = TIME_LIMIT_MS, now = Date.now } = options;
  const gates = {
    reader: new Gate(MOST_AT_ONCE, MOST_WAITING),
    query: new Gate(MOST_AT_ONCE, MOST_WAITING),
  };
  const app = new Hono();
  const open = new Set<string>(routes.filter(({ isOpen }) => isOpen === true).map(({ path }) => path));

  app.use(withSecurityHeaders);
  app.use(async (context, next) => {
    const { headers } = context.req.raw;
    if (open.has(context.req.path)) {
      assertAddressed(headers, options);
    } else {
      assertAdmitted(headers, options);
    }
    await next();
  });

  const answering = (route: Route) => async (context: Context) => {
    const input = await inputOf(route, context);
    const work = async (): Promise<Answer> => {
      // Whoever waits at the gate uses up none of the time that a statement may take.
      const time = AbortSignal.timeout(timeLimitMs);
      const signal = AbortSignal.any([context.req.raw.signal, time]);
      try {
        return await route.run(input, { mirror, now: now(), signal });
      } catch (error) {
        throw time.aborted ? problemOf(error, true) : error;
      }
    };
    if (route.problems.includes('unavailable') && !mirror.isThere()) {
      // As an empty mirror it would look well to whoever watches it.
      throw new ProblemError('unavailable', { detail: 'The data folder is not there any more.' });
    }
    return response(await (route.thread === undefined ? work() : gates[route.thread].pass(work)));
  };
  for (const route of routes) {
    app.on(route.method.toUpperCase(), honoPath(route.path), answering(route));
  }
  const document = json(openApiOf(routes, version));
  app.get('/openapi.json', () => response(document));
  for (const path of [...new Set(routes.map((route) => route.path)), '/openapi.json' as const]) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => ALLOWED[method]);
    const allowed = methods.length === 0 ? ALLOWED.get : methods.join(', ');
    app.all(honoPath(path), () => {
      throw new ProblemError('method_not_allowed', {}, { Allow: allowed });
    });
  }
  app.notFound(() => problemResponse(new ProblemError('not_found')));
  app.onError((error, context) => {
    const problem = problemOf(error, false);
    // Whoever went away in the middle of a request is no failure.
    if (problem.code === 'internal' && !context.req.raw.signal.aborted) {
      tell(`${context.req.method} ${routePath(context)}: ${toError(error).message}`);
    }
    return problemResponse(problem);
  });
  return app;
}

function response({ body, contentType }: Answer): Response {
  return new Response(body, { headers: { 'Content-Type': contentType } });
}

/** `/v1/reports/{id}` as `/v1/reports/:id`. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/gu, ':$1');
}

async function inputOf(route: Route, { req }: Context): Promise<RouteInput> {
  const several = Object.entries(req.queries()).find(([, values]) => values.length > 1);
  if (several !== undefined) {
    throw new ProblemError('bad_request', { detail: 'Give each parameter once.' });
  }
  return {
    path: req.param(),
    query: req.query(),
    body: route.input.body === undefined ? {} : await bodyOf(req),
  };
}

async function bodyOf(req: Context['req']): Promise<unknown> {
  if (!/^application\/json(?: *;|$)/iu.test(req.header('content-type') ?? '')) {
    throw new ProblemError('wrong_media_type', { detail: 'Send the body as application/json.' });
  }
  if ((req.header('content-encoding') ?? 'identity') !== 'identity') {
    throw new ProblemError('wrong_media_type', {
      detail: 'Send the body as it is, without Content-Encoding.',
    });
  }
  try {
    return JSON.parse(await bodyText(req.raw));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new ProblemError('bad_request', { detail: 'The body is no JSON.' });
    }
    throw error;
  }
}
