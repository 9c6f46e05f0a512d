import * as vscode from 'vscode';
import { SqlError } from '../../store/resultSet';
import { sentenceOf } from '../errors';
import { errorRange, type Statement } from './statements';

/** The last run's error, marked where it stands until the text changes. */
export class QueryDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('openwebui-sql');
  readonly #onEdit = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) {
      this.clear(document);
    }
  });
  readonly #onClose = vscode.workspace.onDidCloseTextDocument((document) => this.clear(document));

  clear(document: vscode.TextDocument): void {
    this.#collection.delete(document.uri);
  }

  /** Marks an error of SQLite; other failures have no place in the text. */
  show(document: vscode.TextDocument, statement: Statement, error: unknown): void {
    if (!(error instanceof SqlError)) {
      return;
    }
    const diagnostic = new vscode.Diagnostic(
      rangeOf(document, statement, error),
      sentenceOf(error),
      vscode.DiagnosticSeverity.Error,
    );
    diagnostic.source = 'SQLite';
    this.#collection.set(document.uri, [diagnostic]);
  }

  dispose(): void {
    this.#onEdit.dispose();
    this.#onClose.dispose();
    this.#collection.dispose();
  }
}

/** The error's sentence, with its line in the document where SQLite tells it. */
export function describeError(document: vscode.TextDocument, statement: Statement, error: unknown): string {
  if (!(error instanceof SqlError) || error.offset === undefined) {
    return sentenceOf(error);
  }
  return `Line ${rangeOf(document, statement, error).start.line + 1}: ${sentenceOf(error)}`;
}

function rangeOf(document: vscode.TextDocument, statement: Statement, error: SqlError): vscode.Range {
  const { start, end } = errorRange(statement.text, error.offset);
  return new vscode.Range(
    document.positionAt(statement.start + start),
    document.positionAt(statement.start + end),
  );
}
