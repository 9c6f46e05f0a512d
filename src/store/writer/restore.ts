import { existsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { backupFiles } from '../backups/backups';
import type { RestoreResult } from '../backups/backupTypes';
import { dataFolderAt, type DataFolder } from '../files/dataFolder';
import { NewerDatabaseError, NoDatabaseError, RestoreError } from '../errors';
import { reached } from '../files/failpoints';
import { generationPath } from '../files/fileGeneration';
import { GenerationStore, readSealed } from '../files/generationStore';
import { loadInstances } from '../instances/instancesFile';
import { Journal } from '../files/journal';
import { localTimeIn } from '../localTime';
import { assertNobodyElseSyncs } from '../locks/lockFile';
import { makeReadable, migrate, migrateChecked, readMeta } from '../migrations';
import { pinBeforeRestore } from '../files/pinnedFiles';
import { newestFile } from '../reading/newestImage';
import { SqliteDatabase } from '../sqlite/sqlite';
import type { MirrorFile } from './mirrorFile';
import type { MirrorFileOptions } from './mirrorFileOptions';
import { MirrorPublisher } from './mirrorPublisher';
import { openSound } from './openMirror';
import { carryOver } from './restoreCarry';
import { assertRestorable } from './restoreChecks';
import { analysisInForce } from './openedAnalysis';
import { ensureZone } from './rezone';
import type { Session } from './session';
import { spreadCosts } from './spreadCosts';
import { writeAnalysis } from './writeAnalysis';

/** What is there before a restore. */
interface Present {
  readonly session: Session;
  /** Makes it a backup. */
  readonly keep: () => Kept;
}

interface Kept {
  /** The highest number that was ever used. */
  readonly generation: number;
  /** Name of the pinned file; undefined when there was nothing to keep. */
  readonly before: string | undefined;
}

/**
 * Publishes a backup as the next generation. What is there now is published and pinned before, so that it is a backup
 * itself. Until the last step nothing but the journal knows of it, and that says nothing of the present generation:
 * whatever breaks off leaves either the present state or the backup. Close `file` afterwards and open it again.
 * @param name of a file that `listBackups` shows
 * @throws RestoreError, NewerDatabaseError, MigrationError, PublishConflictError, StorageError
 */
export function restoreBackup(
  file: MirrorFile,
  options: MirrorFileOptions,
  name: string,
): Promise<RestoreResult> {
  file.assertMayErase();
  return restoreOver({ session: file.session, keep: () => keepOpened(file) }, options, name);
}

/**
 * {@link restoreBackup} where a newer version of the product wrote what is there now: that is kept as it is, and only
 * its own version can write to it.
 */
export async function restoreOverNewer(options: MirrorFileOptions, name: string): Promise<RestoreResult> {
  const folder = dataFolderAt(options.folder);
  assertNobodyElseSyncs(folder);
  // In this order: what is published from here on ends in a conflict.
  const highest = new GenerationStore(folder).highestNumber();
  const newest = newestFile(folder);
  if (newest === undefined) {
    throw new NoDatabaseError();
  }
  const { path, image, number } = newest;
  const keep = (): Kept => ({
    generation: Math.max(highest, number),
    before: pinBeforeRestore(folder, path, number),
  });
  const database = await openReadable(image);
  try {
    const session = { database, localTime: localTimeIn(options.zone), now: options.now };
    return await restoreOver({ session, keep }, options, name);
  } finally {
    database.close();
  }
}

/** Where not even that is allowed, nothing is known of it: an empty database. */
async function openReadable(image: Uint8Array): Promise<SqliteDatabase> {
  const database = await SqliteDatabase.open(image);
  try {
    makeReadable(database);
    return database;
  } catch (error) {
    database.close();
    if (!(error instanceof NewerDatabaseError)) {
      throw error;
    }
  }
  const empty = await SqliteDatabase.open();
  migrate(empty);
  return empty;
}

async function restoreOver(
  present: Present,
  options: MirrorFileOptions,
  name: string,
): Promise<RestoreResult> {
  const folder = dataFolderAt(options.folder);
  const listed = await loadInstances(folder.root);
  // Whoever restores chats does not mean to lose prices that he entered since.
  const analysis = await analysisInForce(folder.root, present.session);
  const backup = await openBackup(folder, name);
  try {
    const session: Session = { ...present.session, database: backup };
    migrateChecked(backup);
    assertRestorable(present.session, session, listed);
    backup.transaction(() => {
      ensureZone(backup, options.zone);
      carryOver(present.session, session, listed);
      if (analysis !== undefined) {
        writeAnalysis(session, analysis);
      }
      // By the map and prices of now, over the use that the backup knows.
      spreadCosts(session);
    });
    return publish(folder, session, present.keep());
  } finally {
    backup.close();
  }
}

async function openBackup(folder: DataFolder, name: string): Promise<SqliteDatabase> {
  const path = backupFiles(folder).find((file) => file.name === name)?.path;
  const sealed = path === undefined ? 'missing' : readSealed(path);
  if (sealed === 'missing') {
    throw new RestoreError(l10n.t('There is no backup {0}. Look at the list of backups again.', name));
  }
  const database = sealed === 'damaged' ? undefined : await openSound(sealed.image);
  if (database === undefined) {
    throw new RestoreError(l10n.t('The backup {0} is damaged. Choose another one.', name));
  }
  return database;
}

function publish(folder: DataFolder, session: Session, { generation, before }: Kept): RestoreResult {
  const publisher = new MirrorPublisher(session, new GenerationStore(folder), generation);
  new Journal(folder).restored(generation + 1);
  reached('restore:journaled');
  publisher.noteClient(readMeta(session.database, 'written_by') ?? '');
  publisher.publishNext();
  reached('restore:published');
  return { generation: publisher.generation, published: true, before };
}

function keepOpened(file: MirrorFile): Kept {
  const { folder, session } = file;
  if (session.database.get('SELECT 1 FROM users LIMIT 1') === undefined) {
    // An empty mirror must not push out what was pinned earlier.
    return { generation: file.generation, before: undefined };
  }
  const newest = (): string => generationPath(folder.generations, file.generation);
  // What is open may come from a daily, or from a generation before damaged ones.
  file.publishAll(!existsSync(newest()));
  return { generation: file.generation, before: pinBeforeRestore(folder, newest(), file.generation) };
}
