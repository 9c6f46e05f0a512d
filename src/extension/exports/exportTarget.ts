import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CancelledError } from '../errors';
import { readSettings } from '../readSettings';
import { parseExportFolder } from '../settings';

/** The folder of the settings: absolute, or inside the first workspace folder. Undefined: the user has to name one. */
export function exportFolder(): vscode.Uri | undefined {
  const folder = parseExportFolder(readSettings());
  if (isAbsolute(folder)) {
    return vscode.Uri.file(folder);
  }
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  return workspace === undefined ? undefined : vscode.Uri.joinPath(workspace, folder);
}

/** The same, where it is on a disk of this computer. */
export function localExportFolder(): string | undefined {
  const folder = exportFolder();
  return folder?.scheme === 'file' ? folder.fsPath : undefined;
}

/** Which folder the user wants files in. @throws CancelledError */
export async function askFolder(title: string): Promise<vscode.Uri> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: l10n.t('Export Here'),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const folder = chosen?.[0];
  if (folder === undefined) {
    throw new CancelledError();
  }
  return folder;
}

/** What a save dialog says and offers. */
export interface SaveQuestion {
  readonly title: string;
  readonly fileName: string;
  /** "Excel" */
  readonly kind: string;
  readonly extension: string;
}

/** Where the user wants a file; the dialog begins in the export folder. @throws CancelledError */
export async function askTarget({ title, fileName, kind, extension }: SaveQuestion): Promise<vscode.Uri> {
  const folder = exportFolder();
  const chosen = await vscode.window.showSaveDialog({
    title,
    saveLabel: l10n.t('Save'),
    defaultUri: folder === undefined ? vscode.Uri.file(fileName) : vscode.Uri.joinPath(folder, fileName),
    filters: { [kind]: [extension] },
  });
  if (chosen === undefined) {
    throw new CancelledError();
  }
  return chosen;
}

/** Temp + rename: whoever opens the file never sees half of it. Folders are made as needed. */
export async function replaceFile(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const temporary = target.with({ path: `${target.path}.${randomUUID()}.tmp` });
  try {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(target, '..'));
    await vscode.workspace.fs.writeFile(temporary, bytes);
    await vscode.workspace.fs.rename(temporary, target, { overwrite: true });
  } catch (error) {
    await removeQuietly(temporary);
    throw new Error(l10n.t('Failed to write {0}', vscode.workspace.asRelativePath(target)), { cause: error });
  }
}

/** The failure before this is the one to tell. */
async function removeQuietly(uri: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
}
