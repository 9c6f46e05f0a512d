/** SQLite's words that cannot stand for a name without quotes. */
const RESERVED: ReadonlySet<string> = new Set(
  `add all alter and as autoincrement between case check collate commit constraint create cross current_date
  current_time current_timestamp default deferrable delete distinct drop else escape except exists foreign from group
  having in index indexed inner insert intersect into is isnull join left limit natural not notnull null on or order
  outer primary references returning right select set table then to transaction union unique update using values when
  where with`.split(/\s+/),
);

/** A name as it can stand in a statement. */
export function quoted(name: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) && !RESERVED.has(name.toLowerCase());
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}
