import { rowsOf, type ReportReader } from '../resultSet';
import { nameInSql, quotedText } from '../sqlite/sqlQuoting';
import type { SchemaTable } from './schemaTypes';

/** Views that hold some or all of the messages, by the condition that says which: one walk over an index counts them all. */
const OF_MESSAGES: Readonly<Record<string, string>> = {
  messages: 'TRUE',
  messages_counted: 'is_copy = 0',
  v_turns: "role = 'user'",
  v_generations: "role = 'assistant'",
  v_cost: "role = 'assistant' AND is_copy = 0",
  v_list_cost: "role = 'assistant' AND is_copy = 0",
};

/** Further views that are counted quickly, by what has as many rows. Others would have to be worked out as a whole. */
const AS_MANY_AS: Readonly<Record<string, string>> = {
  chat_tags: 'chat_tags',
  stream_freshness: 'stream_freshness',
  v_sources: 'message_sources',
  v_model_bases: 'v_model_bases',
};

/** Rows of tables, and of those views that are counted quickly, by name; in one statement. @throws NoDatabaseError, SqlError */
export async function countRows(
  reader: Pick<ReportReader, 'query'>,
  tables: readonly SchemaTable[],
): Promise<ReadonlyMap<string, number>> {
  const names = new Set(tables.map(({ name }) => name));
  const message = tables.find(({ name }) => name === 'message');
  const ofMessages = isAsExpected(message)
    ? Object.entries(OF_MESSAGES).filter(([name]) => names.has(name))
    : [];
  const counted = new Set(ofMessages.map(([name]) => name));
  const counts = tables.flatMap(({ name, kind }): readonly string[] => {
    if (counted.has(name)) {
      return [`SELECT ${quotedText(name)} AS name, ${nameInSql(name)} AS row_count FROM of_messages`];
    }
    const source = kind === 'table' ? name : AS_MANY_AS[name];
    return source === undefined || !names.has(source)
      ? []
      : [`SELECT ${quotedText(name)} AS name, COUNT(*) AS row_count FROM main.${nameInSql(source)}`];
  });
  if (counts.length === 0) {
    return new Map();
  }
  const sums = ofMessages.map(([name, which]) => `COUNT(*) FILTER (WHERE ${which}) AS ${nameInSql(name)}`);
  const once =
    sums.length === 0
      ? ''
      : `WITH of_messages AS MATERIALIZED (SELECT ${sums.join(', ')} FROM main.message)\n`;
  const rows = rowsOf(await reader.query(once + counts.join('\nUNION ALL\n')));
  return new Map(rows.map((row) => [String(row['name']), Number(row['row_count'])]));
}

function isAsExpected(message: SchemaTable | undefined): boolean {
  const columns = new Set(message?.columns.map(({ name }) => name));
  return columns.has('role') && columns.has('is_copy');
}
