import { ContentShards } from '../../store/content/contentShards';
import { namedShards, type NamedShard } from '../../store/content/namedShards';
import { NewerDatabaseError, NoDatabaseError } from '../../store/errors';
import { dataFolderAt, type DataFolder } from '../../store/files/dataFolder';
import { newestGeneration } from '../../store/files/fileGeneration';
import { journalSignature } from '../../store/files/journal';
import { ensureSalt } from '../../store/instances/instancesFile';
import { isNewer, readMeta } from '../../store/migrations';
import { openFolded } from '../../store/reading/foldedCopy';
import { NewestImage } from '../../store/reading/newestImage';
import type { SqliteDatabase } from '../../store/sqlite/sqlite';
import type { MirrorTable } from '../schema/tables';

/** What is on disk, in few words: as long as they stay the same there is nothing new. */
export interface MirrorState {
  readonly generation: number;
  /** Runs that wrote nothing are in the journal alone. */
  readonly journal: string;
}

/** A view of the mirror, as SQLite's schema holds it. */
export interface MirrorView {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly string[];
}

/** A copy of the newest file generation with what the journal knows beyond it, to be pushed. */
export interface LocalMirror {
  readonly state: MirrorState;
  readonly database: SqliteDatabase;
  readonly tables: readonly MirrorTable[];
  readonly views: readonly MirrorView[];
  /** The statements that made its indexes. */
  readonly indexes: readonly string[];
  readonly zone: string;
  /** Of hashes that stand for people. */
  readonly salt: string;
  readonly shards: readonly NamedShard[];
  /** Opens one file with older text, for as long as it is used. @throws TextFileError */
  readonly withShard: <T>(name: string, use: (shard: SqliteDatabase) => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

/** Costs a listing. @throws NoDatabaseError when nothing was published yet */
export function mirrorState(root: string): MirrorState {
  const folder = dataFolderAt(root);
  const generation = newestGeneration(folder.generations);
  if (generation === 0) {
    throw new NoDatabaseError();
  }
  return { generation, journal: journalSignature(folder) };
}

/**
 * Opens the newest generation; writers may publish meanwhile. Close it.
 * @throws NoDatabaseError, NewerDatabaseError where a later version wrote it: what its rows mean is not known here
 */
export async function openLocalMirror(root: string): Promise<LocalMirror> {
  const folder = dataFolderAt(root);
  const journal = journalSignature(folder);
  const sealed = new NewestImage(folder).current();
  if (sealed === undefined) {
    throw new NoDatabaseError();
  }
  const salt = await ensureSalt(root);
  const database = await openFolded(folder, sealed);
  try {
    if (isNewer(database)) {
      throw new NewerDatabaseError();
    }
    return {
      state: { generation: sealed.number, journal },
      database,
      tables: tablesOf(database),
      views: viewsOf(database),
      indexes: indexesOf(database),
      zone: readMeta(database, 'zone') ?? '',
      salt,
      shards: namedShards(database),
      withShard: shardOpener(folder),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function tablesOf(database: SqliteDatabase): readonly MirrorTable[] {
  const columns = database.all<[string, string, string, number, number]>(
    `SELECT t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema t, pragma_table_xinfo(t.name) c
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.rowid, c.cid`,
  );
  const tables = new Map<string, MirrorTable['columns']>();
  for (const [table, name, type, notNull, keyPlace] of columns) {
    // What is worked out of other columns has a type like "REAL GENERATED ALWAYS".
    const column = { name, type: type.split(' ')[0] ?? '', isRequired: notNull === 1, keyPlace };
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  return [...tables].map(([name, own]) => ({ name, columns: own }));
}

function viewsOf(database: SqliteDatabase): readonly MirrorView[] {
  return database
    .all<[string, string]>(`SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid`)
    .map(([name, sql]) => ({
      name,
      sql,
      columns: database
        .all<[string]>('SELECT name FROM pragma_table_xinfo(?) ORDER BY cid', [name])
        .map(([column]) => column),
    }));
}

/**
 * Those that a rule of a table brings along have no text: of these the columns are named. Only ids are shortened to what an
 * index of PostgreSQL takes.
 */
function indexesOf(database: SqliteDatabase): readonly string[] {
  const written = database.all<[string]>(
    `SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`,
  );
  const ruled = database.all<[string, string]>(
    `SELECT t.name, (SELECT group_concat(name) FROM pragma_index_info(i.name))
     FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'u' ORDER BY i.name`,
  );
  return [
    ...written.map(([sql]) => sql),
    ...ruled
      .filter(([, columns]) => columns.split(',').every((column) => column.endsWith('_id')))
      .map(([table, columns], place) => `CREATE INDEX ${table}_by_rule_${place} ON ${table} (${columns})`),
  ];
}

function shardOpener(folder: DataFolder): LocalMirror['withShard'] {
  return async (name, use) => {
    const shards = new ContentShards(folder.content);
    try {
      return await use(shards.shard(name));
    } finally {
      shards.close();
    }
  };
}
