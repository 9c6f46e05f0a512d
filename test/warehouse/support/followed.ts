import assert from 'node:assert/strict';
import type { ClientBase } from 'pg';
import { openLocalMirror } from '../../../src/warehouse/push/localMirror';
import { outlivesRestore, TABLE_RULES } from '../../../src/warehouse/push/tableRules';
import { tablesOf } from './grepWarehouse';
import { columnsOf, ownRows, pushedRows, type TextRows } from './pushed';

export interface Expectation {
  /** The text of each message that was ever told, by its id on the server and the hash of its row. */
  readonly told: ReadonlyMap<string, string>;
  /** Texts that must be there as long as they are their messages', by the id on the server. */
  readonly kept: ReadonlyMap<string, string>;
  /** What must not be in any column. */
  readonly forbidden: readonly string[];
}

/** Tables in which a warehouse may hold more than the mirror. */
const mayHoldMore = (name: string): boolean => outlivesRestore(name) || name === 'sync_run_streams';

/**
 * That a warehouse holds what the mirror does, of what it let go only what still holds, and nothing that is forbidden.
 * @returns texts by the message's id on the server
 */
export async function assertFollowsMirror(
  client: ClientBase,
  root: string,
  { told, kept, forbidden }: Expectation,
): Promise<ReadonlyMap<string, string>> {
  const mirror = await openLocalMirror(root);
  try {
    for (const [name, { rows }] of Object.entries(TABLE_RULES)) {
      if (rows !== 'mirrorOnly') {
        const there = await pushedRows(client, name, columnsOf(mirror, name));
        const own = await ownRows(mirror, name);
        assert.deepEqual(mayHoldMore(name) ? common(there, own) : there, own, name);
      }
    }
  } finally {
    mirror.close();
  }
  await client.query(
    'SELECT count(*) FROM v_chats; SELECT count(*) FROM messages; SELECT count(*) FROM v_cost',
  );
  await assertNowhere(client, forbidden);
  const { rows } = await client.query<Record<'id' | 'hash', string> & { text: string | null }>(
    `SELECT m.remote_id AS id, m.row_hash AS hash, t.content AS text FROM message m LEFT JOIN message_text t ON t.id = m.id`,
  );
  const texts = new Map<string, string>();
  for (const { id, hash, text } of rows) {
    const current = told.get(`${id} ${hash}`);
    if (text !== null) {
      assert.equal(text, current, `the text of ${id} is that of its row`);
      texts.set(id, text);
    }
    if (current !== undefined && kept.get(id) === current) {
      assert.equal(text, current, `the text of ${id} stays`);
    }
  }
  return texts;
}

function common(there: TextRows, own: TextRows): TextRows {
  const known = new Set(own.map((row) => JSON.stringify(row)));
  return there.filter((row) => known.has(JSON.stringify(row)));
}

/** In no column of any table, the warehouse's own included. */
async function assertNowhere(client: ClientBase, texts: readonly string[]): Promise<void> {
  const tables = await tablesOf(client);
  const found = tables.map(
    (table) =>
      `SELECT '${table}' AS place, w AS word, t::text AS found FROM "${table}" t, unnest($1::text[]) w WHERE strpos(lower(t::text), lower(w)) > 0`,
  );
  const { rows } = await client.query(found.join(' UNION ALL '), [texts]);
  assert.deepEqual(rows, []);
}
