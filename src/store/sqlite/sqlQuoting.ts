/** SQLite's words that cannot stand for a name without quotes. */
const RESERVED: ReadonlySet<string> = new Set(
  `add all alter and as autoincrement between case check collate commit constraint create cross current_date
  current_time current_timestamp default deferrable delete distinct drop else escape except exists foreign from group
  having in index indexed inner insert intersect into is isnull join left limit natural not notnull null on or order
  outer primary references returning right select set table then to transaction union unique update using values when
  where with`.split(/\s+/),
);

/** A name as people write it in a statement: plain where that is possible. */
export function nameInSql(name: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) && !RESERVED.has(name.toLowerCase());
  return isPlain ? name : quotedName(name);
}

/** A name that can be anything. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Whether SQLite reads a text as a number, and JavaScript as the same one. */
export function isNumberInSql(text: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}
