import * as vscode from 'vscode';
import * as v from 'valibot';
import type { CellChart, FromRenderer, ToRenderer } from '../../webview/notebook/notebookResult';
import { outputIdOf } from './cellOutputs';
import { cellChart, cellMetadata } from './notebookSchema';
import { RENDERER_ID } from './notebookType';

const message = v.variant('type', [
  v.object({ type: v.literal('words') }),
  v.object({ type: v.literal('chart'), outputId: v.string(), chart: cellChart }),
  v.object({ type: v.literal('copy'), text: v.string() }),
]);

/** Answers the renderer of our results; what it cannot have said is dropped. */
export function answerRenderer(onError: (error: unknown) => void): vscode.Disposable {
  const messaging = vscode.notebooks.createRendererMessaging(RENDERER_ID);
  return messaging.onDidReceiveMessage(({ editor, message: received }) => {
    const parsed = v.safeParse(message, received);
    if (parsed.success) {
      void answer(parsed.output, editor, (words) => messaging.postMessage(words, editor)).catch(onError);
    }
  });
}

async function answer(
  said: FromRenderer,
  { notebook }: vscode.NotebookEditor,
  reply: (words: ToRenderer) => PromiseLike<unknown>,
): Promise<void> {
  switch (said.type) {
    case 'words':
      await reply({ type: 'words', contents: vscode.l10n.bundle });
      return;
    case 'copy':
      await vscode.env.clipboard.writeText(said.text);
      return;
    case 'chart':
      await keepChart(notebook, said.outputId, said.chart);
  }
}

/** Keeps the chart with the cell that the output belongs to. */
async function keepChart(
  notebook: vscode.NotebookDocument,
  outputId: string,
  chart: CellChart,
): Promise<void> {
  const cell = notebook
    .getCells()
    .find(({ outputs }) => outputs.some((output) => outputIdOf(output) === outputId));
  if (cell === undefined) {
    return;
  }
  const kept = v.safeParse(cellMetadata, cell.metadata);
  const others = (kept.success ? (kept.output.charts ?? []) : []).filter(
    ({ statement }) => statement !== chart.statement,
  );
  const charts = [...others, chart].sort((a, b) => a.statement - b.statement);
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.updateCellMetadata(cell.index, { ...cell.metadata, charts })]);
  await vscode.workspace.applyEdit(edit);
}
