import { existsSync } from 'node:fs';
import { backupFiles } from '../backups';
import type { RestoreResult } from '../backupTypes';
import { dataFolderAt, type DataFolder } from '../dataFolder';
import { RestoreError } from '../errors';
import { reached } from '../failpoints';
import { generationPath } from '../fileGeneration';
import { GenerationStore, readSealed } from '../generationStore';
import { loadInstances } from '../instancesFile';
import { Journal } from '../journal';
import { migrateChecked, readMeta } from '../migrations';
import { pinBeforeRestore } from '../pinnedFiles';
import type { SqliteDatabase } from '../sqlite';
import type { MirrorFile } from './mirrorFile';
import type { MirrorFileOptions } from './mirrorFileOptions';
import { MirrorPublisher } from './mirrorPublisher';
import { openSound } from './openMirror';
import { carryOver } from './restoreCarry';
import { assertRestorable } from './restoreChecks';
import { ensureZone } from './rezone';
import type { Session } from './session';

/**
 * Publishes a backup as the next generation. What is there now is published and pinned before, so that it is a backup
 * itself. Until the last step nothing but the journal knows of it, and that says nothing of the present generation:
 * whatever breaks off leaves either the present state or the backup. Close `file` afterwards and open it again.
 * @param name of a file that `listBackups` shows
 * @throws RestoreError, NewerDatabaseError, MigrationError, PublishConflictError, StorageError
 */
export async function restoreBackup(
  file: MirrorFile,
  options: MirrorFileOptions,
  name: string,
): Promise<RestoreResult> {
  file.assertMayErase();
  const folder = dataFolderAt(options.folder);
  const listed = await loadInstances(folder.root);
  const backup = await openBackup(folder, name);
  try {
    const session: Session = { ...file.session, database: backup };
    migrateChecked(backup);
    assertRestorable(file.session, session, listed);
    backup.transaction(() => {
      ensureZone(backup, options.zone);
      carryOver(file.session, session, listed);
    });
    return publish(file, folder, session);
  } finally {
    backup.close();
  }
}

async function openBackup(folder: DataFolder, name: string): Promise<SqliteDatabase> {
  const path = backupFiles(folder).find((file) => file.name === name)?.path;
  const sealed = path === undefined ? 'missing' : readSealed(path);
  if (sealed === 'missing') {
    throw new RestoreError(`There is no backup ${name}. Look at the list of backups again.`);
  }
  const database = sealed === 'damaged' ? undefined : await openSound(sealed.image);
  if (database === undefined) {
    throw new RestoreError(`The backup ${name} is damaged. Choose another one.`);
  }
  return database;
}

function publish(file: MirrorFile, folder: DataFolder, session: Session): RestoreResult {
  const before = keepPresent(file, folder);
  const journal = new Journal(folder);
  const publisher = new MirrorPublisher(session, new GenerationStore(folder), file.generation);
  journal.restored(publisher.generation + 1);
  reached('restore:journaled');
  publisher.noteClient(readMeta(session.database, 'written_by') ?? '');
  publisher.publishNext();
  reached('restore:published');
  journal.published(publisher.generation);
  return { generation: publisher.generation, published: true, before };
}

/** @returns the name of the pinned file; undefined when there was nothing to keep */
function keepPresent(file: MirrorFile, folder: DataFolder): string | undefined {
  if (file.session.database.get('SELECT 1 FROM users LIMIT 1') === undefined) {
    // An empty mirror must not push out what was pinned earlier.
    return undefined;
  }
  const newest = (): string => generationPath(folder.generations, file.generation);
  // What is open may come from a daily, or from a generation before damaged ones.
  file.publishAll(!existsSync(newest()));
  return pinBeforeRestore(folder, newest(), file.generation);
}
