import type { Client } from 'pg';

/** Days that a copy lies further back than the one before it: what the generated mirrors span. */
const DAYS_APART = 730;

/**
 * Writes chats and messages of a warehouse so many times over in all, each copy under ids of its own and further back in time,
 * as a history that grew for years has them. Text is not copied. Statistics are made anew.
 */
export async function copyRows(client: Client, copies: number): Promise<void> {
  const ids = await client.query<{ chat: string; message: string }>(
    'SELECT MAX(c.id) AS chat, (SELECT MAX(m.id) FROM message m) AS message FROM chats c',
  );
  const { chat = '0', message = '0' } = ids.rows[0] ?? {};
  for (let copy = 1; copy < copies; copy += 1) {
    const shift = { chat: Number(chat) * copy, message: Number(message) * copy, days: DAYS_APART * copy };
    await client.query(await insertOf(client, 'chats', CHAT_CHANGES, copy, shift, Number(chat)));
    await client.query(await insertOf(client, 'message', MESSAGE_CHANGES, copy, shift, Number(message)));
  }
  await client.query('VACUUM ANALYZE chats, message');
}

interface Shift {
  readonly chat: number;
  readonly message: number;
  readonly days: number;
}

type Change = (shift: Shift) => string;

/** What differs in a copy, by column. */
const CHAT_CHANGES: Readonly<Record<string, Change>> = {
  id: ({ chat }) => `id + ${chat}`,
  created_at_epoch: ({ days }) => `created_at_epoch - ${days * 86_400}`,
  updated_at_epoch: ({ days }) => `updated_at_epoch - ${days * 86_400}`,
};

const MESSAGE_CHANGES: Readonly<Record<string, Change>> = {
  id: ({ message }) => `id + ${message}`,
  chat_id: ({ chat }) => `chat_id + ${chat}`,
  parent_id: ({ message }) => `parent_id + ${message}`,
  day: ({ days }) => `day - ${days}`,
  created_at_epoch: ({ days }) => `created_at_epoch - ${days * 86_400}`,
  content_shard: () => 'NULL',
};

async function insertOf(
  client: Client,
  table: string,
  changes: Readonly<Record<string, Change>>,
  copy: number,
  shift: Shift,
  last: number,
): Promise<string> {
  const { rows } = await client.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  const columns = rows.map(({ column_name: name }) => name);
  const unique = (name: string): string => (name === 'remote_id' ? `remote_id || '-${copy}'` : name);
  const selected = columns.map((name) => changes[name]?.(shift) ?? unique(name));
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${selected.join(', ')} FROM ${table} WHERE id <= ${last}`;
}
