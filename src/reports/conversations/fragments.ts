import chats from './chats.sql';
import sitting from './sitting.sql';

/**
 * Puts the table `chat`, the chats of the period, in place of `{{chats(column, ...)}}`. Columns are those of `v_chats`; what
 * is not named is not read.
 */
export function withChats(sql: string): string {
  return sql.replace(/\{\{chats\(([^)]*)\)\}\}/gu, (_, columns: string) =>
    chats.trim().replace('{{columns}}', columns.replace(/\w+/gu, 'v.$&')),
  );
}

/** Puts the table `sitting` in place of `{{sitting}}`. */
export function withSittings(sql: string): string {
  return sql.replaceAll('{{sitting}}', sitting.trim());
}
