import assert from 'node:assert/strict';
import type { ClientBase } from 'pg';
import { openLocalMirror, type LocalMirror } from '../../../src/warehouse/push/localMirror';
import { EMPTIED_COLUMNS, TABLE_RULES, UNPUSHED_ROWS } from '../../../src/warehouse/push/tableRules';
import type { SqliteDatabase } from '../../../src/store/sqlite/sqlite';

/** Rows as text, so that integers of any size compare: column by column, in the order of the mirror's columns. */
export type TextRows = readonly (readonly string[])[];

/** What the mirror has of a table that a warehouse should have, texts of sealed files included. */
export async function ownRows(mirror: LocalMirror, name: string): Promise<TextRows> {
  const columns = columnsOf(mirror, name);
  const emptied = EMPTIED_COLUMNS[name] ?? [];
  const list = columns.map((column) => (emptied.includes(column) ? 'NULL' : `"${column}"`)).join(', ');
  const unpushed = UNPUSHED_ROWS[name] ?? 'false';
  const rows = mirror.database.all(`SELECT ${list} FROM "${name}" WHERE (${unpushed}) IS NOT TRUE`);
  const sealed = name === 'message_text' ? await sealedTexts(mirror) : [];
  return sorted([...rows.map((row) => row.map(textOf)), ...sealed]);
}

async function sealedTexts(mirror: LocalMirror): Promise<TextRows> {
  const texts: string[][] = [];
  for (const { id, name } of mirror.shards) {
    await mirror.withShard(name, (shard: SqliteDatabase) => {
      for (const [message] of mirror.database.all<[number]>(
        `SELECT id FROM message WHERE content_shard = ${id}`,
      )) {
        const [text = ''] =
          shard.get<[string]>('SELECT content FROM message_text WHERE id = ?', [message]) ?? [];
        texts.push([textOf(message), textOf(text)]);
      }
      return Promise.resolve();
    });
  }
  return texts;
}

export function columnsOf({ tables }: LocalMirror, name: string): readonly string[] {
  const table = tables.find((one) => one.name === name);
  assert.ok(table !== undefined, name);
  return table.columns.map((column) => column.name);
}

/** What a warehouse has of a table. */
export async function pushedRows(
  client: ClientBase,
  name: string,
  columns: readonly string[],
): Promise<TextRows> {
  const { rows } = await client.query<unknown[]>({
    text: `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${name}"`,
    rowMode: 'array',
  });
  return sorted(rows.map((row) => row.map(textOf)));
}

/** That every table of a warehouse holds what the mirror has, and nothing else. */
export async function assertEqualToMirror(client: ClientBase, root: string): Promise<void> {
  const mirror = await openLocalMirror(root);
  try {
    for (const [name, { rows }] of Object.entries(TABLE_RULES)) {
      if (rows !== 'mirrorOnly') {
        const there = await pushedRows(client, name, columnsOf(mirror, name));
        assert.deepEqual(there, await ownRows(mirror, name), name);
      }
    }
  } finally {
    mirror.close();
  }
}

function textOf(cell: unknown): string {
  if (cell instanceof Uint8Array) {
    return `x'${Buffer.from(cell).toString('hex')}'`;
  }
  return String(cell).replaceAll('\0', '\u2400');
}

function sorted(rows: TextRows): TextRows {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
