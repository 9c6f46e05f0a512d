import type { ClientBase } from 'pg';
import type { LastPush } from '../warehouseTypes';
import initial from './migrations/0001_bookkeeping.sql';

/** What a warehouse knows of itself, beside the mirror's tables. In order: number n takes it from n - 1 to n. */
const MIGRATIONS: readonly string[] = [initial];

/** Facts of `warehouse_meta`. */
export type WarehouseFact =
  /** Number of the last of {@link MIGRATIONS}. */
  | 'bookkeeping'
  /** The mirror that it belongs to. */
  | 'mirror'
  /** `user_version` of the mirror's database. */
  | 'schema'
  /** What functions, views and indexes were made of. */
  | 'definitions'
  /** Names of the views that were made, separated by commas. */
  | 'views'
  /** {@link ../push/localMirror.MirrorState} that was pushed last. */
  | 'generation'
  | 'journal'
  /** Version of the product that pushed last. */
  | 'client'
  /** The mirror's time zone, which all local times follow. */
  | 'zone'
  /** Rows that were written before were compared, in seconds since 1970; absent: not all of them yet. */
  | 'message_mark'
  /** How many texts there were after the last push: where there are others, some may be missing. */
  | 'texts'
  /** The push that makes it follow a restored mirror has not come to its end. */
  | 'following';

export type WarehouseFactValues = ReadonlyMap<string, string>;

/** Whether there is a warehouse in the current schema. */
export async function hasWarehouse(client: ClientBase, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ found: string | null }>('SELECT to_regclass($1)::text AS found', [
    `${schema}.warehouse_meta`,
  ]);
  return rows[0]?.found !== null;
}

/** Brings the tables that are not the mirror's up to date. Inside a transaction. */
export async function migrateBookkeeping(client: ClientBase, from: number): Promise<void> {
  for (const sql of MIGRATIONS.slice(from)) {
    await client.query(sql);
  }
  await writeFact(client, 'bookkeeping', String(MIGRATIONS.length));
}

/** Whether a later version of the product made these tables. */
export function isBookkeepingNewer(version: number): boolean {
  return version > MIGRATIONS.length;
}

export async function readFacts(client: ClientBase): Promise<WarehouseFactValues> {
  const { rows } = await client.query<{ key: string; value: string }>(
    'SELECT key, value FROM warehouse_meta',
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

export async function writeFact(client: ClientBase, fact: WarehouseFact, value: string): Promise<void> {
  await client.query(
    'INSERT INTO warehouse_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    [fact, value],
  );
}

export async function forgetFact(client: ClientBase, fact: WarehouseFact): Promise<void> {
  await client.query('DELETE FROM warehouse_meta WHERE key = $1', [fact]);
}

/** Tombstones that this warehouse has carried out, by their ids. */
export async function appliedTombstones(client: ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>('SELECT id::text AS id FROM warehouse_tombstones');
  return new Set(rows.map(({ id }) => id));
}

export async function noteTombstones(client: ClientBase, ids: readonly number[]): Promise<void> {
  await client.query(
    'INSERT INTO warehouse_tombstones (id) SELECT unnest($1::bigint[]) ON CONFLICT (id) DO NOTHING',
    [ids],
  );
}

/** What the last push that came to its end did; undefined: none did. */
export async function readLastPush(client: ClientBase): Promise<LastPush | undefined> {
  const { rows } = await client.query<Record<keyof LastPush, string>>(
    `SELECT extract(epoch FROM finished_at)::bigint AS "finishedAt", generation, inserted, updated, marked, deleted
     FROM warehouse_pushes ORDER BY id DESC LIMIT 1`,
  );
  const [row] = rows;
  return row === undefined
    ? undefined
    : {
        finishedAt: Number(row.finishedAt),
        generation: Number(row.generation),
        inserted: Number(row.inserted),
        updated: Number(row.updated),
        marked: Number(row.marked),
        deleted: Number(row.deleted),
      };
}
