import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { reportFailure } from '../commands/registry';
import { confirm } from '../confirm';
import { setContextKey } from '../contextKeys';
import type { Feature } from '../services';
import { notebookData, notebookSerializer } from './notebookSerializer';
import { NOTEBOOK_TYPE } from './notebookType';
import { keepOutputs, keepsOutputs, OutputKeeper } from './outputKeeper';
import { answerRenderer } from './rendererMessages';
import { SqlKernel } from './sqlKernel';
import { starterNotebook } from './starterNotebook';

/** Notebooks of SQL: their files, what runs their cells, what shows results, and whether files hold those. */
export const notebookFeature: Feature = (services) => {
  services.registerCommand('openwebuiSync.newNotebook', openNewNotebook);
  services.registerCommand('openwebuiSync.saveNotebookOutputs', async () => {
    const notebook = activeNotebook();
    if (notebook !== undefined) {
      await agreeToSave();
      await keepOutputs(notebook, true);
    }
  });
  services.registerCommand('openwebuiSync.forgetNotebookOutputs', async () => {
    const notebook = activeNotebook();
    if (notebook !== undefined) {
      await keepOutputs(notebook, false);
    }
  });
  showState();

  return vscode.Disposable.from(
    vscode.workspace.registerNotebookSerializer(NOTEBOOK_TYPE, notebookSerializer, {
      // A run is no change of the file: outputs that are to be saved come as metadata, see `OutputKeeper`.
      transientOutputs: true,
    }),
    new SqlKernel(services),
    new OutputKeeper(),
    answerRenderer((error) => reportFailure(services.log, 'Notebook results', error)),
    vscode.window.onDidChangeActiveNotebookEditor(showState),
    vscode.workspace.onDidChangeNotebookDocument(({ metadata }) => {
      if (metadata !== undefined) {
        showState();
      }
    }),
  );
};

async function openNewNotebook(): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(
    NOTEBOOK_TYPE,
    notebookData(starterNotebook()),
  );
  await vscode.window.showNotebookDocument(notebook);
}

/** Menus offer to keep outputs, or to keep them no longer. */
function showState(): void {
  const notebook = activeNotebook();
  setContextKey('notebookKeepsOutputs', notebook !== undefined && keepsOutputs(notebook));
}

function activeNotebook(): vscode.NotebookDocument | undefined {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return notebook?.notebookType === NOTEBOOK_TYPE ? notebook : undefined;
}

/** The rows leave the data folder for good once the file is copied, sent or committed. @throws CancelledError */
async function agreeToSave(): Promise<void> {
  await confirm({
    question: l10n.t('Save the results of this notebook in its file?'),
    detail: l10n.t(
      'The rows that its cells show, which may hold names, e-mail addresses and text of messages, become part of the file with each save. Whoever gets the file can read them. "Don’t Save Outputs" removes them at the next save, but not from copies and earlier versions.',
    ),
    answers: [l10n.t('Save Outputs')],
  });
}
