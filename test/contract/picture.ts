/** What a cell holds once both sides are brought to the same form. */
export type Cell = string | number | null;
export type Fields = Readonly<Record<string, Cell>>;
/** Rows by a key that is the same on both sides. */
export type Table = ReadonlyMap<string, Fields>;

export const tableNames = [
  'users',
  'user_groups',
  'group_members',
  'chats',
  'messages',
  'chat_models',
  'feedback',
  'models',
  'knowledge_bases',
  'files',
] as const;
export type TableName = (typeof tableNames)[number];

/** The state of a server or of its mirror at one moment: what exists, without what was deleted. */
export type Picture = Readonly<Record<TableName, Table>>;

const shownDifferences = 25;
const shownCharacters = 120;

/**
 * Row by row, in words; empty when both agree.
 * @param ignored columns that may differ
 */
export function differences(expected: Table, actual: Table, ignored: readonly string[] = []): string[] {
  const lines: string[] = [];
  for (const [key, fields] of expected) {
    const found = actual.get(key);
    lines.push(
      ...(found === undefined ? [`${key}: missing`] : fieldDifferences(key, fields, found, ignored)),
    );
  }
  lines.push(
    ...[...actual.keys()].filter((key) => !expected.has(key)).map((key) => `${key}: not on the server`),
  );
  return lines;
}

function fieldDifferences(
  key: string,
  expected: Fields,
  actual: Fields,
  ignored: readonly string[],
): string[] {
  return Object.entries(expected)
    .filter(([column, value]) => !ignored.includes(column) && actual[column] !== value)
    .map(([column, value]) => `${key}: ${column} is ${show(actual[column])}, on the server ${show(value)}`);
}

/** @throws Error that lists the first differences. */
export function assertSame(expected: Table, actual: Table, ignored: readonly string[] = []): void {
  failOn(differences(expected, actual, ignored));
}

/** @throws Error that names the keys which only one side has. */
export function assertSameKeys(expected: ReadonlySet<string>, actual: ReadonlySet<string>): void {
  failOn([
    ...[...expected].filter((key) => !actual.has(key)).map((key) => `${key}: not marked`),
    ...[...actual]
      .filter((key) => !expected.has(key))
      .map((key) => `${key}: marked, but still on the server`),
  ]);
}

/** The rows whose key is not left out. */
export function without(table: Table, isLeftOut: (key: string) => boolean): Table {
  return new Map([...table].filter(([key]) => !isLeftOut(key)));
}

/** A list as one cell; servers keep tags and the like in no particular order. */
export function listCell(values: readonly unknown[]): string {
  return values.map(String).sort().join(', ');
}

function failOn(lines: readonly string[]): void {
  if (lines.length > 0) {
    const more = lines.length > shownDifferences ? `\n… and ${lines.length - shownDifferences} more` : '';
    throw new Error(`${lines.length} differences:\n${lines.slice(0, shownDifferences).join('\n')}${more}`);
  }
}

function show(value: Cell | undefined): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
