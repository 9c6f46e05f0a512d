import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { NoDatabaseError } from '../../store/errors';
import { newestGeneration } from '../../store/files/fileGeneration';
import type { StoreReader } from '../../store/reader';
import { noteExport } from '../exports/noteExport';
import type { Feature } from '../services';

/** Reveal the database, copy its path, save a complete copy of it. */
export const databaseFeature: Feature = (services) => {
  const { folder } = services;
  const assertPublished = (): void => {
    if (newestGeneration(folder.generations) === 0) {
      throw new NoDatabaseError();
    }
  };
  services.registerCommand('openwebuiSync.revealDatabase', async (part) => {
    if (part === 'folder') {
      // Where it is gone, what is left of the way to it says so.
      await reveal(existsSync(folder.root) ? folder.root : dirname(folder.root));
      return;
    }
    assertPublished();
    // During a first sync the copy for other programs may come later than the folder.
    const shown = existsSync(folder.fixedName) ? folder.fixedName : folder.root;
    await reveal(shown);
  });
  services.registerCommand('openwebuiSync.copyDatabasePath', async () => {
    await vscode.env.clipboard.writeText(folder.fixedName);
    vscode.window.setStatusBarMessage(l10n.t('$(check) Database path copied'), 5000);
  });
  services.registerCommand('openwebuiSync.copyDatabase', async () => {
    assertPublished();
    const target = await askTarget();
    if (target !== undefined) {
      await saveCopy(services.reader, target);
      await noteExport(services, { path: target.fsPath, format: 'sqlite', kind: 'copy' });
      vscode.window.setStatusBarMessage(l10n.t('$(check) Copy of the database saved'), 5000);
    }
  });
  return undefined;
};

async function reveal(path: string): Promise<void> {
  await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
}

/** All text in one file: that of a large mirror lies apart, and is put together again here. */
function saveCopy(reader: StoreReader, target: vscode.Uri): Thenable<unknown> {
  if (target.scheme !== 'file') {
    throw new Error(l10n.t('Choose a place on a disk of this computer for the copy.'));
  }
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Saving a complete copy of the database'),
  };
  return vscode.window.withProgress(options, () => reader.saveCopy(target.fsPath));
}

function askTarget(): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
  return vscode.window.showSaveDialog({
    title: l10n.t('Save a Copy of the Database'),
    defaultUri: vscode.Uri.file(join(folder ?? homedir(), 'openwebui_sync.db')),
    filters: { 'SQLite database': ['db', 'sqlite'] },
  });
}
