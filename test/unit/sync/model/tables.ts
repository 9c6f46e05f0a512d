import type { Cell } from '../../../../src/store/resultSet';
import type { Row } from '../../../../src/store/sqlite/sqlite';
import { openPublished } from '../../store/published';

/** The mirrored tables that are held against the server, under the names of their streams. */
export const TABLES = [
  'users',
  'groups',
  'chats',
  'messages',
  'feedback',
  'models',
  'knowledge_bases',
  'files',
] as const;
export type TableName = (typeof TABLES)[number];

export type Fields = Readonly<Record<string, Cell>>;

/** One row of the mirror. `facts` is what counts as a change of it, `derived` follows from other rows. */
export interface MirrorRow {
  readonly isDeleted: boolean;
  readonly facts: Fields;
  readonly derived: Fields;
}

/** A whole mirror as somebody reads it from the newest file generation, by table and by the server's ids. */
export interface MirrorImage {
  /** Number of the file generation; 0 = nothing published yet. */
  readonly generation: number;
  readonly tables: Readonly<Record<TableName, ReadonlyMap<string, MirrorRow>>>;
  /** Deletions that wait for a person: why, by stream and id. */
  readonly held: Readonly<Record<TableName, ReadonlyMap<string, string>>>;
  /** Chats that are set aside. */
  readonly quarantined: ReadonlySet<string>;
  /** Users of instance 2, in the order in which they came. */
  readonly others: readonly string[];
}

interface TableQuery {
  /** Selects key, is_deleted, facts, derived, in that order. */
  readonly from: string;
  readonly key: string;
  readonly isDeleted: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly derived?: Readonly<Record<string, string>>;
}

const TIMES = { createdAt: 't.created_at_epoch', updatedAt: 't.updated_at_epoch' };
const OWNED = 'LEFT JOIN users u ON u.id = t.user_id';

/** The columns under the names that the expectation uses. */
const QUERIES: Readonly<Record<TableName, TableQuery>> = {
  users: {
    from: 'users t',
    key: 't.remote_id',
    isDeleted: 't.is_deleted',
    facts: { name: 't.name', email: 't.email', role: 't.role', ...TIMES },
    derived: { lastActiveAt: 't.last_active_at_epoch' },
  },
  groups: {
    from: 'user_groups t',
    key: 't.remote_id',
    isDeleted: 't.is_deleted',
    facts: { name: 't.name', description: 't.description', ...TIMES },
    derived: {
      memberCount: 't.member_count',
      members: `(SELECT json_group_array(remote_id) FROM (SELECT u.remote_id FROM group_members g
        JOIN users u ON u.id = g.user_id WHERE g.group_id = t.id AND g.is_deleted = 0 ORDER BY 1))`,
    },
  },
  chats: {
    from: `chats t ${OWNED}`,
    key: 't.remote_id',
    isDeleted: 't.is_deleted',
    facts: {
      owner: 'u.remote_id',
      title: 't.title',
      archived: 't.archived',
      pinned: 't.pinned',
      folder: 't.folder_id',
      share: 't.share_id',
      tags: 't.tags',
      currentId: 't.current_message_id',
      ...TIMES,
    },
    derived: { messageCount: 't.message_count' },
  },
  messages: {
    from: `messages t JOIN chats c ON c.id = t.chat_id JOIN users u ON u.id = t.user_id
      LEFT JOIN message p ON p.id = t.parent_id`,
    key: "c.remote_id || '/' || t.remote_id",
    isDeleted: 't.is_deleted',
    facts: {
      owner: 'u.remote_id',
      parent: 'p.remote_id',
      role: 't.role',
      model: 't.model_id',
      createdAt: 't.created_at_epoch',
      createdAtSource: 't.created_at_source',
      inputTokens: 't.input_tokens',
      outputTokens: 't.output_tokens',
      cachedTokens: 't.cached_tokens',
      reasoningTokens: 't.reasoning_tokens',
      usageDialect: 't.usage_dialect',
      durationMs: 't.duration_ms',
      outputMs: 't.output_ms',
      rating: 't.rating',
      isError: 't.is_error',
      isDone: 't.is_done',
      isArena: 't.is_arena',
      isActive: 't.is_active_branch',
      images: 't.dropped_images',
      files: 't.file_count',
      citations: 't.citation_count',
      toolCalls: 't.tool_call_count',
      content: 't.content',
    },
    derived: { contentChars: 't.content_chars' },
  },
  feedback: {
    from: `feedback t ${OWNED}`,
    key: 't.remote_id',
    isDeleted: 't.is_deleted',
    facts: {
      user: 'u.remote_id',
      chat: 't.chat_remote_id',
      message: 't.message_remote_id',
      model: 't.model_id',
      siblings: 't.sibling_model_ids',
      rating: 't.rating',
      score: 't.score',
      reason: 't.reason',
      comment: 't.comment',
      tags: 't.tags',
      isArena: 't.is_arena',
      ...TIMES,
    },
  },
  models: {
    from: 'models t',
    key: 't.model_id',
    isDeleted: 't.is_deleted',
    facts: {
      name: 't.name',
      base: 't.base_model_id',
      owner: 't.owner',
      source: 't.source',
      isActive: 't.is_active',
      ...TIMES,
    },
  },
  knowledge_bases: {
    from: `knowledge_bases t ${OWNED}`,
    key: 't.remote_id',
    isDeleted: 't.is_deleted',
    facts: { name: 't.name', description: 't.description', owner: 'u.remote_id', ...TIMES },
    derived: { fileCount: 't.file_count' },
  },
  files: {
    from: `files t ${OWNED} LEFT JOIN knowledge_bases k ON k.id = t.knowledge_base_id`,
    key: 't.remote_id',
    isDeleted: 't.is_deleted',
    facts: { name: 't.filename', type: 't.content_type', size: 't.size', owner: 'u.remote_id', ...TIMES },
    derived: { base: 'k.remote_id' },
  },
};

