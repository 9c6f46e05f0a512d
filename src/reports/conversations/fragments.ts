import chats from './chats.sql';
import sitting from './sitting.sql';

/** Puts the tables `picked` and `chat` of a span in place of `{{chats}}`: for statements about both spans. */
export function withChatsOfSpan(sql: string): string {
  return sql.replaceAll('{{chats}}', chats.trim());
}

/** The same for the chats of the period. */
export function withChats(sql: string): string {
  return withChatsOfSpan(sql).replaceAll('{{in_span(', '{{in_period(');
}

/** Puts the table `sitting` in place of `{{sitting}}`. */
export function withSittings(sql: string): string {
  return sql.replaceAll('{{sitting}}', sitting.trim());
}
