import { openRoomy } from '../sqlite/roomyDatabase';

/** `OWUT` in the header of each shard. */
const SHARD_APPLICATION_ID = 0x4f575554;

/** How texts are taken apart into words: all indexes, and whoever looks for words in them, must agree. */
export const TOKENIZER = { name: 'unicode61', options: '"remove_diacritics=2"' } as const;

/** Text, and an index of its words that takes the text itself from the table beside it. */
const SCHEMA = `
  PRAGMA application_id = ${SHARD_APPLICATION_ID};
  CREATE TABLE message_text (id INTEGER PRIMARY KEY, content TEXT NOT NULL);
  CREATE VIRTUAL TABLE message_search USING fts4(
    content="message_text", content, tokenize=${TOKENIZER.name} ${TOKENIZER.options});`;

/** The text of one message. */
export interface MessageText {
  /** `message.id`. */
  readonly id: number;
  /** UTF-8. */
  readonly content: Uint8Array;
}

/** A shard that is not on disk yet. */
export interface BuiltShard {
  readonly image: Uint8Array;
  readonly messageCount: number;
  /** UTF-8, without the index. */
  readonly textBytes: number;
}

/** Room for the file of 50 MB of text with its index; a larger one grows by copying. */
const USUAL_BYTES = 96 * 1024 * 1024;

/** Puts texts into the image of a new shard. sql.js must be loaded. */
export function buildShard(texts: Iterable<MessageText>): BuiltShard {
  const database = openRoomy(undefined, USUAL_BYTES);
  try {
    database.script(SCHEMA);
    const counts = { messageCount: 0, textBytes: 0 };
    database.transaction(() => {
      for (const { id, content } of texts) {
        database.run('INSERT INTO message_text (id, content) VALUES (?, CAST(? AS TEXT))', [id, content]);
        counts.messageCount++;
        counts.textBytes += content.length;
      }
      database.run(`INSERT INTO message_search (message_search) VALUES ('rebuild')`);
    });
    return { image: database.export(), ...counts };
  } finally {
    database.close();
  }
}
