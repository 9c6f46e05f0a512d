import * as vscode from 'vscode';
import * as v from 'valibot';
import { savedOutputsOf } from './cellOutputs';
import { cellMetadata, notebookMetadata, type CellMetadata } from './notebookSchema';
import { NOTEBOOK_TYPE } from './notebookType';
import { without } from './without';

/** Whether a notebook's file holds what its cells led to. */
export function keepsOutputs({ metadata }: Pick<vscode.NotebookDocument, 'metadata'>): boolean {
  const kept = v.safeParse(notebookMetadata, metadata);
  return kept.success && kept.output.saveOutputs === true;
}

/** From now on, or no longer, the notebook's file holds outputs: with its next save. */
export function keepOutputs(notebook: vscode.NotebookDocument, isKept: boolean): Promise<boolean> {
  const others = without(notebook.metadata, ['saveOutputs']);
  return apply(notebook, [
    vscode.NotebookEdit.updateNotebookMetadata(isKept ? { ...others, saveOutputs: true } : others),
    ...(isKept ? edits(notebook.getCells()) : forgetting(notebook.getCells())),
  ]);
}

/**
 * Copies outputs into the metadata of their cells, in notebooks that keep them. VS Code never hands outputs of our notebooks
 * to the serializer, so that a run changes no file; metadata does reach it, and a change of it makes the notebook dirty.
 */
export class OutputKeeper implements vscode.Disposable {
  readonly #listening = vscode.Disposable.from(
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => {
      if (isOurs(notebook)) {
        void apply(notebook, edits(cellChanges.filter(hasOtherOutputs).map(({ cell }) => cell)));
      }
    }),
    // An undo may have taken back the copy, but not the outputs.
    vscode.workspace.onWillSaveNotebookDocument((event) => {
      if (isOurs(event.notebook)) {
        event.waitUntil(Promise.resolve(editOf(event.notebook, edits(event.notebook.getCells()))));
      }
    }),
  );

  dispose(): void {
    this.#listening.dispose();
  }
}

function isOurs(notebook: vscode.NotebookDocument): boolean {
  return notebook.notebookType === NOTEBOOK_TYPE && keepsOutputs(notebook);
}

function hasOtherOutputs({ outputs, executionSummary }: vscode.NotebookDocumentCellChange): boolean {
  return outputs !== undefined || executionSummary !== undefined;
}

/** What brings the metadata of cells up to date with their outputs. */
function edits(cells: readonly vscode.NotebookCell[]): vscode.NotebookEdit[] {
  return cells.flatMap((cell) => {
    const kept = v.safeParse(cellMetadata, cell.metadata);
    const { outputs: before = [], ...others }: CellMetadata = kept.success ? kept.output : {};
    const outputs = savedOutputsOf(cell);
    return JSON.stringify(before) === JSON.stringify(outputs)
      ? []
      : [vscode.NotebookEdit.updateCellMetadata(cell.index, { ...others, outputs })];
  });
}

function forgetting(cells: readonly vscode.NotebookCell[]): vscode.NotebookEdit[] {
  return cells.flatMap(({ index, metadata }) =>
    'outputs' in metadata
      ? [vscode.NotebookEdit.updateCellMetadata(index, without(metadata, ['outputs']))]
      : [],
  );
}

function editOf(
  { uri }: vscode.NotebookDocument,
  changes: readonly vscode.NotebookEdit[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, [...changes]);
  return edit;
}

/** @returns whether the notebook took the changes */
async function apply(
  notebook: vscode.NotebookDocument,
  changes: readonly vscode.NotebookEdit[],
): Promise<boolean> {
  return changes.length === 0 || vscode.workspace.applyEdit(editOf(notebook, changes));
}
