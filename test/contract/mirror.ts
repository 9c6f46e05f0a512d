import { readFile } from 'node:fs/promises';
import path from 'node:path';
import initSqlJs, { type Database } from 'sql.js';
import { numberOf, textOf, type JsonObject } from './json';
import { sortedTags, tableNames, type Fields, type Picture, type Table, type TableName } from './picture';

/** Statements that bring each table to the form of a `Picture`: `key`, `is_deleted` and the compared columns. */
const statements: Readonly<Record<TableName, string>> = {
  users: `SELECT remote_id AS key, is_deleted, name, email, role, created_at_epoch AS createdAt FROM users`,
  chats: `SELECT c.remote_id AS key, c.is_deleted, u.remote_id AS user, c.title, c.created_at_epoch AS createdAt,
      c.updated_at_epoch AS updatedAt, c.archived, c.pinned, c.folder_id AS folder, c.tags,
      c.message_count AS messageCount
    FROM chats c JOIN users u ON u.id = c.user_id`,
  messages: `SELECT c.remote_id || '/' || m.remote_id AS key, m.is_deleted, p.remote_id AS parent, m.role,
      m.model_id AS model, m.created_at_epoch AS createdAt, m.input_tokens AS inputTokens,
      m.output_tokens AS outputTokens, m.rating, m.is_error AS isError,
      COALESCE(m.content, '') AS content
    FROM messages m JOIN chats c ON c.id = m.chat_id LEFT JOIN messages p ON p.id = m.parent_id`,
  chat_models: `SELECT c.remote_id || '/' || cm.model_id AS key, cm.is_deleted, cm.message_count AS messageCount
    FROM chat_models cm JOIN chats c ON c.id = cm.chat_id`,
  models: `SELECT model_id AS key, is_deleted, name, base_model_id AS base, is_active AS isActive, source
    FROM models`,
  knowledge_bases: `SELECT k.remote_id AS key, k.is_deleted, k.name, k.description, u.remote_id AS user,
      k.file_count AS fileCount
    FROM knowledge_bases k LEFT JOIN users u ON u.id = k.user_id`,
  files: `SELECT f.remote_id AS key, f.is_deleted, f.filename, f.content_type AS contentType, f.size,
      u.remote_id AS user, k.remote_id AS knowledgeBase
    FROM files f LEFT JOIN users u ON u.id = f.user_id
      LEFT JOIN knowledge_bases k ON k.id = f.knowledge_base_id`,
};

/** A sync's own record of itself. */
export interface Run {
  readonly kind: string | null;
  readonly trigger: string | null;
  readonly status: string | null;
  readonly error: string | null;
  readonly requests: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** What `openwebui_sync.db` says, read as any other program would read it. */
export interface Mirror {
  /** Rows that the server still has. */
  readonly live: Picture;
  /** Keys of rows that are marked as deleted. */
  readonly deleted: Readonly<Record<TableName, ReadonlySet<string>>>;
  /** Remote ids of chats that could not be read. */
  readonly quarantinedChats: ReadonlySet<string>;
  /** Oldest first. */
  readonly runs: readonly Run[];
  /** Local times beside the epochs they stand for, from every table that people read. */
  readonly times: readonly { readonly text: string | null; readonly epoch: number | null }[];
}

export async function readMirror(dataFolder: string): Promise<Mirror> {
  const SQL = await initSqlJs();
  const database = new SQL.Database(
    new Uint8Array(await readFile(path.join(dataFolder, 'openwebui_sync.db'))),
  );
  try {
    const rows = mapTables((table) => select(database, statements[table]));
    return {
      live: mapTables((table) => tableOf(rows[table].filter((row) => row['is_deleted'] === 0))),
      deleted: mapTables((table) => keysOf(rows[table].filter((row) => row['is_deleted'] === 1))),
      quarantinedChats: keysOf(
        select(database, `SELECT remote_id AS key FROM quarantine WHERE stream = 'chats' AND is_deleted = 0`),
      ),
      runs: select(database, 'SELECT * FROM sync_runs ORDER BY id').map(runOf),
      times: select(
        database,
        `SELECT created_at AS text, created_at_epoch AS epoch FROM messages
         UNION SELECT updated_at, updated_at_epoch FROM chats
         UNION SELECT created_at, created_at_epoch FROM users`,
      ).map((row) => ({ text: textOf(row['text']), epoch: numberOf(row['epoch']) })),
    };
  } finally {
    database.close();
  }
}

function mapTables<T>(make: (table: TableName) => T): Record<TableName, T> {
  return Object.fromEntries(tableNames.map((table) => [table, make(table)])) as Record<TableName, T>;
}

function select(database: Database, sql: string): JsonObject[] {
  const statement = database.prepare(sql);
  try {
    const rows: JsonObject[] = [];
    while (statement.step()) {
      rows.push(statement.getAsObject());
    }
    return rows;
  } finally {
    statement.free();
  }
}

function tableOf(rows: readonly JsonObject[]): Table {
  return new Map(rows.map((row) => [String(row['key']), fieldsOf(row)]));
}

function fieldsOf(row: JsonObject): Fields {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => column !== 'key' && column !== 'is_deleted')
      .map(([column, value]) => [
        column,
        column === 'tags' ? tagsOf(value) : (textOf(value) ?? numberOf(value)),
      ]),
  );
}

/** The column holds a JSON array. */
function tagsOf(value: unknown): string {
  const tags: unknown = JSON.parse(textOf(value) ?? '[]');
  return sortedTags(Array.isArray(tags) ? tags : []);
}

function keysOf(rows: readonly JsonObject[]): Set<string> {
  return new Set(rows.map((row) => String(row['key'])));
}

function runOf(row: JsonObject): Run {
  return {
    kind: textOf(row['kind']),
    trigger: textOf(row['trigger']),
    status: textOf(row['status']),
    error: textOf(row['error']),
    requests: numberOf(row['requests']) ?? 0,
    inserted: numberOf(row['inserted']) ?? 0,
    updated: numberOf(row['updated']) ?? 0,
    deleted: numberOf(row['deleted']) ?? 0,
  };
}
