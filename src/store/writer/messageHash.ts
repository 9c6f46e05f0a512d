import type { MessageSourceRecord } from '../records';
import type { SqliteDatabase, Value } from '../sqlite/sqlite';
import { rowHash } from './session';

/** What the server told of a message beside its text, in the order in which it is hashed; the rest of a row is derived. */
export const FACT_COLUMNS = [
  ...['user_id', 'role', 'model_id', 'created_at_epoch', 'created_at_source'],
  ...['input_tokens', 'output_tokens', 'cached_tokens', 'reasoning_tokens', 'usage_dialect'],
  ...['duration_ms', 'output_ms', 'rating', 'is_error', 'is_done', 'is_arena', 'is_active_branch'],
  ...['dropped_images', 'file_count', 'citation_count', 'tool_call_count'],
];

const STORED = `
  SELECT m.row_hash, ${FACT_COLUMNS.map((column) => `m.${column}`).join(', ')}, parent.remote_id
  FROM main.message m LEFT JOIN main.message parent ON parent.id = m.parent_id WHERE m.id = ?`;
const SOURCES = 'SELECT kind, use, remote_id, times FROM main.message_sources WHERE message_id = ?';

/**
 * Values of a message's row hash; none where it uses nothing, so that hashes of before there were sources stay. Whoever
 * has sources has another hash than then: they are written as soon as the message is read again.
 */
export function hashedSources(sources: readonly MessageSourceRecord[]): readonly string[] {
  return sources.map(({ kind, use, remoteId, times }) => `${kind} ${use} ${times} ${remoteId}`).sort();
}

/** The row hash of a message whose text is kept. @param facts its {@link FACT_COLUMNS} and its parent's remote id */
export function hashWithText(facts: readonly Value[], sources: readonly string[], text: string): string {
  return rowHash([...facts, ...sources], text);
}

/** The same where no text is kept: its length stands for it, so that an edit is seen and no hash tells of the text. */
export function hashWithoutText(
  facts: readonly Value[],
  sources: readonly string[],
  characters: number,
): string {
  return rowHash([...facts, characters, ...sources]);
}

/**
 * Whether a text is the one that a stored message had when it was written last, also where it was let go since; undefined:
 * that is not known, of a message that is not there or is to be fetched again.
 */
export function isTextOf(database: SqliteDatabase, messageId: number, text: string): boolean | undefined {
  const [hash = '', ...facts] = database.get<[hash: string, ...facts: Value[]]>(STORED, [messageId]) ?? [];
  if (hash === '') {
    return undefined;
  }
  const sources = database
    .all<[MessageSourceRecord['kind'], MessageSourceRecord['use'], string, number]>(SOURCES, [messageId])
    .map(([kind, use, remoteId, times]) => ({ kind, use, remoteId, times }));
  return hashWithText(facts, hashedSources(sources), text) === hash;
}
