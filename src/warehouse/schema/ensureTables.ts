import type { ClientBase } from 'pg';
import * as l10n from '@vscode/l10n';
import { SCHEMA_VERSION } from '../../store/migrations';
import { quotedName } from '../../store/sqlite/sqlQuoting';
import { TABLE_RULES } from '../push/tableRules';
import { nameInPostgres } from '../nameInPostgres';
import { WarehouseError } from '../warehouseErrors';
import type { Warehouse } from '../warehouseTypes';
import {
  forgetFact,
  hasWarehouse,
  isBookkeepingNewer,
  migrateBookkeeping,
  readFacts,
  writeFact,
  type WarehouseFactValues,
} from './bookkeeping';
import { addColumns, createTable, type MirrorTable } from './tables';

/**
 * Makes a warehouse of the schema, or brings it up to date: own tables, the mirror's tables and columns. Inside a transaction.
 * @returns what the warehouse knew of itself before
 * @throws WarehouseError where the schema holds something else, belongs to another mirror, or a later version made it
 */
export async function ensureTables(
  client: ClientBase,
  warehouse: Warehouse,
  mirrorId: string,
  tables: readonly MirrorTable[],
): Promise<WarehouseFactValues> {
  const { name, schema } = warehouse;
  const isThere = await hasWarehouse(client, schema);
  if (!isThere) {
    await makeSchema(client, warehouse);
  }
  const facts: WarehouseFactValues = isThere ? await readFacts(client) : new Map<string, string>();
  assertUsable(facts, warehouse, mirrorId);
  await migrateBookkeeping(client, Number(facts.get('bookkeeping') ?? 0));
  const present = await presentColumns(client, schema);
  for (const table of tables) {
    if (TABLE_RULES[table.name] === undefined) {
      throw new Error(`No rule says what becomes of the rows of ${table.name} in the warehouse ${name}`);
    }
    const known = present.get(table.name);
    const missing = table.columns.filter((column) => known?.has(column.name) === false);
    if (known === undefined) {
      await client.query(createTable(table));
      // Where somebody dropped it, views went with it.
      await forgetFact(client, 'definitions');
      await forgetFact(client, 'message_mark');
    } else if (missing.length > 0) {
      await client.query(addColumns(table.name, missing));
    }
  }
  await writeFact(client, 'mirror', mirrorId);
  await writeFact(client, 'schema', String(SCHEMA_VERSION));
  return facts;
}

/** @param mirrorId undefined: of a folder without a mirror, which only reads @throws WarehouseError */
export function assertUsable(
  facts: WarehouseFactValues,
  { name, schema }: Warehouse,
  mirrorId: string | undefined,
): void {
  const owner = facts.get('mirror');
  if (owner !== undefined && mirrorId !== undefined && owner !== mirrorId) {
    throw new WarehouseError(
      l10n.t(
        'The schema {0} of the warehouse {1} belongs to the mirror of another data folder, whose ids are others. Add the warehouse again with another schema, or drop this one if nobody needs it: DROP SCHEMA {0} CASCADE.',
        nameInPostgres(schema),
        name,
      ),
    );
  }
  const isNewer =
    Number(facts.get('schema') ?? 0) > SCHEMA_VERSION ||
    isBookkeepingNewer(Number(facts.get('bookkeeping') ?? 0));
  if (isNewer) {
    throw new WarehouseError(
      l10n.t(
        'The warehouse {0} was pushed to by a newer version of OpenWebUI Sync. Update this one, then push again.',
        name,
      ),
    );
  }
}

async function makeSchema(client: ClientBase, warehouse: Warehouse): Promise<void> {
  if (!(await assertMayMake(client, warehouse))) {
    await client.query(`CREATE SCHEMA ${quotedName(warehouse.schema)}`);
  }
}

/**
 * Whether a warehouse can be made: its schema is not there, or empty, and the rights suffice.
 * @returns whether the schema is there @throws WarehouseError
 */
export async function assertMayMake(client: ClientBase, { name, schema, user }: Warehouse): Promise<boolean> {
  const { rows } = await client.query<{ isThere: boolean; isEmpty: boolean; mayMake: boolean }>(
    `SELECT s.oid IS NOT NULL AS "isThere",
       NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = s.oid) AS "isEmpty",
       CASE WHEN s.oid IS NULL THEN has_database_privilege(current_database(), 'CREATE')
         ELSE has_schema_privilege(s.oid, 'CREATE') END AS "mayMake"
     FROM (SELECT to_regnamespace($1)::oid AS oid) s`,
    [schema],
  );
  const { isThere = false, isEmpty = true, mayMake = false } = rows[0] ?? {};
  if (!isEmpty) {
    throw new WarehouseError(
      l10n.t(
        'The schema {0} of the warehouse {1} holds something else. Add the warehouse again with a schema of its own.',
        schema,
        name,
      ),
    );
  }
  if (!mayMake) {
    throw new WarehouseError(
      l10n.t(
        'The user {0} may not create tables in the schema {1} of the warehouse {2}. Let the owner of the database run: CREATE SCHEMA {1} AUTHORIZATION {0}.',
        nameInPostgres(user),
        nameInPostgres(schema),
        name,
      ),
    );
  }
  return isThere;
}

async function presentColumns(
  client: ClientBase,
  schema: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT c.relname::text AS "table", array_agg(a.attname::text) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p') GROUP BY c.relname`,
    [schema],
  );
  return new Map(rows.map(({ table, columns }) => [table, new Set(columns)]));
}
