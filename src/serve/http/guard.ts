import type { MiddlewareHandler } from 'hono';
import { withoutBrackets, isLoopback, LOOPBACK_NAMES } from '../listening/listenRules';
import { carriesToken } from '../listening/token';
import { ProblemError } from './problem';

/** Whom a server answers. */
export interface GuardOptions {
  /** The interface that it listens on. */
  readonly host: string;
  readonly token: string;
}

/** What no answer goes without: nothing is kept, shown in a frame, or taken for something else. */
const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** Adds them to whatever is answered, refusals included. */
export const withSecurityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    context.header(name, value);
  }
};

/**
 * Lets a request through that asks for this server by its name, comes of no page of another origin, and carries the token.
 * A page whose name was made to point to this machine fails at the first.
 * @throws ProblemError
 */
export function assertAdmitted(headers: Headers, options: GuardOptions): void {
  assertAddressed(headers, options);
  if (!carriesToken(headers.get('authorization') ?? undefined, options.token)) {
    throw new ProblemError(
      'unauthorized',
      { detail: 'Send the header "Authorization: Bearer TOKEN".' },
      { 'WWW-Authenticate': 'Bearer realm="openwebui-sync"' },
    );
  }
}

/** The part of it that needs no token. @throws ProblemError */
export function assertAddressed(headers: Headers, { host }: Pick<GuardOptions, 'host'>): void {
  const asked = headers.get('host') ?? '';
  const name = hostNameOf(`http://${asked}`);
  if (name === undefined || !isOwnName(name, host)) {
    throw new ProblemError('wrong_host');
  }
  const origin = headers.get('origin');
  if (origin !== null && hostOf(origin) !== hostOf(`http://${asked}`)) {
    throw new ProblemError('forbidden');
  }
}

/** Beyond loopback a server does not know by which names others reach it. */
function isOwnName(name: string, host: string): boolean {
  const own = withoutBrackets(host.toLowerCase());
  return !isLoopback(host) || name === own || LOOPBACK_NAMES.some((known) => known === name);
}

function hostNameOf(url: string): string | undefined {
  return URL.canParse(url) ? withoutBrackets(new URL(url).hostname) : undefined;
}

/** With its port. */
function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}
