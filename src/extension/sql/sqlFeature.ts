import * as vscode from 'vscode';
import { reportFailure } from '../commands/registry';
import { RESULTS_VIEW, ResultsView } from '../results/resultsView';
import type { Feature } from '../services';
import { readSettings } from '../readSettings';
import { parseNumber } from '../settings';
import { QUERY_LANGUAGE, openNewQuery } from './newQuery';
import { QueryDiagnostics, describeError } from './queryDiagnostics';
import { QuerySession } from '../results/querySession';
import { QueryStatus } from './queryStatus';
import { StatementHighlight } from './statementHighlight';
import { statementsToRun } from './statements';
import { ValueDocuments } from '../results/valueDocuments';

const FIXED_DATABASE_NAME = 'openwebui_sync.db';

/** SQL from the editor: query documents, running what the cursor means, results in the panel. */
export const sqlFeature: Feature = (services) => {
  const status = new QueryStatus(FIXED_DATABASE_NAME);
  const highlight = new StatementHighlight();
  const diagnostics = new QueryDiagnostics();
  const values = new ValueDocuments();
  const session = new QuerySession({
    rowLimit,
    ran: services.ran,
    onChange: () => {
      status.isRunning = session.isRunning;
      view.sendState();
    },
  });
  const view = new ResultsView({
    extensionUri: services.context.extensionUri,
    session,
    values,
    onError: (error) => reportFailure(services.log, 'Query results', error),
  });

  services.registerCommand('openwebuiSync.newQuery', openNewQuery);
  services.registerCommand('openwebuiSync.cancelQuery', () => session.cancel());
  services.registerCommand('openwebuiSync.runQuery', async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== QUERY_LANGUAGE) {
      return;
    }
    const { document, selection } = editor;
    const statements = statementsToRun(document.getText(), {
      start: document.offsetAt(selection.start),
      end: document.offsetAt(selection.end),
    });
    if (statements.length === 0) {
      void vscode.window.showInformationMessage('Put the cursor into a statement, or select one, to run it.');
      return;
    }
    highlight.show(
      editor,
      statements.map(
        ({ start, end }) => new vscode.Range(document.positionAt(start), document.positionAt(end)),
      ),
    );
    diagnostics.clear(document);
    const { version } = document;
    await view.reveal();
    const outcome = await session.run(statements, {
      source: services.sources.current,
      describeError: (statement, error) => describeError(document, statement, error),
    });
    // After an edit the place would be wrong; the view still tells the error.
    if (outcome.kind === 'failed' && document.version === version) {
      diagnostics.show(document, outcome.statement, outcome.error);
    }
  });

  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(RESULTS_VIEW, view),
    session,
    values,
    diagnostics,
    highlight,
    status,
  );
};

function rowLimit(): number {
  return parseNumber(readSettings(), 'query.rowLimit');
}