type Rows = (sql: string) => Row[];

/** Reads instance 1 from the newest file generation of a data folder. */
export async function readMirror(folder: string): Promise<MirrorImage> {
  const database = await openPublished(folder);
  const rows = (sql: string): Row[] => database.all(sql);
  try {
    const tables = emptyTables<Map<string, MirrorRow>>(() => new Map());
    for (const table of TABLES) {
      tables[table] = readTable(rows, QUERIES[table]);
    }
    const [[generation] = []] = rows("SELECT value FROM meta WHERE key = 'generation'");
    const quarantined = rows('SELECT remote_id FROM quarantine WHERE instance_id = 1 AND is_deleted = 0');
    const others = rows('SELECT remote_id FROM users WHERE instance_id = 2 ORDER BY id');
    return {
      generation: Number(generation),
      tables,
      held: readHeld(rows),
      quarantined: new Set(quarantined.map(([id]) => String(id))),
      others: others.map(([id]) => String(id)),
    };
  } finally {
    database.close();
  }
}

function readHeld(rows: Rows): MirrorImage['held'] {
  const held = emptyTables<Map<string, string>>(() => new Map());
  for (const [stream, id, reason] of rows(
    'SELECT stream, remote_id, reason FROM held_deletions WHERE instance_id = 1 AND is_deleted = 0',
  )) {
    held[stream as TableName].set(String(id), String(reason));
  }
  return held;
}

function readTable(rows: Rows, query: TableQuery): Map<string, MirrorRow> {
  const { from, key, isDeleted, facts, derived = {} } = query;
  const columns = [key, isDeleted, ...Object.values(facts), ...Object.values(derived)];
  const factNames = Object.keys(facts);
  return new Map(
    rows(`SELECT ${columns.join(', ')} FROM ${from} WHERE t.instance_id = 1`).map(
      ([id, deleted, ...values]) => [
        String(id),
        {
          isDeleted: deleted === 1,
          facts: zip(factNames, values),
          derived: zip(Object.keys(derived), values.slice(factNames.length)),
        },
      ],
    ),
  );
}

function zip(names: readonly string[], values: readonly Cell[]): Fields {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}

/** Of what nothing was published yet. */
export function emptyMirror(): MirrorImage {
  const none = { tables: emptyTables(() => new Map()), held: emptyTables(() => new Map()) };
  return { generation: 0, ...none, quarantined: new Set(), others: [] };
}

/** Something for each table. */
export function emptyTables<T>(make: () => T): Record<TableName, T> {
  return Object.fromEntries(TABLES.map((table) => [table, make()])) as Record<TableName, T>;
}
