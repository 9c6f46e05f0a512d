import { TOKENIZER } from '../content/buildShard';
import { whileWritable } from '../reading/whileWritable';
import type { SqliteDatabase } from '../sqlite/sqlite';
import type { TextSource } from './compileQuery';

/** Titles of chats: `chats.id` and the title. */
export const TITLES: TextSource = { index: 'temp.search_title', texts: 'temp.search_title_text' };
/** Texts that stand in the database itself. */
export const INLINE: TextSource = { index: 'temp.search_inline', texts: 'temp.search_inline_text' };

/** Views lend their text to an index that keeps none of its own. */
const SCHEMA = `
  CREATE TEMP VIEW search_title_text AS SELECT id AS rowid, title AS content FROM main.chats WHERE title <> '';
  CREATE VIRTUAL TABLE temp.search_title USING fts4(
    content="search_title_text", content, tokenize=${TOKENIZER.name} ${TOKENIZER.options});
  INSERT INTO temp.search_title (search_title) VALUES ('rebuild');
  CREATE TEMP VIEW search_inline_text AS SELECT id AS rowid, content FROM main.message_text;
  CREATE VIRTUAL TABLE temp.search_inline USING fts4(
    content="search_inline_text", content, tokenize=${TOKENIZER.name} ${TOKENIZER.options});
  INSERT INTO temp.search_inline (search_inline) VALUES ('rebuild');
  CREATE VIRTUAL TABLE temp.search_words USING fts3tokenize(${TOKENIZER.name}, ${TOKENIZER.options});`;

const indexed = new WeakSet<SqliteDatabase>();

/**
 * Gives a reader's copy its temporary index of titles and inline text, at the first search of a file generation. The
 * copy is protected against writing, temporary tables included, so that is lifted meanwhile.
 */
export function ensureIndex(database: SqliteDatabase): void {
  if (indexed.has(database)) {
    return;
  }
  whileWritable(database, () => database.transaction(() => database.script(SCHEMA)));
  indexed.add(database);
}

/** Words of a text as the index has them. Needs {@link ensureIndex}. */
export function wordsOf(database: SqliteDatabase, text: string): string[] {
  return database
    .all<[string]>('SELECT token FROM temp.search_words WHERE input = ?', [text])
    .map(([word]) => word);
}
