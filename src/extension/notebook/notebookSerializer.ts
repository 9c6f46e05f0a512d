import * as vscode from 'vscode';
import * as v from 'valibot';
import { QUERY_LANGUAGE } from '../sql/newQuery';
import { outputsOf } from './cellOutputs';
import { formatNotebook, parseNotebook, type NotebookFile, type NotebookFileCell } from './notebookFile';
import { cellMetadata, notebookMetadata } from './notebookSchema';

/**
 * Reads and writes `.owsqlnb` files. A file that cannot be read is not opened at all, so that nothing can be saved over it.
 * What a cell led to never comes here by itself: outputs to save stand in the cell's metadata, see `OutputKeeper`.
 */
export const notebookSerializer: vscode.NotebookSerializer = {
  deserializeNotebook: (content) => notebookData(parseNotebook(content)),

  serializeNotebook({ metadata, cells }) {
    return formatNotebook({
      metadata: v.parse(notebookMetadata, metadata ?? {}),
      cells: cells.map((cell) => ({
        kind: cell.kind === vscode.NotebookCellKind.Code ? 'sql' : 'markdown',
        text: cell.value,
        metadata: v.parse(cellMetadata, cell.metadata ?? {}),
      })),
    });
  },
};

/** A notebook as VS Code opens it. */
export function notebookData({ metadata, cells }: NotebookFile): vscode.NotebookData {
  const data = new vscode.NotebookData(cells.map((cell) => cellData(cell, metadata.saveOutputs === true)));
  data.metadata = metadata;
  return data;
}

/** Outputs that the notebook does not keep are not shown either: the next save would remove them. */
function cellData(
  { kind, text, metadata }: NotebookFileCell,
  keepsOutputs: boolean,
): vscode.NotebookCellData {
  const { outputs = [], ...others } = metadata;
  const data =
    kind === 'sql'
      ? new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, QUERY_LANGUAGE)
      : new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, text, 'markdown');
  data.metadata = keepsOutputs ? metadata : others;
  if (keepsOutputs) {
    data.outputs = outputsOf(outputs, metadata.charts ?? []);
  }
  return data;
}
