import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { countOf } from '../../sync/words';
import { confirm } from '../confirm';
import { writeNewFile } from '../newFile';
import { refusal, enterText } from '../quickInput';
import type { Services } from '../services';
import { QUERY_LANGUAGE } from '../sql/newQuery';
import { isQueryNode, type QueryNode } from '../views/queries/queryNodes';
import { selectedNodes } from '../views/tree/selectedNodes';
import type { QueryHistory } from './history';
import type { MyQueries } from './myQueries';
import { QUERY_SUFFIX, titleOf, withTitle } from './queryText';

/** What the commands work on. */
export interface QueryPlaces {
  readonly mine: MyQueries;
  readonly history: QueryHistory;
  /** Shows a saved query in the view. */
  readonly reveal: (file: vscode.Uri) => Promise<void>;
}

/** Open, run, save, rename, delete queries of the view; clear, pause and resume the history. */
export function registerQueryCommands(services: Services, places: QueryPlaces): void {
  const { mine, history } = places;
  const meant = (args: readonly unknown[]): readonly QueryNode[] => selectedNodes(args, isQueryNode);
  services.registerCommand('openwebuiSync.openQuery', async (...args) => {
    for (const node of meant(args)) {
      await openQuery(node);
    }
  });
  services.registerCommand('openwebuiSync.runSavedQuery', async (...args) => {
    const [node] = meant(args);
    if (node !== undefined) {
      await vscode.commands.executeCommand('openwebuiSync.runSql', textNow(node), node.title);
    }
  });
  services.registerCommand('openwebuiSync.saveQuery', async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== QUERY_LANGUAGE) {
      void vscode.window.showInformationMessage(l10n.t('Open a query first: New Query starts one.'));
      return;
    }
    await keep(places, textToSave(editor));
  });
  services.registerCommand('openwebuiSync.pinQuery', async (...args) => {
    const [node] = meant(args);
    if (node !== undefined) {
      await keep(places, textNow(node));
    }
  });
  services.registerCommand('openwebuiSync.renameQuery', async (...args) => {
    const [node] = meant(args);
    if (node?.file !== undefined) {
      await rename(vscode.Uri.file(node.file), node.title);
      await mine.reload();
    }
  });
  services.registerCommand('openwebuiSync.deleteQuery', async (...args) => {
    const nodes = meant(args);
    await history.remove(nodes.flatMap(({ historyId }) => historyId ?? []));
    const files = nodes.flatMap(({ file }) => (file === undefined ? [] : [vscode.Uri.file(file)]));
    if (files.length > 0) {
      await moveToTrash(files);
      await mine.reload();
    }
  });
  services.registerCommand('openwebuiSync.clearQueryHistory', async () => {
    await confirmClear(history.list().length);
    await history.clear();
  });
  services.registerCommand('openwebuiSync.pauseQueryHistory', () => history.setPaused(true));
  services.registerCommand('openwebuiSync.resumeQueryHistory', () => history.setPaused(false));
  services.registerCommand('openwebuiSync.openQueriesFolder', async () => {
    await vscode.workspace.fs.createDirectory(mine.folder);
    await vscode.commands.executeCommand('revealFileInOS', mine.folder);
  });
}

async function openQuery({ file, sql }: QueryNode): Promise<void> {
  if (file === undefined) {
    await vscode.commands.executeCommand('openwebuiSync.openSql', sql);
  } else {
    await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true });
  }
}

/** What an editor shows of the query, saved or not; else what the view knows. */
function textNow({ file, sql }: QueryNode): string {
  const path = file === undefined ? undefined : vscode.Uri.file(file).toString();
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === path)?.getText() ?? sql;
}

function textToSave({ document, selection }: vscode.TextEditor): string {
  return document.getText(selection.isEmpty ? undefined : selection);
}

/** Asks for a name and writes a file of its own. @throws CancelledError */
async function keep({ mine, reveal }: QueryPlaces, text: string): Promise<void> {
  const title = await askTitle(l10n.t('Save Query'), titleOf(text) ?? '');
  const file = await writeNewFile(
    mine.folder,
    { title, suffix: QUERY_SUFFIX, fallback: 'query' },
    `${withTitle(text, title).trimEnd()}\n`,
  );
  await mine.reload();
  await vscode.window.showTextDocument(file);
  await reveal(file);
}

/** The title is the first line, so that the file keeps its name and its history. @throws CancelledError */
async function rename(file: vscode.Uri, before: string): Promise<void> {
  const title = await askTitle(l10n.t('Rename Query'), before);
  const document = await vscode.workspace.openTextDocument(file);
  const edit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(file, whole, withTitle(document.getText(), title));
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw new Error(l10n.t('The query could not be saved: {0}', file.fsPath));
  }
}

async function askTitle(title: string, value: string): Promise<string> {
  const typed = await enterText({
    title,
    prompt: l10n.t('Name of the query: it becomes its first line'),
    value,
    object: (text) => refusal(text.trim() === '' ? l10n.t('Enter a name.') : undefined),
  });
  return typed.trim();
}

/** Where there is no trash, it is asked whether the files shall be gone for good. @throws CancelledError */
async function moveToTrash(files: readonly vscode.Uri[]): Promise<void> {
  const left: vscode.Uri[] = [];
  for (const file of files) {
    try {
      await vscode.workspace.fs.delete(file, { useTrash: true });
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError)) {
        throw error;
      }
      left.push(file);
    }
  }
  if (left.length > 0) {
    await confirm({
      question: l10n.t('Delete {0} for good?', countOf(left.length, 'query')),
      detail: l10n.t('The system has no trash that takes them.'),
      answers: [l10n.t('Delete')],
    });
    await Promise.all(left.map((file) => vscode.workspace.fs.delete(file)));
  }
}

async function confirmClear(count: number): Promise<void> {
  if (count > 0) {
    await confirm({
      question: l10n.t('Forget {0} of the history?', countOf(count, 'query')),
      detail: l10n.t('Saved queries stay.'),
      answers: [l10n.t('Clear History')],
    });
  }
}
