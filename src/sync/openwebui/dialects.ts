import type { RoutePresence } from './responseRules';
import type { Route } from './routes';

/**
 * What differs between server versions when they are read, in one place. Nothing here is chosen by a version number:
 * the ways of a feature are tried in order, and an answer is read by its shape (a plain array, or rows beside a
 * total). That is how a version newer than all of these can be read too. `versions` says what was seen, for people.
 */
export interface Way {
  /** The versions that answer it. */
  readonly versions: string;
  /** `{id}` stands for the id of the object. */
  readonly path: string;
  readonly presence: RoutePresence;
  /** How a page is asked for; none: the list comes whole. */
  readonly paging?: Paging;
  /** Sent along with each request. */
  readonly query?: Readonly<Record<string, string>>;
  /** What a plain array is: the whole list, or one page of so many rows. Default: the whole. */
  readonly plainArray?: 'whole' | { readonly pageOf: number };
}

/** `skip`: beside `page`, what versions read that do not know it. */
type Paging = { readonly by: 'page' } | { readonly by: 'pageAndSkip'; readonly size: number };

/** The ways of one feature, in the order in which they are tried. */
export type Ways = readonly [Way, ...Way[]];

/** Rows of a page of a chat list, on all versions. */
export const CHATS_PER_PAGE = 60;
/** Rows of a page of users, from 0.6.8. */
export const USERS_PER_PAGE = 30;

const everywhere = { versions: 'all', presence: 'core' } as const;
/** In every version that was seen; one without it is read all the same. */
const everywhereSoFar = { versions: 'all', presence: 'optional' } as const;
const byPage = { by: 'page' } as const;

export const DIALECTS = {
  /** An array of everybody up to 0.6.5, `{users,total}` from 0.6.6: 10 a page, 30 from 0.6.8. */
  users: [{ ...everywhere, path: '/api/v1/users/', paging: byPage }],
  /** Up to 0.6.5 the path is taken for the id of a user; `last_active_at` is in it from 0.12. */
  everyUser: [{ versions: '0.6.6 and later', path: '/api/v1/users/all', presence: 'optional' }],
  /** Up to 0.6.10 servers read `skip` and `limit`, later ones `page`: all three are sent. */
  chatList: [
    {
      ...everywhere,
      path: '/api/v1/chats/list/user/{id}',
      paging: { by: 'pageAndSkip', size: CHATS_PER_PAGE },
      plainArray: { pageOf: CHATS_PER_PAGE },
    },
  ],
  /** `/api/v1/chats/{id}` reads others' chats only from 0.9. */
  chat: [{ versions: 'all', path: '/api/v1/chats/share/{id}', presence: 'item' }],
  workspaceModels: [
    { versions: '0.6.36 and later', path: '/api/v1/models/export', presence: 'optional' },
    { versions: 'up to 0.6.34', path: '/api/v1/models/', presence: 'optional' },
  ],
  changedModels: [{ versions: 'all', path: '/api/v1/models/base', presence: 'optional' }],
  providerModels: [{ ...everywhere, path: '/api/models' }],
  /** An array with the ids of the files up to 0.6.36, `{items,total}` without them from 0.7. */
  knowledgeBases: [{ ...everywhereSoFar, path: '/api/v1/knowledge/', paging: byPage }],
  knowledgeFiles: [
    {
      versions: '0.7 and later',
      path: '/api/v1/knowledge/{id}/files',
      presence: 'optional',
      paging: byPage,
    },
  ],
  /** An array of all up to 0.7, `{items,total}` from 0.8; without `content=false` the text comes along. */
  files: [{ ...everywhereSoFar, path: '/api/v1/files/', paging: byPage, query: { content: 'false' } }],
  /** With the ids of the members up to 0.6.36, from 0.7 with their number. */
  groups: [{ ...everywhereSoFar, path: '/api/v1/groups/' }],
  groupMembers: [{ versions: '0.7 and later', path: '/api/v1/groups/id/{id}/export', presence: 'optional' }],
  /** Without `all/export` and `user`: the first holds whole chats, the second is the caller's own. */
  feedback: [
    {
      versions: '0.7 and later; leaves out what deleted users gave',
      path: '/api/v1/evaluations/feedbacks/list',
      presence: 'optional',
      paging: byPage,
      query: { order_by: 'updated_at', direction: 'desc' },
    },
    { versions: 'up to 0.8', path: '/api/v1/evaluations/feedbacks/all', presence: 'optional' },
  ],
  feedbackIds: [
    { versions: '0.7 and later', path: '/api/v1/evaluations/feedbacks/all/ids', presence: 'optional' },
  ],
} as const satisfies Record<string, Ways>;

export type Feature = keyof typeof DIALECTS;

/** What fills a way: an id, the page, and what else the caller sends. */
export interface WayUse {
  /** Already one segment of a path. */
  readonly id?: string;
  /** From 1. */
  readonly page?: number;
  readonly query?: Readonly<Record<string, string>>;
}

/** The request that asks a server in one way. */
export function routeOf(way: Way, { id, page = 1, query }: WayUse = {}): Route {
  const { path, presence, paging } = way;
  return {
    path: path.replace('{id}', () => id ?? ''),
    presence,
    query: { ...way.query, ...(paging === undefined ? {} : pageQuery(paging, page)), ...query },
  };
}

function pageQuery(paging: Paging, page: number): Readonly<Record<string, number>> {
  return paging.by === 'page' ? { page } : { page, skip: (page - 1) * paging.size, limit: paging.size };
}
