import type { MessageSourceRecord } from '../records';
import { hashedSources } from './messageHash';
import { stamp, type RunContext, type Session } from './session';

const INSERT = `
  INSERT INTO message_sources (message_id, kind, use, remote_id, times, instance_id, sync_datetime, sync_datetime_epoch)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const MARK = `
  UPDATE message_sources SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
  WHERE message_id = ? AND is_deleted = 0`;
const MARK_CHAT = `
  UPDATE message_sources SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
  WHERE message_id IN (SELECT id FROM message WHERE chat_id = ?) AND is_deleted = 0`;

type SourceRow = readonly [
  messageId: number,
  kind: MessageSourceRecord['kind'],
  use: MessageSourceRecord['use'],
  remoteId: string,
  times: number,
];

/** Writes what a new message uses. */
export function insertSources(
  session: Session,
  { instanceId }: RunContext,
  messageId: number,
  sources: readonly MessageSourceRecord[],
): void {
  for (const { kind, use, remoteId, times } of sources) {
    session.database.run(INSERT, [messageId, kind, use, remoteId, times, instanceId, ...stamp(session)]);
  }
}

/** Makes these all that a message uses. */
export function replaceSources(
  session: Session,
  run: RunContext,
  messageId: number,
  sources: readonly MessageSourceRecord[],
): void {
  session.database.run('DELETE FROM message_sources WHERE message_id = ?', [messageId]);
  insertSources(session, run, messageId, sources);
}

export function markSourcesDeleted(session: Session, messageId: number): void {
  session.database.run(MARK, [...stamp(session), messageId]);
}

/** @param chatId `chats.id` */
export function markSourcesOfChatDeleted(session: Session, chatId: number): void {
  session.database.run(MARK_CHAT, [...stamp(session), chatId]);
}

/** {@link hashedSources} as an instance's rows have them, by message. */
export function storedSources({ database }: Session, instanceId: number): Map<number, readonly string[]> {
  const sources = new Map<number, MessageSourceRecord[]>();
  for (const [messageId, kind, use, remoteId, times] of database.all<SourceRow>(
    'SELECT message_id, kind, use, remote_id, times FROM message_sources WHERE instance_id = ?',
    [instanceId],
  )) {
    const known = sources.get(messageId) ?? [];
    known.push({ kind, use, remoteId, times });
    sources.set(messageId, known);
  }
  return new Map([...sources].map(([messageId, records]) => [messageId, hashedSources(records)]));
}
