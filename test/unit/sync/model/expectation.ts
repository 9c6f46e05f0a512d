import { messagesOf } from '../../../../src/sample/messageTree';
import type { SampleChat, SampleMessage } from '../../../../src/sample/model';
import type { SampleWorld } from '../../../../src/sample/world';
import type { Fields, MirrorRow, TableName } from './tables';

/** Ids of rows by table; a message's is its chat's and its own. */
export type Ids = Readonly<Record<TableName, ReadonlySet<string>>>;

type Expected = Readonly<Record<string, Fields[string] | Choice>>;

/** Some of several values are right, or all others are. */
interface Choice {
  readonly allows: (value: Fields[string]) => boolean;
  readonly words: string;
}

/** What a mirror must hold of a server: the rows by table and id; columns that are not named may hold anything. */
export interface Expectation {
  readonly tables: Readonly<Record<TableName, ReadonlyMap<string, Expected>>>;
  /** Rows that the server has but does not serve: as they were mirrored last, or absent. */
  readonly unservable: (table: TableName, key: string) => boolean;
}

/** The server's own truth, put into the mirror's words without any of the product's code. */
export function expectationOf(world: SampleWorld): Expectation {
  const readable = world.chats.all().filter((chat) => !chat.unreadable);
  const tables: Expectation['tables'] = {
    users: keyed(world.users.all(), ({ id, name, email, role, createdAt, updatedAt, lastActiveAt }) => [
      id,
      // The account that syncs is active all the time.
      { name, email, role, createdAt, updatedAt, ...(role === 'admin' ? {} : { lastActiveAt }) },
    ]),
    groups: keyed(world.users.groups(), ({ id, name, description, userIds, createdAt, updatedAt }) => [
      id,
      {
        ...{ name, description, createdAt, updatedAt },
        memberCount: userIds.length,
        members: JSON.stringify(userIds.toSorted()),
      },
    ]),
    chats: keyed(readable, (chat) => [chat.id, chatFields(chat)]),
    messages: new Map(readable.flatMap(messageRows)),
    feedback: keyed(world.chats.feedback(), ({ id, annotation, ...row }) => [
      id,
      {
        ...{ user: row.userId, chat: row.chatId, message: row.messageId, model: row.modelId },
        ...{ rating: annotation.rating, score: annotation.details.rating, reason: annotation.reason },
        ...{ comment: textOrNull(annotation.comment), tags: JSON.stringify(annotation.tags) },
        ...{ createdAt: row.createdAt, updatedAt: row.updatedAt },
      },
    ]),
    models: modelRows(world),
    knowledge_bases: keyed(world.library.knowledge(), ({ id, userId, fileIds, ...base }) => [
      id,
      {
        ...{ name: base.name, description: base.description, owner: userId, fileCount: fileIds.length },
        ...{ createdAt: base.createdAt, updatedAt: base.updatedAt },
      },
    ]),
    files: keyed(world.library.files(), ({ id, filename, contentType, size, userId, ...file }) => [
      id,
      {
        ...{ name: filename, type: contentType, size, owner: userId, base: baseOf(world, id) },
        ...{ createdAt: file.createdAt, updatedAt: file.updatedAt },
      },
    ]),
  };
  return { tables, unservable: unservableOf(world) };
}

/** Everything that the server has, served or not. */
export function idsOf(world: SampleWorld): Ids {
  const { tables } = expectationOf(world);
  const all = Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, new Set(rows.keys())]),
  );
  const messages = world.chats
    .all()
    .flatMap(({ id, body }) => messagesOf(body).map((own) => `${id}/${own.id}`));
  const chats = world.chats.all().map(({ id }) => id);
  return { ...(all as Record<TableName, Set<string>>), chats: new Set(chats), messages: new Set(messages) };
}

function chatFields(chat: SampleChat): Expected {
  return {
    owner: chat.userId,
    title: chat.title,
    archived: Number(chat.archived),
    pinned: Number(chat.pinned),
    folder: chat.folderId,
    share: chat.shareId,
    tags: JSON.stringify(chat.tags),
    createdAt: chat.createdAt,
    updatedAt: chat.updatedAt,
    messageCount: messagesOf(chat.body).length,
    ...(endOf(chat) === undefined ? {} : { currentId: endOf(chat)?.id ?? null }),
  };
}

/** The shown end; undefined where the chat names none and the mirror may choose. */
function endOf({ body }: SampleChat): SampleMessage | undefined {
  const messages = messagesOf(body);
  return body.kind === 'tree' ? messages.find(({ id }) => id === body.currentId) : undefined;
}

