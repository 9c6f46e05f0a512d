import * as v from 'valibot';
import type { GroupRecord } from '../../store/records';
import type { OpenWebUiClient } from './client';
import { DIALECTS, routeOf, USERS_PER_PAGE } from './dialects';
import { exists } from './exists';
import { isFailure, type FailureCode } from './failures';
import { readFeed, readWholeFeed } from './feeds';
import { count, id, ids, text, time } from './fields';
import { collect, type Page } from './paging';
import { segment } from './routes';
import { inOrder } from './users';

/** A group as lists give it: with its members, or with their number alone. */
interface ListedGroup {
  readonly group: GroupRecord;
  readonly memberCount: number | undefined;
}

const groupRow = v.pipe(
  v.object({
    id,
    name: text,
    description: text,
    user_ids: ids,
    member_count: count,
    created_at: time,
    updated_at: time,
  }),
  v.transform((row): ListedGroup => ({
    group: {
      remoteId: row.id,
      name: row.name,
      description: row.description,
      memberRemoteIds: row.user_ids,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    },
    memberCount: row.member_count,
  })),
);

const exportedGroup = v.object({ user_ids: ids });

const membership = v.pipe(
  v.object({ id, group_ids: ids }),
  v.transform((row) => ({ userRemoteId: row.id, groupRemoteIds: row.group_ids })),
);

/** What says that one group's members cannot be had; up to 0.7 a group that was just emptied cannot be exported. */
const UNTOLD: readonly FailureCode[] = ['unsupported', 'serverError', 'malformedJson', 'tooLarge'];

/** Ids of members by the id of their group. */
type Members = ReadonlyMap<string, readonly string[]>;

/**
 * All groups with their members. Where the list tells only how many there are (from 0.7), each group that has some
 * costs one call; or all of them together the pages of users, where `userCount` shows that these are fewer. Members
 * that the server does not tell stay undefined.
 * @param userCount users of the server, as far as known
 * @throws OpenWebUiError `forbidden`, `endpointNotAllowed`, ...
 */
export async function readGroups(client: OpenWebUiClient, userCount?: number): Promise<Page<GroupRecord>> {
  const { rows, skipped, total } = await readWholeFeed(client, { ways: DIALECTS.groups, row: groupRow });
  const untold = rows.filter(({ group, memberCount }) => !isTold(group) && memberCount !== 0).length;
  const pages = Math.ceil((userCount ?? Infinity) / USERS_PER_PAGE);
  const members = pages < untold ? await readMemberships(client) : new Map<string, readonly string[]>();
  const groups: GroupRecord[] = [];
  for (const listed of rows) {
    groups.push(await withMembers(client, listed, members));
  }
  return { rows: groups, skipped, total };
}

/** Whether the server still has a group. */
export function groupExists(client: OpenWebUiClient, remoteId: string): Promise<boolean> {
  return exists(client, `/api/v1/groups/id/${segment(remoteId)}`);
}

async function withMembers(
  client: OpenWebUiClient,
  { group, memberCount }: ListedGroup,
  members: Members,
): Promise<GroupRecord> {
  if (isTold(group)) {
    return group;
  }
  if (memberCount === 0) {
    return { ...group, memberRemoteIds: [] };
  }
  // People who came or went while the pages were read show as another number.
  const found = members.get(group.remoteId);
  const isWhole = found !== undefined && found.length === memberCount;
  return { ...group, memberRemoteIds: isWhole ? found : await readMembers(client, group.remoteId) };
}

function isTold({ memberRemoteIds }: GroupRecord): boolean {
  return memberRemoteIds !== undefined;
}

async function readMembers(
  client: OpenWebUiClient,
  remoteId: string,
): Promise<readonly string[] | undefined> {
  const [way] = DIALECTS.groupMembers;
  try {
    const answer = await client.getJson(routeOf(way, { id: segment(remoteId) }));
    const parsed = v.safeParse(exportedGroup, answer);
    return parsed.success ? parsed.output.user_ids : undefined;
  } catch (error) {
    if (isFailure(error, ...UNTOLD)) {
      return undefined;
    }
    throw error;
  }
}

/** Members of all groups from the rows of users; empty where these do not tell it. */
async function readMemberships(client: OpenWebUiClient): Promise<Members> {
  const feed = { ways: DIALECTS.users, query: inOrder('email'), row: membership };
  const { rows } = await collect(readFeed(client, { ...feed, idOf: (row) => row.userRemoteId }));
  const members = new Map<string, Set<string>>();
  for (const { userRemoteId, groupRemoteIds = [] } of rows) {
    for (const group of groupRemoteIds) {
      members.set(group, (members.get(group) ?? new Set()).add(userRemoteId));
    }
  }
  return new Map([...members].map(([group, users]) => [group, [...users]]));
}
