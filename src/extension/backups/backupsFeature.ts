import type { CoreFeature } from '../core';
import { checkDatabase } from './checkDatabase';
import { restoreBackup } from './restoreBackup';

/** Restore a Backup, Check Database. */
export const backupsFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.restoreBackup', () => restoreBackup(core));
  core.registerCommand('openwebuiSync.checkDatabase', () => checkDatabase(core));
  return undefined;
};
