import * as l10n from '@vscode/l10n';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { COUNTING_FIRST } from '../writer/copies';

/** Numbers that follow from others, and the living chats for which they do not. */
interface DerivedNumber {
  /** As a sentence names it. */
  readonly name: () => string;
  /** Ids of chats, once or more often. */
  readonly wrong: string;
}

const ANSWERS = `
  SELECT m.chat_id, m.model_id, count(*) AS message_count FROM message m JOIN chats c ON c.id = m.chat_id
  WHERE c.is_deleted = 0 AND m.is_deleted = 0 AND m.role <> 'user' AND m.model_id IS NOT NULL GROUP BY 1, 2`;
const STORED_ANSWERS = `
  SELECT a.chat_id, a.model_id, a.message_count FROM chat_models a JOIN chats c ON c.id = a.chat_id
  WHERE c.is_deleted = 0 AND a.is_deleted = 0`;

const DERIVED: readonly DerivedNumber[] = [
  {
    name: () => l10n.t('The number of messages'),
    wrong: `SELECT c.id FROM chats c WHERE c.is_deleted = 0 AND c.message_count <>
      (SELECT count(*) FROM message m WHERE m.chat_id = c.id AND m.is_deleted = 0)`,
  },
  {
    name: () => l10n.t('The list of models'),
    wrong: `SELECT chat_id FROM (SELECT * FROM (${ANSWERS}) EXCEPT ${STORED_ANSWERS})
      UNION SELECT chat_id FROM (${STORED_ANSWERS} EXCEPT SELECT * FROM (${ANSWERS}))`,
  },
  {
    name: () => l10n.t('What counts as a copy of another chat'),
    wrong: `SELECT w.chat_id FROM (
        SELECT m.chat_id, m.is_copy, c.is_deleted, row_number() OVER (
          PARTITION BY m.instance_id, m.remote_id ORDER BY ${COUNTING_FIRST}) AS place
        FROM message m JOIN chats c ON c.id = m.chat_id
      ) w WHERE w.is_deleted = 0 AND w.is_copy <> (w.place > 1)`,
  },
];

/** A derived number that does not agree with what it is derived from. */
export interface WrongNumber {
  readonly name: string;
  /** `chats.id` */
  readonly chats: readonly number[];
}

/** Compares derived numbers with what they are derived from; reads all rows of messages. */
export function wrongNumbers(database: SqliteDatabase): WrongNumber[] {
  return DERIVED.map(({ name, wrong }) => ({
    name: name(),
    chats: [...new Set(database.all<[number]>(wrong).map(([id]) => id))],
  })).filter(({ chats }) => chats.length > 0);
}
