import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ContentShards } from '../content/contentShards';
import { FIRST_SCHEMA_WITH_SHARDS, namedShards, type NamedShard } from '../content/namedShards';
import type { DataFolder } from '../files/dataFolder';
import { renameWithRetry, syncFolder, temporaryName, writeNewFile } from '../files/durableFiles';
import { codeOf, NewerDatabaseError, NoDatabaseError, unreadableText } from '../errors';
import { headerOf, sealOf } from '../files/fileGeneration';
import { outputPlace } from '../files/outputPlace';
import { WRITE_REASONS } from '../files/writeReasons';
import { imageBytes } from '../files/imageSize';
import { MIN_READER, SCHEMA_VERSION, writeMeta } from '../migrations';
import { loadSqlite, SqliteDatabase } from '../sqlite/sqlite';
import { NewestImage } from './newestImage';

/** sql.js holds no larger file reliably, in bytes. */
const LARGEST_COPY = 2 ** 31 - 1;
/** Pages are not filled to the last byte. */
const TEXT_OVERHEAD = 1.1;

/**
 * Saves the newest generation as one file with all text in it, whole or not at all; a file of that name is replaced.
 * @returns its size in bytes. @throws NoDatabaseError, NewerDatabaseError, TextFileError; an Error that says why the
 * file cannot be written
 */
export async function saveCompleteCopy(folder: DataFolder, path: string): Promise<number> {
  assertOutside(folder, path);
  const sealed = new NewestImage(folder).current();
  if (sealed === undefined) {
    throw new NoDatabaseError();
  }
  await loadSqlite();
  const image = withAllText(folder, sealed.image);
  // Sealed like a generation: found in place of a lost database, it is one.
  const seal = sealOf(image, sealed.number);
  put(path, [image, seal]);
  return image.length + seal.length;
}

/** The image itself where no text lies elsewhere. */
function withAllText(folder: DataFolder, image: Uint8Array): Uint8Array {
  const { schema } = headerOf(image);
  if (schema < FIRST_SCHEMA_WITH_SHARDS) {
    return image;
  }
  const shards = shardsNamedBy(image);
  if (shards.length === 0) {
    return image;
  }
  if (schema > SCHEMA_VERSION) {
    throw new NewerDatabaseError();
  }
  return fillIn(folder, image, shards);
}

function shardsNamedBy(image: Uint8Array): NamedShard[] {
  const database = SqliteDatabase.openLoaded(image);
  try {
    return namedShards(database);
  } finally {
    database.close();
  }
}

/** One shard after the other, in an array that is large enough for all: neither copies to grow nor one to export. */
function fillIn(folder: DataFolder, image: Uint8Array, shards: readonly NamedShard[]): Uint8Array {
  const expected = image.length + TEXT_OVERHEAD * sum(shards.map(({ textBytes }) => textBytes));
  if (expected > LARGEST_COPY) {
    throw new Error(
      l10n.t(
        'A complete copy would be about {0} GB, and more than 2 GB cannot be written as one file. Copy the data folder instead.',
        (expected / 1e9).toFixed(1),
      ),
    );
  }
  const capacity = image.length + sum(shards.map(({ fileBytes }) => fileBytes));
  const room = new Uint8Array(Math.min(capacity, LARGEST_COPY));
  room.set(image);
  const database = SqliteDatabase.openWithin(room, image.length);
  try {
    // A copy that fails is thrown away: nothing has to be kept for a rollback.
    database.script('PRAGMA journal_mode = OFF; PRAGMA cache_spill = ON; PRAGMA foreign_keys = OFF');
    for (const shard of shards) {
      takeOver(folder, database, shard);
    }
    database.run('UPDATE message SET content_shard = NULL WHERE content_shard IS NOT NULL');
    database.run('DELETE FROM content_shards');
    writeMeta(database, 'min_reader', String(MIN_READER));
    const filled = room.subarray(0, imageBytes(database));
    const copy = isComplete(filled) ? filled : database.export();
    if (copy !== filled && !isComplete(copy)) {
      throw new Error(
        l10n.t('The complete copy did not pass its check, so that it was not saved. Try again.'),
      );
    }
    return copy;
  } finally {
    database.close();
  }
}

/** @throws TextFileError when the shard is missing, damaged or without a text that it should hold */
function takeOver(folder: DataFolder, database: SqliteDatabase, { id, name }: NamedShard): void {
  const shards = new ContentShards(folder.content);
  try {
    database.script(`ATTACH '${shards.shard(name).filename}' AS shard`);
    const taken = database.run(
      `INSERT OR REPLACE INTO main.message_text (id, content)
       SELECT t.id, t.content FROM shard.message_text t JOIN main.message m ON m.id = t.id
       WHERE m.content_shard = ? ORDER BY t.id`,
      [id],
    );
    const [wanted] = database.get<[number]>('SELECT count(*) FROM message WHERE content_shard = ?', [id]) ?? [
      0,
    ];
    database.script('DETACH shard');
    if (taken !== wanted) {
      throw unreadableText(`the file content/${name} lacks some`);
    }
  } finally {
    shards.close();
  }
}

/** Whether bytes are a sound database that names no shard: what sql.js writes elsewhere than into them is not there. */
function isComplete(image: Uint8Array): boolean {
  // A Buffer is opened in place, without a copy.
  const database = SqliteDatabase.openLoaded(Buffer.from(image.buffer, image.byteOffset, image.byteLength));
  try {
    const [named] = database.get<[number]>('SELECT count(*) FROM content_shards') ?? [1];
    return named === 0 && database.get<[string]>('PRAGMA integrity_check')?.[0] === 'ok';
  } finally {
    database.close();
  }
}

/** The data folder is the product's: a file of ours must not be replaced by a copy. */
function assertOutside({ root }: DataFolder, path: string): void {
  const way = relative(root, path);
  if (!way.startsWith('..') && !isAbsolute(way)) {
    throw new Error(l10n.t('Choose a place outside the data folder for the copy.'));
  }
}

function put(path: string, parts: readonly Uint8Array[]): void {
  const temporary = temporaryName(path);
  try {
    outputPlace(path);
    writeNewFile(temporary, parts);
    renameWithRetry(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) {
      rmSync(temporary, { force: true });
    }
    const code = codeOf(error);
    if (code === undefined) {
      throw error;
    }
    throw new Error(
      l10n.t(
        'The copy {0} cannot be saved in {1}: {2}.',
        basename(path),
        dirname(path),
        WRITE_REASONS[code] ?? code,
      ),
      { cause: error },
    );
  }
  syncFolder(dirname(path));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
