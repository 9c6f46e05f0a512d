import { OpenWebUiError } from './failures';
import { isReadable } from './routes';

/** Redirects on the same origin that one request follows. */
const MOST_REDIRECTS = 3;

/**
 * Where an answer sends a request on to; undefined: nowhere. Followed is only the same origin and an allowed path.
 * @param base the server's address; @param from the request's; @param followed redirects of this request so far
 * @throws OpenWebUiError `redirected`
 */
export function redirectOf(response: Response, base: URL, from: URL, followed: number): URL | undefined {
  if (response.type !== 'opaqueredirect' && (response.status < 300 || response.status > 399)) {
    return undefined;
  }
  const location = response.headers.get('location');
  const target =
    location === null || !URL.canParse(location, from.href) ? undefined : new URL(location, from);
  const prefix = base.pathname.replace(/\/$/, '');
  const mayFollow =
    target?.origin === base.origin &&
    target.pathname.startsWith(prefix) &&
    isReadable(target.pathname.slice(prefix.length));
  if (!mayFollow || followed >= MOST_REDIRECTS) {
    const title = target === undefined ? 'unknown' : target.origin + target.pathname;
    throw new OpenWebUiError('redirected', { host: base.host, title, status: response.status });
  }
  return target;
}
