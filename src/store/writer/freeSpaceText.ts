import type { ContentShards } from '../content/contentShards';
import { TextFileError } from '../errors';
import { dateOfDay, monthsBefore, type FreeUpItem, type RetentionPolicy } from '../retention/retention';
import type { Session } from './session';

/** Condition on the message `m`: older than the local day `?`, and once there was text. */
export const TEXT_BEFORE = 'm.day < ? AND m.content_chars > 0';
/** The same without what is in shards. */
export const INLINE_TEXT_BEFORE = `m.id IN (SELECT id FROM message_text) AND ${TEXT_BEFORE}`;

const SHARDED = `FROM message m WHERE ${TEXT_BEFORE} AND m.content_shard IS NOT NULL`;

/** The local day from which on text is kept; undefined: all of it is. */
export function textKeptFrom(
  session: Session,
  { textMonths }: Pick<RetentionPolicy, 'textMonths'>,
): number | undefined {
  return textMonths === 0 ? undefined : monthsBefore(session.localTime(session.now()).day, textMonths);
}

/** How much text a policy leaves no place for. */
export function spentText(session: Session, shards: ContentShards, policy: RetentionPolicy): FreeUpItem {
  const from = textKeptFrom(session, policy);
  if (from === undefined) {
    return { kind: 'text', rows: 0, bytes: 0 };
  }
  const [inline, inlineBytes] = session.database.get<[number, number]>(
    `SELECT count(*), coalesce(sum(octet_length(t.content)), 0)
     FROM message_text t JOIN message m ON m.id = t.id WHERE ${TEXT_BEFORE}`,
    [from],
  ) ?? [0, 0];
  const sealed = concernedShards(session, from);
  return {
    kind: 'text',
    rows: sealed.reduce((sum, { spent }) => sum + spent, inline),
    bytes: sealed.reduce((sum, shard) => sum + bytesIn(session, shards, shard, from), inlineBytes),
    olderThan: dateOfDay(from),
  };
}

interface ConcernedShard {
  readonly id: number;
  readonly name: string;
  /** Texts in the file, and their UTF-8. */
  readonly held: number;
  readonly textBytes: number;
  /** Messages whose text would go. */
  readonly spent: number;
}

function concernedShards({ database }: Session, from: number): ConcernedShard[] {
  return database
    .all<[number, string, number, number, number]>(
      `SELECT s.id, s.name, s.message_count, s.text_bytes, count(*)
       FROM content_shards s JOIN (SELECT m.content_shard AS shard ${SHARDED}) ON shard = s.id GROUP BY s.id`,
      [from],
    )
    .map(([id, name, held, textBytes, spent]) => ({ id, name, held, textBytes, spent }));
}

/** A shard whose messages are all concerned need not be opened; of one that cannot be read the part is a guess. */
function bytesIn(
  { database }: Session,
  shards: ContentShards,
  { id, name, held, textBytes, spent }: ConcernedShard,
  from: number,
): number {
  if (spent === held) {
    return textBytes;
  }
  const ids = new Set(
    database.all<[number]>(`SELECT m.id ${SHARDED} AND m.content_shard = ?`, [from, id]).map(([row]) => row),
  );
  try {
    return shards
      .shard(name)
      .all<[number, number]>('SELECT id, octet_length(content) FROM message_text')
      .reduce((sum, [messageId, bytes]) => sum + (ids.has(messageId) ? bytes : 0), 0);
  } catch (error) {
    if (error instanceof TextFileError) {
      return Math.round((textBytes * spent) / held);
    }
    throw error;
  }
}
