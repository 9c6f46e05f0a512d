import { stamp, type RunContext, type Session } from './session';

/** No DISTINCT, which would make a table of its own for each chat. */
const REPEATED = `
  SELECT own.remote_id FROM message own
  WHERE own.chat_id = ? AND EXISTS (
    SELECT 1 FROM message other
    WHERE other.remote_id = own.remote_id AND other.chat_id <> own.chat_id AND other.instance_id = ?)`;

const REPEATED_OF_USER = `
  SELECT DISTINCT own.remote_id FROM chats mine JOIN message own ON own.chat_id = mine.id
  JOIN message other ON other.remote_id = own.remote_id AND other.user_id <> own.user_id
  WHERE mine.user_id = ? AND other.instance_id = ?`;

/** Of messages `m` with one id in chats `c`: the first counts, the others are its copies. */
export const COUNTING_FIRST = 'm.is_deleted, coalesce(c.created_at_epoch, m.created_at_epoch), c.id';

const OLDEST = `
  SELECT m.id FROM message m JOIN chats c ON c.id = m.chat_id
  WHERE m.remote_id = ? AND m.instance_id = ?
  ORDER BY ${COUNTING_FIRST} LIMIT 1`;

const MARK = `
  UPDATE message SET is_copy = (id <> ?), sync_datetime = ?, sync_datetime_epoch = ?
  WHERE remote_id = ? AND instance_id = ? AND is_copy <> (id <> ?)`;

/**
 * A cloned chat repeats message ids: only the message of the oldest living chat counts. Called after a chat's messages
 * have changed or were marked deleted, so it also holds when the older chat arrives later or goes.
 */
export function markCopies(session: Session, run: RunContext, chatId: number): void {
  const { database } = session;
  const repeated = database.all<[string]>(REPEATED, [chatId, run.instanceId]).map(([remoteId]) => remoteId);
  markCopiesOf(session, run.instanceId, repeated);
}

/** Lets each of these message ids count once in an instance. */
export function markCopiesOf(session: Session, instanceId: number, remoteIds: readonly string[]): void {
  const { database } = session;
  for (const remoteId of remoteIds) {
    const [oldest] = database.get<[number]>(OLDEST, [remoteId, instanceId]) ?? [0];
    database.run(MARK, [oldest, ...stamp(session), remoteId, instanceId, oldest]);
  }
}

/** Ids of a user's messages that others have copies of. @param userId `users.id` */
export function repeatedIds({ database }: Session, instanceId: number, userId: number): string[] {
  return database.all<[string]>(REPEATED_OF_USER, [userId, instanceId]).map(([remoteId]) => remoteId);
}
