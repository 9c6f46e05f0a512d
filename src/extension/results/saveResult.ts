import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { safeName } from '../../reports/export/fileName';
import { RESULT_FORMATS } from '../../reports/export/resultFile';
import { saveAllRows, type SaveRequest } from '../../reports/export/resultExporter';
import { reportFailure } from '../commands/registry';
import { pathOf } from '../exports/exportReport';
import { noteExport } from '../exports/noteExport';
import { askTarget, replaceFile } from '../exports/exportTarget';
import { chooseOne } from '../quickInput';
import type { Services } from '../services';
import { withCancel } from '../withCancel';
import { rowsOf, shownStatement, type HeldResult } from './heldResult';

/**
 * Save Result: every row that the statement gives, sorted and filtered as it is shown, whatever the grid was limited to. The
 * statement runs again in a thread of its own, which writes the file as well.
 * @throws CancelledError
 */
export async function saveResult(services: Services, held: HeldResult): Promise<void> {
  const title = l10n.t('Save Result');
  const format = await chooseOne(
    title,
    l10n.t('As what?'),
    RESULT_FORMATS.map((one) => ({ label: one.title, description: `.${one.id}`, value: one })),
  );
  const target = await askTarget({
    title,
    fileName: `${safeName(held.title)}.${format.id}`,
    kind: format.title,
    extension: format.id,
  });
  const count = await withCancel(l10n.t('Saving all rows'), (signal, progress) => {
    const onRows = (written: number): void => {
      progress.report({ message: l10n.t('{0} written', rowsOf(written)) });
    };
    const order: SaveOrder = { held, format: format.id, signal, onRows };
    return target.scheme === 'file'
      ? write(services, order, target.fsPath)
      : writeElsewhere(services, order, target);
  });
  await noteExport(services, { path: pathOf(target), format: format.id, kind: 'report' });
  tell(services, l10n.t('{0} saved to {1}.', rowsOf(count), vscode.workspace.asRelativePath(target)), target);
}

/** Asks for a place and writes bytes there. @throws CancelledError */
export async function saveFile(
  services: Services,
  { title, name, extension }: { readonly title: string; readonly name: string; readonly extension: string },
  bytes: Uint8Array,
): Promise<void> {
  const target = await askTarget({
    title,
    fileName: `${safeName(name)}.${extension}`,
    kind: extension.toUpperCase(),
    extension,
  });
  await replaceFile(target, bytes);
  tell(services, l10n.t('Saved to {0}.', vscode.workspace.asRelativePath(target)), target);
}

interface SaveOrder extends Pick<SaveRequest, 'format' | 'signal' | 'onRows'> {
  readonly held: HeldResult;
}

function write(
  { context, sources, folder }: Services,
  { held, ...order }: SaveOrder,
  path: string,
): Promise<number> {
  const source = sources.find(held.source.sourceId);
  const { text, parameters } = shownStatement(held);
  return saveAllRows({
    ...order,
    workerPath: join(context.extensionPath, 'dist', 'resultExport.js'),
    folder: (source?.folder ?? folder).root,
    statement: { sql: text, parameters },
    path,
  });
}

/** A thread writes to disks only: other places get the finished file. */
async function writeElsewhere(services: Services, order: SaveOrder, target: vscode.Uri): Promise<number> {
  const path = join(tmpdir(), `openwebui-sync-${randomUUID()}.${order.format}`);
  try {
    const count = await write(services, order, path);
    await replaceFile(target, await vscode.workspace.fs.readFile(vscode.Uri.file(path)));
    return count;
  } finally {
    await rm(path, { force: true });
  }
}

function tell({ log }: Services, message: string, target: vscode.Uri): void {
  const open = l10n.t('Open');
  void vscode.window
    .showInformationMessage(message, open)
    .then((choice) => (choice === open ? vscode.commands.executeCommand('vscode.open', target) : undefined))
    .then(undefined, (error: unknown) => reportFailure(log, 'Open saved result', error));
}
