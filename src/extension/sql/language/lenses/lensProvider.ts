import * as vscode from 'vscode';
import { readSettings } from '../../../readSettings';
import { parseQueryCodeLens } from '../../../settings';
import { valueInUse, type ParameterServices } from '../parameters/fillParameters';
import { queryLenses } from './queryLenses';

/** Cells of a notebook have buttons of their own. */
const CELL_SCHEME = 'vscode-notebook-cell';

/** Run, Explain and the values of parameters above each statement of a query document. */
export class QueryLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(private readonly services: ParameterServices) {}

  /** Call it when values or settings may be others. */
  refresh(): void {
    this.#changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (document.uri.scheme === CELL_SCHEME || !parseQueryCodeLens(readSettings())) {
      return [];
    }
    return queryLenses(document.getText(), (parameter) => valueInUse(this.services, parameter)).map(
      ({ offset, title, command, argument }) => {
        const start = document.positionAt(offset);
        return new vscode.CodeLens(new vscode.Range(start, start), {
          title,
          command,
          arguments: [document.uri, argument],
        });
      },
    );
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
