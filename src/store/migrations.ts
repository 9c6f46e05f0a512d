import * as l10n from '@vscode/l10n';
import { MigrationError, NewerDatabaseError, toError } from './errors';
import { APPLICATION_ID, headerOf } from './files/fileGeneration';
import init from './migrations/0001_init.sql';
import trust from './migrations/0002_trust.sql';
import shards from './migrations/0003_shards.sql';
import indexes from './migrations/0004_indexes.sql';
import usageViews from './migrations/0005_usage_views.sql';
import costs from './migrations/0006_costs.sql';
import sources from './migrations/0007_sources.sql';
import conversations from './migrations/0008_conversations.sql';
import cloudCosts from './migrations/0009_cloud_costs.sql';
import analysis from './migrations/0010_analysis.sql';
import portableViews from './migrations/0011_portable_views.sql';
import tombstones from './migrations/0012_tombstones.sql';
import type { SqliteDatabase } from './sqlite/sqlite';

/** In order; number n takes a database from `user_version` n - 1 to n. */
const MIGRATIONS: readonly string[] = [
  init,
  trust,
  shards,
  indexes,
  usageViews,
  costs,
  sources,
  conversations,
  cloudCosts,
  analysis,
  portableViews,
  tombstones,
];

/** `user_version` of a database of this version. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Oldest schema whose readers understand the tables of this version; rises only when a change breaks them. */
export const MIN_READER = 1;

/** Brings a database to {@link SCHEMA_VERSION}; each step is one transaction. @throws NewerDatabaseError */
export function migrate(database: SqliteDatabase): void {
  const [from] = database.get<[number]>('PRAGMA user_version') ?? [0];
  if (from > SCHEMA_VERSION) {
    throw new NewerDatabaseError();
  }
  MIGRATIONS.slice(from).forEach((sql, index) => {
    const version = from + index + 1;
    database.transaction(() => {
      database.script(sql);
      database.script(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version};`);
      raiseMinReader(database, MIN_READER);
    });
  });
}

/**
 * {@link migrate} for a database that is to be published: the result is checked.
 * @throws MigrationError when a step fails or leaves damage: the database must then be given up
 * @throws NewerDatabaseError
 */
export function migrateChecked(database: SqliteDatabase): void {
  const [from] = database.get<[number]>('PRAGMA user_version') ?? [0];
  if (from === SCHEMA_VERSION) {
    return;
  }
  const dangling = danglingReferences(database);
  try {
    migrate(database);
    const verdict = database.get<[string]>('PRAGMA quick_check(1)')?.[0];
    if (verdict !== 'ok') {
      throw new Error(verdict);
    }
    if (danglingReferences(database) > dangling) {
      throw new Error('rows refer to others that are not there');
    }
  } catch (error) {
    throw error instanceof NewerDatabaseError ? error : notMigrated(from, error);
  }
}

function danglingReferences(database: SqliteDatabase): number {
  return database.get<[number]>('SELECT count(*) FROM pragma_foreign_key_check')?.[0] ?? 0;
}

function notMigrated(from: number, cause: unknown): MigrationError {
  return new MigrationError(
    l10n.t(
      'The database could not be brought from schema {0} to {1} ({2}). Its file was left as it is: go on with the version of OpenWebUI Sync that wrote it.',
      from,
      SCHEMA_VERSION,
      toError(cause).message,
    ),
    { cause },
  );
}

/** Whether the image is one of ours at all. */
export function isOurs(image: Uint8Array): boolean {
  return image.length >= 100 && headerOf(image).applicationId === APPLICATION_ID;
}

/**
 * Makes a copy readable: an older one gets the tables of this schema, a newer one must say that old readers may.
 * @throws NewerDatabaseError, MigrationError
 */
export function makeReadable(database: SqliteDatabase): void {
  const [schema] = database.get<[number]>('PRAGMA user_version') ?? [0];
  if (schema > SCHEMA_VERSION && Number(readMeta(database, 'min_reader') ?? Infinity) > SCHEMA_VERSION) {
    throw new NewerDatabaseError();
  }
  if (schema < SCHEMA_VERSION) {
    try {
      migrate(database);
    } catch (error) {
      throw notMigrated(schema, error);
    }
  }
}

/** Whether a database has tables of a later schema than ours: rows that we wrote might not be what they should be. */
export function isNewer(database: SqliteDatabase): boolean {
  return (database.get<[number]>('PRAGMA user_version')?.[0] ?? 0) > SCHEMA_VERSION;
}

/** Keeps readers before a schema away: they would misunderstand what the database holds from now on. */
export function raiseMinReader(database: SqliteDatabase, schema: number): void {
  const present = Number(readMeta(database, 'min_reader') ?? 0);
  writeMeta(database, 'min_reader', String(Math.max(present, schema)));
}

/** A value of the table `meta`. */
export function readMeta(database: SqliteDatabase, key: string): string | undefined {
  return database.get<[string]>('SELECT value FROM meta WHERE key = ?', [key])?.[0];
}

/** Sets a value of the table `meta`; an equal one is left alone. */
export function writeMeta(database: SqliteDatabase, key: string, value: string): void {
  database.run(
    `INSERT INTO meta (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
    [key, value],
  );
}
