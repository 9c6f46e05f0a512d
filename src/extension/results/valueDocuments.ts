import type * as vscode from 'vscode';
import type { Cell } from '../../store/resultSet';
import { TextDocuments } from '../views/textDocuments';
import { openedValue } from './resultPages';

/** Shows one whole value of a result in a read-only document. */
export class ValueDocuments implements vscode.Disposable {
  readonly #documents = new TextDocuments('openwebui-sync-value');

  /** `name` is the column's: it becomes the tab's title. */
  async open(name: string, cell: Cell): Promise<void> {
    await this.#documents.open({ title: name, ...openedValue(cell) });
  }

  dispose(): void {
    this.#documents.dispose();
  }
}
