import { onTheWire, type HostileBehaviour } from './behaviour';
import { withObjects, withRows, type JsonRow } from './lists';
import { CHAT, CHAT_LIST, VERSION } from './places';

/** Beyond what a JavaScript number holds exactly. */
export const BIG_INTEGER = '9007199254740993';

/** Answers that are JSON, but not what the list or the object really is. */
export const ANSWER_BEHAVIOURS = {
  'page ignored': onTheWire('Answers every page of a list with the first one.', CHAT_LIST, {
    kind: 'misread',
    query: { page: '1', skip: '0' },
  }),
  'endless pages': onTheWire('Every page of a list is full of rows that were never seen.', CHAT_LIST, () =>
    inventing(60),
  ),
  'empty list': onTheWire('Answers a list with status 200 and no rows.', CHAT_LIST, {
    kind: 'rewrite',
    change: (body) => withRows(body, () => []),
  }),
  'short list': onTheWire('Leaves the first row of a list out, which is still there.', CHAT_LIST, {
    kind: 'rewrite',
    change: (body) => withRows(body, (rows) => rows.slice(1)),
  }),
  'wrong types': onTheWire('Every field but the ids has another type.', CHAT, {
    kind: 'rewrite',
    change: (body) => withObjects(body, withWrongTypes),
  }),
  'unusable ids': onTheWire('The rows of a list have no usable id.', CHAT_LIST, {
    kind: 'rewrite',
    change: (body) => withRows(body, (rows) => rows.map((row) => ({ ...row, id: { nested: true } }))),
  }),
  'duplicate ids': onTheWire('Repeats the rows of a list, the second time older.', CHAT_LIST, {
    kind: 'rewrite',
    change: (body) => withRows(body, (rows) => [...rows, ...rows.map(anHourOlder)]),
  }),
  'big integers': onTheWire('Counts of tokens beyond 2^53.', CHAT, {
    kind: 'retext',
    change: (text) => text.replace(/"prompt_tokens":\d+/g, `"prompt_tokens":${BIG_INTEGER}`),
  }),
  'broken JSON': onTheWire('A title or a comment has lost its quotes.', CHAT_LIST, {
    kind: 'retext',
    change: (text) => text.replace(/"(title|comment)":"([^"]+)"/, '"$1":$2'),
  }),
  'unknown fields': onTheWire('Every object carries fields that nobody knows.', '/api/', {
    kind: 'rewrite',
    change: (body) =>
      withObjects(body, (fields) => ('id' in fields ? { ...fields, ...UNKNOWN_FIELDS } : fields)),
  }),
  'another chat than asked for': onTheWire('Answers with a chat that has another id.', CHAT, {
    kind: 'rewrite',
    change: (body) => ({ ...(body as JsonRow), id: 'another-chat' }),
  }),
  'newer version that nobody knows': onTheWire('Calls itself 1.4.0.', VERSION, {
    kind: 'rewrite',
    change: (body) => ({ ...(body as JsonRow), version: '1.4.0' }),
  }),
  'older version than before': onTheWire('Calls itself 0.9.6.', VERSION, {
    kind: 'rewrite',
    change: (body) => ({ ...(body as JsonRow), version: '0.9.6' }),
  }),
} as const satisfies Record<string, HostileBehaviour>;

const UNKNOWN_FIELDS = {
  brand_new: true,
  deep: [{ unknown: null }],
  'odd name ✓': 1.5,
  role_of_row: 'none',
};

/** Fields whose names decide what a row is: their loss is another case. */
const KEPT = new Set(['id', 'chat', 'history', 'messages']);

function withWrongTypes(fields: JsonRow): JsonRow {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, KEPT.has(name) ? value : wrongType(value)]),
  );
}

function wrongType(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return 4711;
    case 'number':
      return { was: 'a number' };
    case 'boolean':
      return 'perhaps';
    default:
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : 'no list';
  }
}

function anHourOlder(row: JsonRow): JsonRow {
  return {
    ...row,
    title: 'Stale title',
    updated_at: typeof row['updated_at'] === 'number' ? row['updated_at'] - 3_600 : row['updated_at'],
  };
}

/** A full page of new rows at each request. */
function inventing(count: number): { kind: 'rewrite'; change: (body: unknown) => unknown } {
  let made = 0;
  return {
    kind: 'rewrite',
    change: (body) =>
      withRows(body, () =>
        Array.from({ length: count }, () => {
          made += 1;
          return {
            id: `invented-${made}`,
            title: 'Invented',
            updated_at: 1_700_000_000,
            created_at: 1_700_000_000,
          };
        }),
      ),
  };
}
