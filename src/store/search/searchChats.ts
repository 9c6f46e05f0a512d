import * as l10n from '@vscode/l10n';
import type { ContentShards } from '../content/contentShards';
import { namedShards } from '../content/namedShards';
import { TextFileError } from '../errors';
import { PRIVACY, PRIVACY_MODES } from '../instances/privacy';
import type { SqliteDatabase, Value } from '../sqlite/sqlite';
import { compileQuery, type CompiledQuery, type TextSource } from './compileQuery';
import { markFinder, snippetOf, type MarkFinder } from './findMarks';
import { MessageFacts, newestOf, type FoundMessage } from './messageFacts';
import { parseQuery } from './parseQuery';
import { ensureIndex, INLINE, TITLES, wordsOf } from './searchIndex';
import {
  DEFAULT_SEARCH_LIMIT,
  MAX_SEARCH_LIMIT,
  type SearchHit,
  type SearchRequest,
  type SearchResult,
} from './searchTypes';

/** Said when there is nothing that could be searched. */
export const nothingToSearch = (): string =>
  l10n.t('There is no text to search: the privacy mode keeps neither messages nor titles.');

const IN_SHARD: TextSource = { index: 'message_search', texts: 'message_text' };

/** Where message text lies: in the shard of that `content_shards.id`, or, with 0, in the database itself. */
interface Place {
  readonly shardId: number;
  readonly database: SqliteDatabase;
  readonly source: TextSource;
}

/** A hit's place in the order, before anything else is read of it. */
interface Found extends FoundMessage {
  readonly place: Place;
}

interface FoundInPlace {
  readonly newest: readonly Found[];
  readonly total: number;
}

/**
 * Looks for a query in the titles of chats and the text of messages. Titles come first, then messages, in each the
 * newest first: whoever remembers a title wants the chat, and of messages the last one is looked for most.
 * A damaged shard costs its own results and is told as a warning.
 * @param database the reader's copy; it gets its index at the first search
 */
export function searchChats(
  database: SqliteDatabase,
  shards: ContentShards,
  request: SearchRequest,
): SearchResult {
  if (keepsNoText(database, request.instanceId)) {
    return { hits: [], total: 0, needles: [], warnings: [nothingToSearch()] };
  }
  ensureIndex(database);
  const query = compileQuery(parseQuery(request.text, request.isTyping), (text) => wordsOf(database, text));
  if (query === undefined) {
    return { hits: [], total: 0, needles: [], warnings: [] };
  }
  const limit = Math.min(Math.max(Math.floor(request.limit ?? DEFAULT_SEARCH_LIMIT), 1), MAX_SEARCH_LIMIT);
  const find = markFinder(query.needles);
  const titles = findTitles(database, query, request, limit, find);
  const { places, warnings } = placesOf(database, shards);
  const found = places.map((place) => findMessages(database, place, query, request, limit));
  const newest = newestOf(
    found.flatMap((inPlace) => inPlace.newest),
    limit - titles.hits.length,
  );
  return {
    hits: [...titles.hits, ...newest.map((hit) => messageHit(database, hit, find))],
    total: found.reduce((sum, { total }) => sum + total, titles.total),
    needles: query.needles,
    warnings,
  };
}

/** Opens all shards that a search will read; quicker than one after the other. */
export async function openForSearch(database: SqliteDatabase, shards: ContentShards): Promise<void> {
  await shards.openAhead(namedShards(database).map(({ name }) => name));
}

/** Modes whose mirror may hold text: what a later mode excludes is not shown, wherever it might still stand. */
const TEXT_MODES = PRIVACY_MODES.filter((mode) => PRIVACY[mode].keepsText)
  .map((mode) => `'${mode}'`)
  .join(', ');

function keepsNoText(database: SqliteDatabase, instanceId: number | undefined): boolean {
  const { sql, values } = all([{ sql: 'TRUE' }, { sql: 'id = ?', value: instanceId }]);
  const [instances, withText] = database.get<[number, number]>(
    `SELECT count(*), count(*) FILTER (WHERE privacy IN (${TEXT_MODES})) FROM main.instances WHERE ${sql}`,
    values,
  ) ?? [0, 0];
  return instances > 0 && withText === 0;
}

/** The places that can be read, and sentences on those that cannot. */
function placesOf(
  database: SqliteDatabase,
  shards: ContentShards,
): { readonly places: readonly Place[]; readonly warnings: readonly string[] } {
  const places: Place[] = [{ shardId: 0, database, source: INLINE }];
  const warnings: string[] = [];
  for (const { id, name } of namedShards(database)) {
    try {
      places.push({ shardId: id, database: shards.shard(name), source: IN_SHARD });
    } catch (error) {
      if (!(error instanceof TextFileError)) {
        throw error;
      }
      warnings.push(error.message);
    }
  }
  return { places, warnings };
}

interface Filter {
  readonly sql: string;
  /** Undefined while the condition has no question mark, or none is asked for. */
  readonly value?: Value | undefined;
}