function messageRows(chat: SampleChat): [string, Expected][] {
  const messages = new Map(messagesOf(chat.body).map((message) => [message.id, message]));
  const end = endOf(chat);
  const shown = new Set<string>();
  for (let next = end; next !== undefined; next = messages.get(next.parentId ?? '')) {
    shown.add(next.id);
  }
  return [...messages.values()].map((message) => [
    `${chat.id}/${message.id}`,
    {
      owner: chat.userId,
      parent: messages.get(message.parentId ?? '')?.id ?? null,
      role: message.role,
      model: (message['selectedModelId'] as string | undefined) ?? message.model ?? null,
      createdAt: message.timestamp ?? null,
      ...tokensOf(message.usage ?? {}),
      rating: message.annotation?.rating ?? null,
      isError: Number(message.error !== undefined),
      isDone: Number(message.done !== false),
      isArena: Number(message['arena'] === true),
      content: message.content as string,
      ...(end === undefined ? {} : { isActive: Number(shown.has(message.id)) }),
    },
  ]);
}

/** By the names of three providers; a usage of the test holds those of one. */
function tokensOf(usage: Readonly<Record<string, unknown>>): Expected {
  const named = (names: readonly string[]): number | null =>
    names.map((name) => usage[name] as number | undefined).find((value) => value !== undefined) ?? null;
  return {
    inputTokens: named(['input_tokens', 'prompt_tokens', 'prompt_eval_count']),
    outputTokens: named(['output_tokens', 'completion_tokens', 'eval_count']),
  };
}

/** What people made, and what providers offer as long as nobody changed it. */
function modelRows({ library }: SampleWorld): Map<string, Expected> {
  const offered = keyed(library.providerModels(), ({ id, name, ownedBy }) => [
    id,
    { name, base: null, owner: ownedBy, source: 'provider', isActive: 1, createdAt: null, updatedAt: null },
  ]);
  const made = keyed(
    library.models(),
    ({ id, name, baseModelId, userId, isActive, createdAt, updatedAt }) => [
      id,
      {
        ...{ name, base: baseModelId, owner: userId, source: 'workspace', isActive: Number(isActive) },
        ...{ createdAt, updatedAt },
      },
    ],
  );
  return new Map([...offered, ...made]);
}

/** One of the bases that a file belongs to; of none, the last one it had may stay as long as that is gone. */
function baseOf({ library }: SampleWorld, fileId: string): Choice {
  const living = library.knowledge().map(({ id }) => id);
  const own = library.knowledge().flatMap(({ id, fileIds }) => (fileIds.includes(fileId) ? [id] : []));
  return own.length > 0
    ? { allows: (id) => own.includes(String(id)), words: `one of ${own.join(', ')}` }
    : { allows: (id) => !living.includes(String(id)), words: 'no living base' };
}

function unservableOf(world: SampleWorld): Expectation['unservable'] {
  const damaged = new Set(world.chats.all().flatMap(({ id, unreadable }) => (unreadable ? [id] : [])));
  const people = new Set(world.users.all().map(({ id }) => id));
  const ratings = world.chats.feedback().filter(({ userId }) => !people.has(userId));
  // From 0.7 on no list shows the ratings of people who are gone, though they are still there.
  const orphans = new Set(ratings.map(({ id }) => id));
  return (table, key) => (table === 'feedback' ? orphans.has(key) : damaged.has(chatOf(table, key) ?? ''));
}

/** The chat that a row of `chats` or `messages` belongs to. */
export function chatOf(table: TableName, key: string): string | undefined {
  return table === 'chats' || table === 'messages' ? key.split('/')[0] : undefined;
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}

function keyed<T>(rows: readonly T[], entry: (row: T) => [string, Expected]): Map<string, Expected> {
  return new Map(rows.map(entry));
}

/** The columns of a row that are not as expected, each with both values. */
export function wrongFields(row: MirrorRow, expected: Expected, ignored: readonly string[]): string[] {
  const held: Fields = { ...row.facts, ...row.derived };
  return Object.entries(expected).flatMap(([name, right]) => {
    const value = held[name] ?? null;
    const isRight = isChoice(right) ? right.allows(value) : right === value;
    const words = isChoice(right) ? right.words : JSON.stringify(right);
    return isRight || ignored.includes(name) ? [] : [`${name} is ${JSON.stringify(value)}, not ${words}`];
  });
}

function isChoice(right: Expected[string] | undefined): right is Choice {
  return typeof right === 'object' && right !== null && 'allows' in right;
}
