import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from './json';
import { expectedMessages } from './messageRules';
import { listCell, type Cell, type Fields, type Picture } from './picture';

const day = 86_400;
const sourceTables = [
  'user',
  'group',
  'group_member',
  'chat',
  'feedback',
  'model',
  'knowledge',
  'knowledge_file',
  'file',
];

/** Where the server keeps its rows, and a Python that can read them while it runs. */
export interface ServerDatabase {
  readonly file: string;
  readonly python: string;
}

type Dump = Readonly<Record<string, readonly JsonObject[]>>;

/** What a complete mirror has to hold, taken from the server's own database. */
export async function readTruth(database: ServerDatabase): Promise<Picture> {
  const script = path.join(__dirname, 'dumpTables.py');
  const { stdout } = await promisify(execFile)(database.python, [script, database.file, ...sourceTables], {
    maxBuffer: 256 * 1024 * 1024,
  });
  const dump = parseDump(JSON.parse(stdout));
  const chats = rowsOf(dump, 'chat').filter(isOwnersChat);
  const messages = new Map(chats.map((row) => [key(row['id']), messagesOf(row)]));
  return {
    users: byId(rowsOf(dump, 'user'), userFields),
    ...groups(dump),
    chats: byId(chats, (row) => chatFields(row, messages.get(key(row['id']))?.size ?? 0)),
    messages: flatten(messages),
    chat_models: flatten(new Map([...messages].map(([id, tree]) => [id, countModels(tree)]))),
    feedback: byId(rowsOf(dump, 'feedback'), feedbackFields),
    models: byId(rowsOf(dump, 'model'), modelFields),
    ...library(dump),
  };
}

function parseDump(value: unknown): Dump {
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([table, rows]) => [table, listOf(rows).filter(isObject)]),
  );
}

/** Share copies stand among the chats up to 0.8; internal chats (from 0.11) are shown to nobody. */
function isOwnersChat(row: JsonObject): boolean {
  return !key(row['user_id']).startsWith('shared-') && objectOf(parse(row['meta']))['internal'] !== true;
}

function messagesOf(row: JsonObject): Map<string, Fields> {
  return expectedMessages({
    chat: objectOf(parse(row['chat'])),
    createdAt: numberOf(row['created_at']) ?? 0,
    latest: Date.now() / 1000 + day,
  });
}

function countModels(messages: ReadonlyMap<string, Fields>): Map<string, Fields> {
  const counts = new Map<string, Fields>();
  for (const { model } of messages.values()) {
    if (typeof model === 'string') {
      counts.set(model, { messageCount: Number(counts.get(model)?.['messageCount'] ?? 0) + 1 });
    }
  }
  return counts;
}

function userFields(row: JsonObject): Fields {
  return {
    name: textOf(row['name']),
    email: textOf(row['email']),
    role: textOf(row['role']),
    createdAt: numberOf(row['created_at']),
  };
}

/** Who belongs to which group stands in a table of its own from 0.7, inside the group before. */
function groups(dump: Dump): Pick<Picture, 'user_groups' | 'group_members'> {
  const rows = rowsOf(dump, 'group');
  // Up to 0.9 the members of a dissolved group stay behind in their table.
  const isThere = (id: unknown): boolean => rows.some((row) => row['id'] === id);
  const members = [
    ...rowsOf(dump, 'group_member')
      .filter((row) => isThere(row['group_id']))
      .map((row) => [key(row['group_id']), key(row['user_id'])] as const),
    ...rows.flatMap((row) =>
      listOf(parse(row['user_ids'])).map((userId) => [key(row['id']), key(userId)] as const),
    ),
  ];
  return {
    user_groups: byId(rows, (row) => ({
      name: textOf(row['name']),
      description: textOf(row['description']),
      memberCount: members.filter(([group]) => group === row['id']).length,
      createdAt: numberOf(row['created_at']),
      updatedAt: numberOf(row['updated_at']),
    })),
    group_members: new Map(members.map(([group, user]) => [`${group}/${user}`, {}])),
  };
}

/** What `data` and `meta` of a rating say; thumbs may be numbers or texts. */
function feedbackFields(row: JsonObject): Fields {
  const data = objectOf(parse(row['data']));
  const meta = objectOf(parse(row['meta']));
  const rating = Number(data['rating']);
  return {
    author: textOf(row['user_id']),
    chat: textOf(meta['chat_id']),
    message: textOf(meta['message_id']),
    model: textOf(data['model_id']),
    siblings: listCell(listOf(data['sibling_model_ids'])),
    rating: Math.abs(rating) === 1 ? rating : null,
    score: numberOf(objectOf(data['details'])['rating']),
    reason: textOf(data['reason']),
    comment: textOf(data['comment']),
    tags: listCell(listOf(data['tags'])),
    isArena: flag(meta['arena']),
    createdAt: numberOf(row['created_at']),
    updatedAt: numberOf(row['updated_at']),
  };
}

function chatFields(row: JsonObject, messageCount: number): Fields {
  return {
    user: textOf(row['user_id']),
    title: textOf(row['title']),
    createdAt: numberOf(row['created_at']),
    updatedAt: numberOf(row['updated_at']),
    archived: flag(row['archived']),
    pinned: flag(row['pinned']),
    folder: textOf(row['folder_id']),
    tags: listCell(listOf(objectOf(parse(row['meta']))['tags'])),
    messageCount,
  };
}

function modelFields(row: JsonObject): Fields {
  return {
    name: textOf(row['name']),
    base: textOf(row['base_model_id']),
    isActive: flag(row['is_active']),
  };
}

/** Which file belongs to which base stands in a table of its own from 0.7, inside the base before. */
function library(dump: Dump): Pick<Picture, 'knowledge_bases' | 'files'> {
  const bases = rowsOf(dump, 'knowledge');
  const members = [
    ...rowsOf(dump, 'knowledge_file').map((row) => [key(row['file_id']), key(row['knowledge_id'])] as const),
    ...bases.flatMap((row) =>
      listOf(objectOf(parse(row['data']))['file_ids']).map((id) => [key(id), key(row['id'])] as const),
    ),
  ];
  const baseOf = new Map(members);
  return {
    knowledge_bases: byId(bases, (row) => ({
      name: textOf(row['name']),
      description: textOf(row['description']),
      user: textOf(row['user_id']),
      fileCount: members.filter(([, base]) => base === row['id']).length,
    })),
    files: byId(rowsOf(dump, 'file'), (row) => {
      const meta = objectOf(parse(row['meta']));
      return {
        filename: textOf(row['filename']),
        contentType: textOf(meta['content_type']),
        size: numberOf(meta['size']),
        user: textOf(row['user_id']),
        knowledgeBase: baseOf.get(key(row['id'])) ?? null,
      };
    }),
  };
}

function rowsOf(dump: Dump, table: string): readonly JsonObject[] {
  return dump[table] ?? [];
}

function byId(rows: readonly JsonObject[], fields: (row: JsonObject) => Fields): Map<string, Fields> {
  return new Map(rows.map((row) => [key(row['id']), fields(row)]));
}

function flatten(nested: ReadonlyMap<string, ReadonlyMap<string, Fields>>): Map<string, Fields> {
  return new Map(
    [...nested].flatMap(([outer, inner]) => [...inner].map(([id, f]) => [`${outer}/${id}`, f] as const)),
  );
}

function key(id: unknown): string {
  return typeof id === 'string' ? id : String(id);
}

/** JSON columns come as text from SQLite. */
function parse(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

function flag(value: unknown): Cell {
  return value === true || value === 1 ? 1 : 0;
}
