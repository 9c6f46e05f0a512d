import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { SqlError } from '../../store/resultSet';
import { sentenceOf } from '../errors';
import { errorRange, type Statement } from './statements';

/** An error and the statement in which it stands. */
export interface StatementError {
  readonly statement: Statement;
  readonly error: unknown;
}

/** Marks where statements are wrong: what a check found, or the last run's error. */
export class QueryDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('openwebui-sql');
  readonly #onClose = vscode.workspace.onDidCloseTextDocument((document) => this.clear(document));

  clear(document: vscode.TextDocument): void {
    this.#collection.delete(document.uri);
  }

  /** Marks errors of SQLite in place of what was marked before; other failures have no place in the text. */
  show(document: vscode.TextDocument, errors: readonly StatementError[]): void {
    this.#collection.set(
      document.uri,
      errors.flatMap(({ statement, error }) => {
        if (!(error instanceof SqlError)) {
          return [];
        }
        const diagnostic = new vscode.Diagnostic(
          rangeOf(document, statement, error),
          sentenceOf(error),
          vscode.DiagnosticSeverity.Error,
        );
        diagnostic.source = 'SQLite';
        return [diagnostic];
      }),
    );
  }

  dispose(): void {
    this.#onClose.dispose();
    this.#collection.dispose();
  }
}

/** The error's sentence, with its line in the document where SQLite tells it. */
export function describeError(document: vscode.TextDocument, statement: Statement, error: unknown): string {
  if (!(error instanceof SqlError) || error.offset === undefined) {
    return sentenceOf(error);
  }
  const line = rangeOf(document, statement, error).start.line + 1;
  return l10n.t('Line {0}: {1}', line, sentenceOf(error));
}

function rangeOf(document: vscode.TextDocument, statement: Statement, error: SqlError): vscode.Range {
  const { start, end } = errorRange(statement.text, error.offset);
  return new vscode.Range(
    document.positionAt(statement.start + start),
    document.positionAt(statement.start + end),
  );
}
