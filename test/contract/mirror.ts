import { readFile } from 'node:fs/promises';
import path from 'node:path';
import initSqlJs, { type Database } from 'sql.js';
import { numberOf, textOf, type JsonObject } from './json';
import { totalNames, type TotalName, type Totals } from './totals';
import { listCell, tableNames, type Fields, type Picture, type Table, type TableName } from './picture';

/** Statements that bring each table to the form of a `Picture`: `key`, `is_deleted` and the compared columns. */
const statements: Readonly<Record<TableName, string>> = {
  users: `SELECT remote_id AS key, is_deleted, name, email, role, created_at_epoch AS createdAt FROM users`,
  user_groups: `SELECT remote_id AS key, is_deleted, name, description, member_count AS memberCount,
      created_at_epoch AS createdAt, updated_at_epoch AS updatedAt
    FROM user_groups`,
  group_members: `SELECT g.remote_id || '/' || u.remote_id AS key, m.is_deleted
    FROM group_members m JOIN user_groups g ON g.id = m.group_id JOIN users u ON u.id = m.user_id`,
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
  feedback: `SELECT f.remote_id AS key, f.is_deleted, u.remote_id AS author, f.chat_remote_id AS chat,
      f.message_remote_id AS message, f.model_id AS model, f.sibling_model_ids AS siblings, f.rating, f.score,
      f.reason, f.comment, f.tags, f.is_arena AS isArena, f.created_at_epoch AS createdAt,
      f.updated_at_epoch AS updatedAt
    FROM feedback f LEFT JOIN users u ON u.id = f.user_id`,
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

/** The same for sums: `key` and `value`. */
const totalStatements: Readonly<Record<TotalName, string>> = {
  messagesByRole: `SELECT role AS key, COUNT(*) AS value FROM messages WHERE is_deleted = 0 GROUP BY role`,
  messagesByModel: `SELECT model_id AS key, COUNT(*) AS value FROM messages
    WHERE is_deleted = 0 AND model_id IS NOT NULL GROUP BY model_id`,
  inputTokensByModel: `SELECT model_id AS key, SUM(input_tokens) AS value FROM messages
    WHERE is_deleted = 0 AND input_tokens IS NOT NULL GROUP BY model_id`,
  outputTokensByModel: `SELECT model_id AS key, SUM(output_tokens) AS value FROM messages
    WHERE is_deleted = 0 AND output_tokens IS NOT NULL GROUP BY model_id`,
  ratingsByModel: `SELECT model_id || CASE rating WHEN 1 THEN ' up' ELSE ' down' END AS key, COUNT(*) AS value
    FROM messages WHERE is_deleted = 0 AND rating IS NOT NULL GROUP BY 1`,
  feedbackByModel: `SELECT model_id || CASE rating WHEN 1 THEN ' up' ELSE ' down' END AS key, COUNT(*) AS value
    FROM feedback WHERE is_deleted = 0 AND rating IS NOT NULL GROUP BY 1`,
  // A copied chat repeats its messages' ids: its tokens were spent once.
  tokensSpent: `SELECT 'input' AS key, SUM(input_tokens) AS value FROM messages_counted WHERE is_deleted = 0
    UNION ALL SELECT 'output', SUM(output_tokens) FROM messages_counted WHERE is_deleted = 0`,
};

const lastStreams = `SELECT stream, status, error_code AS code FROM sync_run_streams
  WHERE sync_run_id = (SELECT MAX(id) FROM sync_runs)`;

/** Columns that hold a JSON array. */
const listColumns: readonly string[] = ['tags', 'siblings'];

/** A sync's own record of itself. */
export interface Run {
  readonly kind: string | null;
  /** `complete`: it looked at everybody. */
  readonly walk: string | null;
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
  /** What became of each stream in the last run, and why. */
  readonly streams: ReadonlyMap<string, { readonly status: string | null; readonly code: string | null }>;
  /** Sums by the statements that people type. */
  readonly totals: Totals;
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
      streams: new Map(select(database, lastStreams).map((row) => [String(row['stream']), streamOf(row)])),
      totals: Object.fromEntries(
        totalNames.map((name) => [name, sumsOf(select(database, totalStatements[name]))]),
      ) as Totals,
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
        listColumns.includes(column) ? listOfJson(value) : (textOf(value) ?? numberOf(value)),
      ]),
  );
}

function listOfJson(value: unknown): string {
  const values: unknown = JSON.parse(textOf(value) ?? '[]');
  return listCell(Array.isArray(values) ? values : []);
}

function keysOf(rows: readonly JsonObject[]): Set<string> {
  return new Set(rows.map((row) => String(row['key'])));
}

function streamOf(row: JsonObject): { status: string | null; code: string | null } {
  return { status: textOf(row['status']), code: textOf(row['code']) };
}

function sumsOf(rows: readonly JsonObject[]): ReadonlyMap<string, number> {
  return new Map(rows.map((row) => [String(row['key']), numberOf(row['value']) ?? 0]));
}

function runOf(row: JsonObject): Run {
  return {
    kind: textOf(row['kind']),
    walk: textOf(row['walk']),
    trigger: textOf(row['trigger']),
    status: textOf(row['status']),
    error: textOf(row['error']),
    requests: numberOf(row['requests']) ?? 0,
    inserted: numberOf(row['inserted']) ?? 0,
    updated: numberOf(row['updated']) ?? 0,
    deleted: numberOf(row['deleted']) ?? 0,
  };
}
