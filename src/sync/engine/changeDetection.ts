import type { KnownChat, KnownUser } from '../../store/mirrorFacts';
import type { ChatListRecord, EpochSeconds, UserRecord } from '../../store/records';

/** How much earlier than the last run's start activity is looked for: servers note it with a delay. */
export const ACTIVITY_SLACK = 600;

/** What a user's chat list means for the mirror. */
export interface ChatChanges {
  readonly toFetch: readonly ChatListRecord[];
  readonly unchanged: number;
  /** Ids of all chats that the list shows. */
  readonly shown: readonly string[];
  /** Rows of chats that the list had shown already. */
  readonly duplicates: number;
  /** Living chats of the mirror that the list does not show; says nothing unless the list is complete. */
  readonly missing: readonly string[];
}

/** Decides whether a chat of the mirror needs no new look. */
export type Trust = (known: KnownChat, listed: ChatListRecord) => boolean;

/**
 * Same title and `updated_at` (newer servers move no time for a new title), and nothing was still to come.
 * @param keepsTitles false: the mirror holds none, so a new one is no change
 */
export function isUnchanged(known: KnownChat, listed: ChatListRecord, keepsTitles = true): boolean {
  const isSameTitle = known.listTitle === listed.title || (!keepsTitles && known.listTitle === undefined);
  return !known.isDeleted && known.isSettled && known.updatedAt === listed.updatedAt && isSameTitle;
}

/** Compares a user's chat list with the mirror. Of a row that came twice the later change counts. */
export function compareChats(
  listed: readonly ChatListRecord[],
  known: readonly KnownChat[],
  isTrusted: Trust,
): ChatChanges {
  const latest = new Map<string, ChatListRecord>();
  for (const row of listed) {
    const before = latest.get(row.remoteId);
    if (before === undefined || before.updatedAt <= row.updatedAt) {
      latest.set(row.remoteId, row);
    }
  }
  const mirrored = new Map(known.map((chat) => [chat.remoteId, chat]));
  const toFetch = [...latest.values()].filter((row) => {
    const chat = mirrored.get(row.remoteId);
    return chat === undefined || !isTrusted(chat, row);
  });
  return {
    toFetch,
    unchanged: latest.size - toFetch.length,
    shown: [...latest.keys()],
    duplicates: listed.length - latest.size,
    missing: known
      .filter((chat) => !chat.isDeleted && !latest.has(chat.remoteId))
      .map((chat) => chat.remoteId),
  };
}

/** What a list of users means for the mirror. */
export interface UserChanges {
  /** Users whose chats must be looked at. */
  readonly toWalk: readonly string[];
  /** Living users of the mirror that the list does not show. */
  readonly missing: readonly string[];
}

/**
 * Compares the users of the server with the mirror. Looked at are those who are new, who are back, who did
 * something since `since`, or whose last activity is another one than was noted; all when `since` is undefined.
 */
export function compareUsers(
  listed: readonly UserRecord[],
  known: readonly KnownUser[],
  since: EpochSeconds | undefined,
): UserChanges {
  const mirrored = new Map(known.map((user) => [user.remoteId, user]));
  const alive = new Map(listed.map((user) => [user.remoteId, user]));
  return {
    toWalk: [...alive.values()]
      .filter((user) => since === undefined || isToWalk(user, mirrored.get(user.remoteId), since))
      .map((user) => user.remoteId),
    missing: known
      .filter((user) => !user.isDeleted && !alive.has(user.remoteId))
      .map((user) => user.remoteId),
  };
}

function isToWalk(user: UserRecord, known: KnownUser | undefined, since: EpochSeconds): boolean {
  if (known === undefined || known.isDeleted) {
    return true;
  }
  const { lastActiveAt } = user;
  return lastActiveAt !== undefined && (lastActiveAt >= since || lastActiveAt !== known.lastActiveAt);
}
