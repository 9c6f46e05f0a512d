import type { RoutePresence } from './responseRules';

/** A GET below the base URL. */
export interface Route {
  /** Starts with `/api/`; ids go through `segment`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Default `core`. */
  readonly presence?: RoutePresence;
}

/** Everything that the client may ask for. None of them changes anything on the server. */
const READABLE: readonly RegExp[] = [
  /^\/api\/version$/,
  /^\/api\/v1\/auths\/$/,
  /^\/api\/v1\/users\/[^/]*$/,
  /^\/api\/v1\/chats\/list\/user\/[^/]+$/,
  /^\/api\/v1\/chats\/share\/[^/]+$/,
  /^\/api\/v1\/models\/(?:export|base)?$/,
  /^\/api\/models$/,
  /^\/api\/v1\/knowledge\/(?:[^/]+(?:\/files)?)?$/,
  /^\/api\/v1\/files\/[^/]*$/,
  /^\/api\/v1\/groups\/(?:id\/[^/]+(?:\/export)?)?$/,
  /^\/api\/v1\/evaluations\/feedbacks\/(?:list|all|all\/ids)$/,
  /^\/api\/v1\/evaluations\/feedback\/[^/]+$/,
];

/** Tells the version, to anybody. */
export const VERSION_PATH = '/api/version';

/** The only thing that is ever posted: an e-mail and a password. */
export const SIGN_IN_PATH = '/api/v1/auths/signin';

export function isReadable(path: string): boolean {
  return READABLE.some((pattern) => pattern.test(path));
}

/** A path as a log may name it: people's ids are left out, since some mirrors must not know them. */
export function pathForLog(path: string): string {
  return path.replace(/\/(users?)\/(?!all$)[^/]+/g, '/$1/…');
}

/** An id as one segment of a path. @throws Error for an id that would leave its place in the path. */
export function segment(id: string): string {
  if (id === '' || id === '.' || id === '..') {
    throw new Error('An id of the server cannot be part of an address');
  }
  return encodeURIComponent(id);
}
