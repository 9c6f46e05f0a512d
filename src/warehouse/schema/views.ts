import { DIALECTS } from '../../reports/dialect';

/**
 * The statement that makes a view of the mirror in the current schema: the same definition in PostgreSQL's words.
 * @param sql as SQLite's schema holds it
 */
export function createView(sql: string): string {
  return DIALECTS.postgres.finish(sql.replace(/^CREATE VIEW/u, 'CREATE OR REPLACE VIEW'));
}
