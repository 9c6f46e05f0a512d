import { randomUUID } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { exportFileName } from '../../reports/export/fileName';
import { renderReportHtmlInWorker } from '../../reports/export/renderInWorker';
import type { ReportModel } from '../../reports/reportModel';
import { reportFailure } from '../commands/registry';
import { CancelledError } from '../errors';
import { readSettings } from '../readSettings';
import type { Services } from '../services';
import { parseExportFolder } from '../settings';
import { webviewRoot } from './webviewHtml';

/**
 * Writes a report as one HTML file and offers to open it.
 * @returns where it was written.
 * @throws CancelledError when the user names no place.
 */
export async function exportReport(services: Services, model: ReportModel): Promise<vscode.Uri> {
  const target = await targetOf(fileNameOf(model));
  const script = await readText(
    vscode.Uri.joinPath(webviewRoot(services.context.extensionUri), 'exportRuntime.js'),
  );
  const worker = join(services.context.extensionPath, 'dist', 'htmlExport.js');
  const html = await renderReportHtmlInWorker(worker, model, { script });
  await replaceFile(target, html);
  offerToOpen(services, target);
  return target;
}

function fileNameOf({ reportId, scope, subtitle, createdAt }: ReportModel): string {
  const instanceName = scope.kind === 'all' ? undefined : subtitle;
  return exportFileName({ reportId, instanceName }, createdAt.slice(0, 10));
}

/** The file in the folder of the settings: absolute, or inside the first workspace folder; else the user names one. */
async function targetOf(fileName: string): Promise<vscode.Uri> {
  const folder = parseExportFolder(readSettings());
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (isAbsolute(folder)) {
    return vscode.Uri.joinPath(vscode.Uri.file(folder), fileName);
  }
  if (workspace !== undefined) {
    return vscode.Uri.joinPath(workspace, folder, fileName);
  }
  const chosen = await vscode.window.showSaveDialog({
    title: 'Export Report as HTML',
    saveLabel: 'Export',
    defaultUri: vscode.Uri.file(fileName),
    filters: { 'Web page': ['html'] },
  });
  if (chosen === undefined) {
    throw new CancelledError();
  }
  return chosen;
}

async function readText(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Temp + rename: whoever opens the file never sees half of it. Folders are made as needed. */
async function replaceFile(target: vscode.Uri, text: string): Promise<void> {
  const temporary = target.with({ path: `${target.path}.${randomUUID()}.tmp` });
  try {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(target, '..'));
    await vscode.workspace.fs.writeFile(temporary, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(temporary, target, { overwrite: true });
  } catch (error) {
    await removeQuietly(temporary);
    throw new Error(`Failed to write ${vscode.workspace.asRelativePath(target)}`, { cause: error });
  }
}

/** The failure before this is the one to tell. */
async function removeQuietly(uri: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
}

/** Tells where the report is, without waiting for an answer. */
function offerToOpen({ log }: Services, target: vscode.Uri): void {
  log.info(`Report written to ${target.toString(true)}`);
  void vscode.window
    .showInformationMessage(`Report written to ${vscode.workspace.asRelativePath(target)}`, 'Open')
    .then((choice) => (choice === 'Open' ? vscode.env.openExternal(target) : undefined))
    .then(undefined, (error: unknown) => reportFailure(log, 'Open report', error));
}
