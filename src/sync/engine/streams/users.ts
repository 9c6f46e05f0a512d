import type { KnownUser } from '../../../store/mirrorWriter';
import type { EpochSeconds, UserRecord } from '../../../store/records';
import type { OpenWebUiClient } from '../../openwebui/client';
import { isFailure } from '../../openwebui/failures';
import { collect, type Page } from '../../openwebui/paging';
import { readAllUsers, userExists, userPages } from '../../openwebui/users';
import { ACTIVITY_SLACK, compareUsers } from '../changeDetection';
import { chunked } from '../concurrency';
import { markMissing } from '../deletions';
import type { StreamContext, StreamDefinition } from '../runTypes';
import { noteUnfinished } from './unfinishedUsers';

const USERS_PER_WRITE = 500;

/** Everybody of a server; `isComplete`: who is not among them is a candidate for deletion. */
interface FoundUsers {
  readonly users: readonly UserRecord[];
  readonly isComplete: boolean;
}

/** Users: who exists, and whose chats must be looked at. */
export const usersStream: StreamDefinition = {
  streams: ['users'],
  isDue: () => true,

  async sync(context) {
    const { client, writer, runId, ledger, states } = context;
    const known = await writer.knownUsers(runId);
    const since = activeSince(context);
    const found = since === undefined ? await readEverybody(client) : await readActive(client, known, since);
    const changes = compareUsers(found.users, known, since);
    const mirrored = new Set(known.filter((user) => !user.isDeleted).map((user) => user.remoteId));
    const newcomers = changes.toWalk.filter((remoteId) => !mirrored.has(remoteId));
    if (states.get('chats').mark !== undefined) {
      // Before they are written: should this run break off, the next one would take them for known.
      await noteUnfinished(states, newcomers);
    }
    let done = 0;
    for (const users of chunked(found.users, USERS_PER_WRITE)) {
      ledger.count('users', await writer.applyUsers(runId, users));
      done += users.length;
      context.progress(done, found.users.length);
    }
    if (found.isComplete) {
      await markMissing(context, {
        stream: 'users',
        remoteIds: changes.missing,
        liveRows: mirrored.size,
        exists: (remoteId) => userExists(client, remoteId),
      });
    }
    context.roster = {
      toWalk: changes.toWalk,
      alive: new Set(found.users.map((user) => user.remoteId)),
      newcomers: new Set(newcomers),
    };
  },
};

/** From when on activity counts; undefined: everybody's does. */
function activeSince({ request, states }: StreamContext): EpochSeconds | undefined {
  const { mark } = states.get('chats');
  return request.kind === 'full' || mark === undefined ? undefined : mark - ACTIVITY_SLACK;
}

/** The paged list has everything about each user; the unpaged one closes the gaps of rows that moved meanwhile. */
async function readEverybody(client: OpenWebUiClient): Promise<FoundUsers> {
  const paged = await collect(userPages(client, 'email'));
  const all = await readAllIfSupported(client);
  return merged([all, paged]);
}

/**
 * As few calls as the server allows: one unpaged list on 0.12, which tells the last activity; before, the unpaged
 * one for who exists and the first pages by activity; up to 0.6.5 a list that holds everybody anyway.
 */
async function readActive(
  client: OpenWebUiClient,
  known: readonly KnownUser[],
  since: EpochSeconds,
): Promise<FoundUsers> {
  const all = await readAllIfSupported(client);
  if (all === undefined) {
    return merged([await collect(userPages(client, 'last_active_at'))]);
  }
  if (all.rows.some((user) => user.lastActiveAt !== undefined)) {
    return merged([all, await readNewcomers(client, all, known)]);
  }
  return merged([all, await readUntil(client, since)]);
}

async function readAllIfSupported(client: OpenWebUiClient): Promise<Page<UserRecord> | undefined> {
  try {
    return await readAllUsers(client);
  } catch (error) {
    if (isFailure(error, 'unsupported')) {
      return undefined;
    }
    throw error;
  }
}

/** The full rows of users that the mirror does not hold yet: the newest accounts come first. */
async function readNewcomers(
  client: OpenWebUiClient,
  all: Page<UserRecord>,
  known: readonly KnownUser[],
): Promise<Page<UserRecord> | undefined> {
  const mirrored = new Set(known.map((user) => user.remoteId));
  const wanted = new Set(all.rows.map((user) => user.remoteId).filter((remoteId) => !mirrored.has(remoteId)));
  const rows: UserRecord[] = [];
  if (wanted.size === 0) {
    return undefined;
  }
  for await (const page of userPages(client, 'created_at')) {
    const fresh = page.rows.filter((user) => wanted.delete(user.remoteId));
    rows.push(...fresh);
    if (wanted.size === 0 || fresh.length === 0) {
      break;
    }
  }
  return { rows, skipped: 0 };
}

/** Pages by last activity, newest first, up to the first that reaches below `since`. */
async function readUntil(client: OpenWebUiClient, since: EpochSeconds): Promise<Page<UserRecord>> {
  const rows: UserRecord[] = [];
  for await (const page of userPages(client, 'last_active_at')) {
    rows.push(...page.rows);
    const last = page.rows.at(-1)?.lastActiveAt;
    if (last !== undefined && last < since) {
      break;
    }
  }
  return { rows, skipped: 0 };
}

/** One record per user; what a later page tells completes an earlier one. */
function merged(pages: readonly (Page<UserRecord> | undefined)[]): FoundUsers {
  const users = new Map<string, UserRecord>();
  let skipped = 0;
  for (const page of pages) {
    for (const user of page?.rows ?? []) {
      users.set(user.remoteId, completed(users.get(user.remoteId), user));
    }
    skipped += page?.skipped ?? 0;
  }
  return { users: [...users.values()], isComplete: skipped === 0 };
}

function completed(before: UserRecord | undefined, user: UserRecord): UserRecord {
  return {
    remoteId: user.remoteId,
    name: user.name ?? before?.name,
    email: user.email ?? before?.email,
    role: user.role ?? before?.role,
    createdAt: user.createdAt ?? before?.createdAt,
    updatedAt: user.updatedAt ?? before?.updatedAt,
    lastActiveAt: user.lastActiveAt ?? before?.lastActiveAt,
  };
}
