import account from './account.sql';
import engaged from './engaged.sql';
import habit from './habit.sql';
import newcomer from './newcomer.sql';
import segment from './segment.sql';

/** Tables that statements about people begin with, by the placeholder that stands for them. */
const TABLES = { habit, account, newcomer, segment, engaged } as const;

/** Puts the shared tables in place of their names: `{{habit}}`, `{{account}}` and so on. */
export function withPeople(sql: string): string {
  return Object.entries(TABLES).reduce(
    (text, [name, table]) => text.replaceAll(`{{${name}}}`, table.trim()),
    sql,
  );
}
