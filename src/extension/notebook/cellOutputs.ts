import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as v from 'valibot';
import {
  RESULT_MIME,
  type CellChart,
  type NotebookResult,
  type OutputMetadata,
} from '../../webview/notebook/notebookResult';
import { fallbackMarkdown } from './notebookOutput';
import { notebookResult, type SavedOutput } from './notebookSchema';

const ERROR_MIME = 'application/vnd.code.notebook.error';

/** What stands beside an output, as it is read back. */
const outputMetadata = v.looseObject({ outputId: v.string(), statement: v.number() });
const savedError = v.looseObject({ message: v.string() });

/** The output of a statement's result: for our renderer, and as Markdown for whatever else shows it. */
export function resultOutput(
  result: NotebookResult,
  statement: number,
  charts: readonly CellChart[] = [],
): vscode.NotebookCellOutput {
  const chart = charts.find((one) => one.statement === statement);
  const metadata: OutputMetadata = {
    outputId: randomUUID(),
    statement,
    ...(chart === undefined ? {} : { chart }),
  };
  return new vscode.NotebookCellOutput(
    [
      vscode.NotebookCellOutputItem.json(result, RESULT_MIME),
      vscode.NotebookCellOutputItem.text(fallbackMarkdown(result), 'text/markdown'),
    ],
    { ...metadata },
  );
}

/** The output of an error; its message names the place. */
export function errorOutput({ name, message }: Pick<Error, 'name' | 'message'>): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput([
    // Without a stack: where our code stood says nothing about a statement.
    vscode.NotebookCellOutputItem.error({ name, message, stack: '' }),
  ]);
}

/** Outputs that a file holds, as VS Code shows them. */
export function outputsOf(
  saved: readonly SavedOutput[],
  charts: readonly CellChart[],
): vscode.NotebookCellOutput[] {
  return saved.map((output) =>
    'result' in output
      ? resultOutput(output.result, output.statement, charts)
      : errorOutput({ name: 'SqlError', message: output.error }),
  );
}

/** The outputs of a cell as a file holds them; what is none of ours is left out. */
export function savedOutputsOf({ outputs }: Pick<vscode.NotebookCell, 'outputs'>): SavedOutput[] {
  return outputs.flatMap(({ items, metadata }): SavedOutput[] => {
    const result = itemOf(items, RESULT_MIME, notebookResult);
    const place = v.safeParse(outputMetadata, metadata);
    if (result !== undefined && place.success) {
      return [{ statement: place.output.statement, result }];
    }
    const error = itemOf(items, ERROR_MIME, savedError);
    return error === undefined ? [] : [{ error: error.message }];
  });
}

/** Id of an output of ours; undefined for any other. */
export function outputIdOf({ metadata }: vscode.NotebookCellOutput): string | undefined {
  const place = v.safeParse(outputMetadata, metadata);
  return place.success ? place.output.outputId : undefined;
}

function itemOf<T>(
  items: readonly vscode.NotebookCellOutputItem[],
  mime: string,
  schema: v.GenericSchema<unknown, T>,
): T | undefined {
  const item = items.find((one) => one.mime === mime);
  if (item === undefined) {
    return undefined;
  }
  const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(item.data)));
  return parsed.success ? parsed.output : undefined;
}
