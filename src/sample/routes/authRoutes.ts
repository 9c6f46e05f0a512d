import { DETAIL, failure, invalid, json, type Reply } from '../http/replies';
import type { Route, RouteRequest } from '../http/routing';
import type { Session } from '../http/sessions';
import { permissionsOf } from '../permissions';
import type { SampleUser } from '../model';

/** Sign-in and the question who one is. */
export const AUTH_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/api/v1/auths/signin', access: 'open', answer: signIn },
  {
    method: 'GET',
    path: '/api/v1/auths/',
    access: 'session',
    answer: (request) => {
      const { user, session } = request.caller;
      const shown: Session = session ?? request.sessions.open(user.id, { tokenLife: null });
      return json({
        ...signedIn(request, user, shown),
        bio: null,
        gender: null,
        date_of_birth: null,
        status_emoji: null,
        status_message: null,
        status_expires_at: null,
      });
    },
  },
];

function signIn(request: RouteRequest): Reply {
  const form = credentials(request.body);
  if (form === undefined) {
    return invalid(['body'], 'Field required');
  }
  if (request.sessions.isOneTooMany(form.email.toLowerCase(), request.dialect)) {
    return failure(429, DETAIL.rateLimit);
  }
  const user = request.world.users.findByEmail(form.email);
  if (user === undefined || user.password !== form.password) {
    return failure(400, DETAIL.wrongPassword);
  }
  request.world.users.markActive(user.id);
  return json(signedIn(request, user, request.sessions.open(user.id, request.dialect)));
}

function credentials(body: unknown): { email: string; password: string } | undefined {
  if (typeof body !== 'object' || body === null || !('email' in body) || !('password' in body)) {
    return undefined;
  }
  const { email, password } = body;
  return typeof email === 'string' && typeof password === 'string' ? { email, password } : undefined;
}

function signedIn(request: RouteRequest, user: SampleUser, session: Session): Record<string, unknown> {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    profile_image_url: '/user.png',
    token: session.token,
    token_type: 'Bearer',
    expires_at: session.expiresAt,
    permissions: permissionsOf(request.world.version),
  };
}
