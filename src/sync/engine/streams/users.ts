import type { KnownUser } from '../../../store/mirrorFacts';
import type { EpochSeconds } from '../../../store/records';
import { userExists } from '../../openwebui/users';
import { ACTIVITY_SLACK, compareUsers, type UserChanges } from '../changeDetection';
import { chunked } from '../concurrency';
import { markMissing } from '../deletions';
import type { StreamContext, StreamDefinition } from '../runTypes';
import { checkServer, endHold } from '../serverCheck';
import { noteSyncAccount } from '../syncAccount';
import { noteUnfinished } from './unfinishedUsers';
import { UserLists, type FoundUsers } from './userLists';

const USERS_PER_WRITE = 500;

/** Users: who exists, and whose chats must be looked at. */
export const usersStream: StreamDefinition = {
  streams: ['users'],
  isDue: () => true,

  async sync(context) {
    const { writer, runId, states, serverStart } = context;
    const known = await writer.knownUsers(runId);
    const lists = new UserLists(context);
    const found = await find(context, lists, known);
    const changes = compareUsers(found.users, known, activeSince(context));
    const mirrored = new Set(known.filter((user) => !user.isDeleted).map((user) => user.remoteId));
    const newcomers = changes.toWalk.filter((remoteId) => !mirrored.has(remoteId));
    if (states.get('chats').mark !== undefined) {
      // Before they are written: should this run break off, the next one would take them for known.
      await noteUnfinished(states, newcomers);
    }
    await apply(context, found);
    if (found.isComplete) {
      await noteSyncAccount(context, found.users);
      await markGone(context, lists, changes, mirrored.size);
      await states.change('users', { lastCompleteAt: serverStart });
    }
    context.roster = {
      toWalk: changes.toWalk,
      alive: new Set(found.users.map((user) => user.remoteId)),
      newcomers: new Set(newcomers),
    };
  },
};

/** From when on activity counts; undefined: everybody's does. */
function activeSince({ walk, states }: StreamContext): EpochSeconds | undefined {
  const { mark } = states.get('chats');
  return walk === 'complete' || mark === undefined ? undefined : mark - ACTIVITY_SLACK;
}

/** Reads the users; everybody in full also when they show that this is not the server of before. */
async function find(
  context: StreamContext,
  lists: UserLists,
  known: readonly KnownUser[],
): Promise<FoundUsers> {
  const since = activeSince(context);
  const found = since === undefined ? await lists.everybody() : await lists.active(known, since);
  if (found.isComplete) {
    await checkServer(context, known, found.users);
  }
  return since !== undefined && activeSince(context) === undefined ? lists.everybody() : found;
}

async function apply(context: StreamContext, { users }: FoundUsers): Promise<void> {
  const { writer, runId, ledger } = context;
  let done = 0;
  for (const some of chunked(users, USERS_PER_WRITE)) {
    ledger.count('users', await writer.applyUsers(runId, some));
    done += some.length;
    context.progress(done, users.length);
  }
}

async function markGone(
  context: StreamContext,
  lists: UserLists,
  { missing }: UserChanges,
  liveRows: number,
): Promise<void> {
  const { held } = await markMissing(context, {
    stream: 'users',
    remoteIds: missing,
    liveRows,
    exists: existence(context, lists),
  });
  if (held.length === 0 && context.hold === 'serverReplaced') {
    await endHold(context);
  }
}

/** Asks by id; who is known only by a hash cannot be asked for, so the lists are read once more instead. */
function existence(
  { client, identities }: StreamContext,
  lists: UserLists,
): (remoteId: string) => Promise<boolean> {
  let again: Promise<FoundUsers> | undefined;
  return async (remoteId) => {
    const serverId = identities.serverId(remoteId);
    if (serverId !== undefined) {
      return userExists(client, serverId);
    }
    again ??= lists.everybody();
    const { users, isComplete } = await again;
    return !isComplete || users.some((user) => user.remoteId === remoteId);
  };
}
