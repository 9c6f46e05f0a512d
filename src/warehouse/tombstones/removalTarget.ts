import type { ClientBase } from 'pg';
import { removalStatement, type RemovalStep } from '../../store/writer/removalStep';
import { DIGEST_COLUMN } from '../schema/tables';

type Parameter = string | number | null;

/** A warehouse that something is removed from. */
export interface RemovalTarget {
  readonly client: ClientBase;
  /** Its tables with hashes of rows, which are made of what rows held. */
  readonly hashed: ReadonlySet<string>;
}

const NO_DIGEST = `${DIGEST_COLUMN} = NULL`;
const NO_HASHES = `row_hash = '', ${NO_DIGEST}`;

/** A warehouse in the connection's schema. */
export async function removalTarget(client: ClientBase): Promise<RemovalTarget> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.table_name::text AS name FROM information_schema.columns c
     JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
     WHERE c.table_schema = current_schema() AND c.column_name = 'row_hash' AND t.table_type = 'BASE TABLE'`,
  );
  return { client, hashed: new Set(rows.map(({ name }) => name)) };
}

/**
 * Does a step of the mirror in a warehouse. Rows that lose something lose their digest too, which is made of what they held:
 * where the mirror has them the push writes them anew.
 * @param statement makes the statement of a step @param parameters as its numbers say
 */
export async function removeIn(
  { client, hashed }: RemovalTarget,
  { table, rows, set }: RemovalStep,
  parameters: readonly Parameter[],
  statement: (step: RemovalStep) => string = removalStatement,
): Promise<void> {
  const forgotten = hashed.has(table) ? NO_HASHES : NO_DIGEST;
  const step = set === undefined ? { table, rows } : { table, rows, set: `${set}, ${forgotten}` };
  await client.query(numbered(statement(step)), [...parameters]);
}

/** All hashes of an instance's rows: short texts could be guessed by them. */
export async function forgetHashes({ client, hashed }: RemovalTarget, instanceId: number): Promise<void> {
  for (const table of hashed) {
    await client.query(`UPDATE ${table} SET ${NO_HASHES} WHERE instance_id = $1`, [instanceId]);
  }
}

/** `?1` is `$1` in PostgreSQL. */
function numbered(sql: string): string {
  return sql.replaceAll(/\?(?=\d)/gu, '$');
}
