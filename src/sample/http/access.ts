import type { IncomingMessage } from 'node:http';
import type { Dialect } from '../dialects';
import type { SampleWorld } from '../world';
import { DETAIL, failure, type Reply } from './replies';
import type { Caller, Gates, Route } from './routing';
import type { SessionBook } from './sessions';

type Verdict<T> = { readonly granted: T } | { readonly refused: Reply };

interface Door {
  readonly world: SampleWorld;
  readonly dialect: Dialect;
  readonly gates: Gates;
  readonly sessions: SessionBook;
}

/** The credential of a request; null when there is none. */
export function credentialOf(request: IncomingMessage, dialect: Dialect): string | null {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const header = request.headers['x-api-key'];
  const key = dialect.acceptsKeyHeader && typeof header === 'string' ? header : undefined;
  return bearer ?? key ?? null;
}

/** Whether the caller may use the route, in the order of the server's own checks. */
export function admit(
  door: Door,
  route: Route,
  path: string,
  credential: string | null,
): Verdict<Caller | null> {
  const isKey = credential?.startsWith('sk-') === true;
  if (isKey && door.dialect.restrictsOpenPaths && !mayUse(door, path)) {
    return { refused: failure(403, door.dialect.restrictedDetail) };
  }
  if (route.access === 'open' || (route.access === 'optional' && credential === null)) {
    return { granted: null };
  }
  const verdict = identify(door, path, credential);
  if ('refused' in verdict) {
    return route.access === 'optional' ? { granted: null } : verdict;
  }
  const { user, session } = verdict.granted;
  if (route.access === 'session' && session === null && !door.dialect.keyIsSession) {
    return { refused: failure(403, DETAIL.humanSession) };
  }
  const needsPerson = route.access === 'person' || route.access === 'admin';
  if ((needsPerson && user.role === 'pending') || (route.access === 'admin' && user.role !== 'admin')) {
    return { refused: failure(401, DETAIL.prohibited) };
  }
  markActive(door, verdict.granted);
  return verdict;
}

function identify(door: Door, path: string, credential: string | null): Verdict<Caller> {
  if (credential === null) {
    return { refused: failure(door.dialect.noCredentialStatus, DETAIL.notAuthenticated) };
  }
  return credential.startsWith('sk-') ? byKey(door, path, credential) : byToken(door, credential);
}

function byKey(door: Door, path: string, key: string): Verdict<Caller> {
  if (!door.gates.apiKeys) {
    return { refused: failure(403, DETAIL.keysOff) };
  }
  if (!mayUse(door, path)) {
    return { refused: failure(403, door.dialect.restrictedDetail) };
  }
  const user = door.world.users.findByKey(key);
  return user === undefined
    ? { refused: failure(401, DETAIL.invalidToken) }
    : { granted: { user, session: null } };
}

function mayUse({ gates: { keyPaths } }: Door, path: string): boolean {
  return keyPaths?.some((allowed) => path === allowed || path.startsWith(`${allowed}/`)) ?? true;
}

function byToken(door: Door, token: string): Verdict<Caller> {
  const found = door.sessions.find(token);
  if (found === undefined) {
    return { refused: failure(401, DETAIL.unreadableToken) };
  }
  return found === 'expired' ? { refused: failure(401, DETAIL.invalidToken) } : { granted: found };
}

/** Every call moves the caller's own activity, as often as the version writes it. */
function markActive(door: Door, caller: Caller): void {
  if (door.world.now() - caller.user.lastActiveAt >= door.dialect.activityThrottle) {
    door.world.users.markActive(caller.user.id);
  }
}
