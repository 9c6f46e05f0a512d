import type { Dialect } from '../dialects';
import { DETAIL, failure, json, serverError, type Reply } from '../http/replies';
import type { Route, SignedInRequest } from '../http/routing';
import type { SampleGroup, SampleUser } from '../model';
import { groupExport, groupRow, userBrief, userOne, userRow } from '../views/userViews';
import { pageOf, sortedBy, withPage } from './paging';

const USER_PAGE = 30;

/** Accounts and groups. */
export const USER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/api/v1/users/', access: 'admin', answer: listUsers },
  {
    method: 'GET',
    path: '/api/v1/users/all',
    access: 'admin',
    existsIf: (dialect) => dialect.hasUsersAll,
    answer: ({ world, dialect }) => {
      const users = sortedBy(world.users.all(), (user) => user.createdAt, true);
      return json({ users: users.map((user) => userBrief(world, dialect, user)), total: users.length });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/users/:id',
    access: 'person',
    answer: ({ world, dialect, params }) => {
      const user = world.users.find(params['id'] ?? '');
      return user === undefined ? failure(400, DETAIL.notFound) : json(userOne(world, dialect, user));
    },
  },
  {
    method: 'GET',
    path: '/api/v1/groups/',
    access: 'person',
    answer: ({ world, dialect, caller }) => {
      const groups =
        caller.user.role === 'admin' ? world.users.groups() : world.users.groupsOf(caller.user.id);
      return json(groups.map((group) => groupRow(dialect, group)));
    },
  },
  {
    method: 'GET',
    path: '/api/v1/groups/id/:id',
    access: 'admin',
    answer: (request) => oneGroup(request, (group) => json(groupRow(request.dialect, group))),
  },
  {
    method: 'GET',
    path: '/api/v1/groups/id/:id/export',
    access: 'admin',
    existsIf: (dialect) => dialect.hasGroupExport,
    answer: (request) => oneGroup(request, (group) => exported(request.dialect, group)),
  },
];

function oneGroup({ world, dialect, params }: SignedInRequest, answer: (group: SampleGroup) => Reply): Reply {
  const group = world.users.findGroup(params['id'] ?? '');
  return group === undefined ? failure(dialect.unknownGroupStatus, DETAIL.notFound) : answer(group);
}

function exported(dialect: Dialect, group: SampleGroup): Reply {
  const fails = group.userIds.length === 0 && dialect.emptyGroupExport === 'error';
  return fails ? serverError() : json(groupExport(dialect, group));
}

const ORDER: Readonly<Record<string, (user: SampleUser) => string | number>> = {
  name: (user) => user.name,
  email: (user) => user.email,
  created_at: (user) => user.createdAt,
  last_active_at: (user) => user.lastActiveAt,
  updated_at: (user) => user.updatedAt,
  role: (user) => user.role,
};

function listUsers({ world, dialect, query }: SignedInRequest): Reply {
  const everybody = world.users.all();
  if (!dialect.usersPaged) {
    const users = sortedBy(everybody, (user) => user.createdAt, true);
    return json(users.map((user) => userRow(world, dialect, user)));
  }
  const wanted = query.get('query')?.toLowerCase() ?? '';
  const found = everybody.filter((user) => `${user.name}\n${user.email}`.toLowerCase().includes(wanted));
  const order = ORDER[query.get('order_by') ?? ''];
  const newestFirst = dialect.usersUnordered ? found : sortedBy(found, (user) => user.createdAt, true);
  const sorted = order === undefined ? newestFirst : sortedBy(found, order, query.get('direction') !== 'asc');
  return withPage(query, (page) =>
    json({
      users: pageOf(sorted, page, USER_PAGE).map((user) => userRow(world, dialect, user)),
      total: dialect.userTotalFollowsQuery ? found.length : everybody.length,
    }),
  );
}