/** All conditions that are asked for. */
function all(filters: readonly Filter[]): { readonly sql: string; readonly values: readonly Value[] } {
  const asked = filters.filter(({ sql, value }) => value !== undefined || !sql.includes('?'));
  return {
    sql: asked.map(({ sql }) => sql).join(' AND '),
    values: asked.flatMap(({ value }) => (value === undefined ? [] : [value])),
  };
}

/** Ids that a source gives for the query, as a JSON array. */
function matchingIds(database: SqliteDatabase, source: TextSource, query: CompiledQuery): string {
  const { sql, values } = query.idsIn(source);
  return database.get<[string]>(sql, values)?.[0] ?? '[]';
}

const CHAT_TIME = 'coalesce(c.updated_at_epoch, c.created_at_epoch, 0)';

type HitRow = readonly [
  instanceId: number,
  instance: string,
  chatId: number,
  title: string | null,
  user: string | null,
  time: string | null,
  isDeleted: number,
];

const TITLE_COLUMNS = `i.id, i.name, c.id, c.title, u.name, coalesce(c.updated_at, c.created_at), c.is_deleted`;

function findTitles(
  database: SqliteDatabase,
  query: CompiledQuery,
  request: SearchRequest,
  limit: number,
  find: MarkFinder | undefined,
): { readonly hits: readonly SearchHit[]; readonly total: number } {
  if (request.role !== undefined) {
    return { hits: [], total: 0 };
  }
  const filters = all([
    { sql: `i.privacy IN (${TEXT_MODES})` },
    { sql: 'c.instance_id = ?', value: request.instanceId },
    { sql: 'c.user_id = ?', value: request.userId },
    { sql: `${CHAT_TIME} >= ?`, value: request.since },
    { sql: `${CHAT_TIME} < ?`, value: request.until },
  ]);
  const matches = `FROM json_each(?) h CROSS JOIN main.chats c ON c.id = h.value
    JOIN main.instances i ON i.id = c.instance_id LEFT JOIN main.users u ON u.id = c.user_id
    WHERE ${filters.sql}`;
  const values = [matchingIds(database, TITLES, query), ...filters.values];
  const rows = database.all<HitRow>(
    `SELECT ${TITLE_COLUMNS} ${matches} ORDER BY ${CHAT_TIME} DESC, c.id DESC LIMIT ${limit}`,
    values,
  );
  return {
    hits: rows.map((row) => ({
      ...hitOf(row),
      messageId: undefined,
      role: undefined,
      model: undefined,
      snippet: snippetOf(row[3] ?? '', find),
    })),
    total: countOf(database, matches, values),
  };
}

function findMessages(
  database: SqliteDatabase,
  place: Place,
  query: CompiledQuery,
  request: SearchRequest,
  limit: number,
): FoundInPlace {
  const ids = JSON.parse(matchingIds(place.database, place.source, query)) as number[];
  // A shard keeps what was changed or removed since it was sealed: only what its message still names counts.
  const filter = { ...request, shardId: place.shardId, instanceIds: instancesWithText(database, request) };
  const { newest, total } = MessageFacts.of(database).newest(ids, filter, limit);
  return { newest: newest.map((found) => ({ ...found, place })), total };
}

function instancesWithText(database: SqliteDatabase, { instanceId }: SearchRequest): ReadonlySet<number> {
  const ids = database
    .all<[number]>(`SELECT id FROM main.instances WHERE privacy IN (${TEXT_MODES})`)
    .map(([id]) => id);
  return new Set(ids.filter((id) => instanceId === undefined || id === instanceId));
}

function countOf(database: SqliteDatabase, matches: string, values: readonly Value[]): number {
  return database.get<[number]>(`SELECT count(*) ${matches}`, values)?.[0] ?? 0;
}

const MESSAGE = `
  SELECT i.id, i.name, c.id, c.title, u.name, m.created_at, m.is_deleted, m.role, m.model_id
  FROM main.message m JOIN main.chats c ON c.id = m.chat_id JOIN main.instances i ON i.id = m.instance_id
  LEFT JOIN main.users u ON u.id = c.user_id WHERE m.id = ?`;

type MessageRow = readonly [...HitRow, role: string, model: string | null];

function messageHit(database: SqliteDatabase, { id, place }: Found, find: MarkFinder | undefined): SearchHit {
  const row = database.get<MessageRow>(MESSAGE, [id]);
  if (row === undefined) {
    throw new Error(`Message ${id} has no chat`);
  }
  const [instanceId, instance, chatId, title, user, time, isDeleted, role, model] = row;
  const [text] = place.database.get<[string]>(`SELECT content FROM ${place.source.texts} WHERE rowid = ?`, [
    id,
  ]) ?? [''];
  return {
    ...hitOf([instanceId, instance, chatId, title, user, time, isDeleted]),
    messageId: id,
    role,
    model: model ?? undefined,
    snippet: snippetOf(text, find),
  };
}

function hitOf([instanceId, instance, chatId, title, user, time, isDeleted]: HitRow) {
  return {
    instanceId,
    instance,
    chatId,
    title: title ?? undefined,
    user: user ?? undefined,
    time: time ?? undefined,
    isDeleted: isDeleted === 1,
  };
}
