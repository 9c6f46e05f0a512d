import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SqlParameters } from '../../store/resultSet';
import { parameterNames } from '../../store/sqlite/sqlTokens';
import { sentenceOf } from '../errors';
import type { QueryOutcome } from '../results/queryRun';
import type { Results } from '../results/results';
import type { Services } from '../services';
import { fillParameters } from './language/parameters/fillParameters';
import { QUERY_LANGUAGE } from './newQuery';
import { describeError, type QueryDiagnostics } from './queryDiagnostics';
import type { StatementHighlight } from './statementHighlight';
import { splitStatements, statementAt, statementsToRun, type Statement } from './statements';

/** Languages in whose documents a command of ours runs statements; keys and buttons are for ours alone. */
const LANGUAGES: ReadonlySet<string> = new Set([QUERY_LANGUAGE, 'sql']);

/** Statements and the editor in which they stand. */
export interface EditorStatements {
  readonly editor: vscode.TextEditor;
  readonly statements: readonly Statement[];
}

export interface QueryRunsDeps {
  readonly services: Services;
  readonly results: Results;
  readonly diagnostics: QueryDiagnostics;
  readonly highlight: StatementHighlight;
  /** Told when the parameters of a run have got their values. */
  readonly onValues: () => void;
}

/** Runs statements of editors and of nowhere, with their parameters, into the results view. */
export class QueryRuns {
  readonly #deps: QueryRunsDeps;

  constructor(deps: QueryRunsDeps) {
    this.#deps = deps;
  }

  /** Shows what runs, runs it, and marks its error where it stands. @throws CancelledError when a parameter is not given */
  async run({ editor, statements }: EditorStatements): Promise<QueryOutcome['kind']> {
    const { services, results, diagnostics, highlight } = this.#deps;
    const { document } = editor;
    highlight.show(
      editor,
      statements.map(
        ({ start, end }) => new vscode.Range(document.positionAt(start), document.positionAt(end)),
      ),
    );
    const { version } = document;
    const bound = await this.#bound(statements);
    diagnostics.clear(document);
    await results.reveal();
    const outcome = await results.session.run(bound, {
      source: services.sources.current,
      describeError: (statement, error) => describeError(document, statement, error),
    });
    // After an edit the place would be wrong; the view still tells the error.
    if (outcome.kind === 'failed' && document.version === version) {
      diagnostics.show(document, [outcome]);
    }
    return outcome.kind;
  }

  /** Runs a text that is in no document. @param title what its results are called */
  async runText(sql: string, title: string): Promise<QueryOutcome['kind']> {
    const { services, results } = this.#deps;
    const bound = await this.#bound(splitStatements(sql));
    await results.reveal();
    const outcome = await results.session.run(bound, {
      source: services.sources.current,
      describeError: (_, error) => sentenceOf(error),
      title,
    });
    return outcome.kind;
  }

  async #bound(
    statements: readonly Statement[],
  ): Promise<(Statement & { readonly parameters: SqlParameters })[]> {
    const values = await fillParameters(
      this.#deps.services,
      statements.map(({ text }) => text).join('\n;\n'),
    );
    this.#deps.onValues();
    return statements.map((statement) => ({
      ...statement,
      parameters: Object.fromEntries(
        parameterNames(statement.text).map((name) => [name, values[name] ?? null]),
      ),
    }));
  }
}

/**
 * The statements that a command means: those of a lens by its arguments, else the selection's or the one at the cursor of the
 * active editor. Says so and returns undefined where there is none.
 */
export function statementsMeant(args: readonly unknown[]): EditorStatements | undefined {
  const [uri, offset] = args;
  if (uri instanceof vscode.Uri && typeof offset === 'number') {
    return statementOfLens(uri, offset);
  }
  const editor = activeQueryEditor();
  if (editor === undefined) {
    return undefined;
  }
  const { document, selection } = editor;
  const statements = statementsToRun(document.getText(), {
    start: document.offsetAt(selection.start),
    end: document.offsetAt(selection.end),
  });
  return unlessEmpty({ editor, statements });
}

/** All statements of the active query document. */
export function allStatements(): EditorStatements | undefined {
  const editor = activeQueryEditor();
  return editor && unlessEmpty({ editor, statements: splitStatements(editor.document.getText()) });
}

/** The editor in front, when it shows SQL. */
export function activeQueryEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && LANGUAGES.has(editor.document.languageId) ? editor : undefined;
}

function statementOfLens(uri: vscode.Uri, offset: number): EditorStatements | undefined {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  const statement = editor && statementAt(editor.document.getText(), offset);
  return editor && statement && { editor, statements: [statement] };
}

function unlessEmpty(meant: EditorStatements): EditorStatements | undefined {
  if (meant.statements.length > 0) {
    return meant;
  }
  void vscode.window.showInformationMessage(
    l10n.t('Put the cursor into a statement, or select one, to run it.'),
  );
  return undefined;
}
