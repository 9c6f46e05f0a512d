import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parameterNames } from '../../store/sqlite/sqlTokens';
import type { CoreFeature } from '../core';
import { createResults } from '../results/results';
import { SETTINGS_SECTION } from '../settings';
import { chooseData } from './chooseData';
import { LiveChecks } from './language/check/liveChecks';
import { QueryLenses } from './language/lenses/lensProvider';
import { chooseParameters } from './language/parameters/askParameters';
import { changeParameters, valueInUse } from './language/parameters/fillParameters';
import { explainStatement } from './language/plan/explainStatement';
import { openNewQuery, openQuery, QUERY_LANGUAGE } from './newQuery';
import { QueryDiagnostics } from './queryDiagnostics';
import { activeQueryEditor, allStatements, QueryRuns, statementsMeant } from './queryRuns';
import { QueryStatus } from './queryStatus';
import { StatementHighlight } from './statementHighlight';

/** SQL from the editor: query documents, running and explaining what the cursor means, results in the panel. */
export const sqlFeature: CoreFeature = (core) => {
  const status = new QueryStatus(core.sources);
  const highlight = new StatementHighlight();
  const diagnostics = new QueryDiagnostics();
  const lenses = new QueryLenses(core);
  const results = createResults(core, (isRunning) => {
    status.isRunning = isRunning;
    if (!isRunning) {
      checks.resume();
    }
  });
  const checks = new LiveChecks(core, diagnostics, () => results.session.isRunning);
  const runs = new QueryRuns({
    services: core,
    results,
    diagnostics,
    highlight,
    onValues: () => lenses.refresh(),
  });

  core.registerCommand('openwebuiSync.newQuery', openNewQuery);
  core.registerCommand('openwebuiSync.openSql', (sql, options) =>
    openQuery(String(sql), { run: isRunWanted(options) }),
  );
  core.registerCommand('openwebuiSync.cancelQuery', () => results.session.cancel());
  core.registerCommand('openwebuiSync.runQuery', (...args) => {
    const meant = statementsMeant(args);
    return meant && runs.run(meant);
  });
  core.registerCommand('openwebuiSync.runAllStatements', () => {
    const all = allStatements();
    return all && runs.run(all);
  });
  core.registerCommand('openwebuiSync.runSql', (sql, title) => runs.runText(String(sql), String(title)));
  core.registerCommand('openwebuiSync.explainQuery', async (...args) => {
    const meant = statementsMeant(args);
    const [statement] = meant?.statements ?? [];
    if (meant === undefined || statement === undefined) {
      return;
    }
    try {
      await core.texts.open(await explainStatement(core.sources.current.queries, statement.text));
    } catch (error) {
      diagnostics.show(meant.editor.document, [{ statement, error }]);
      throw error;
    }
  });
  core.registerCommand('openwebuiSync.changeQueryParameters', async (...args) => {
    const names = namesOf(args[1]) ?? parameterNames(activeQueryEditor()?.document.getText() ?? '');
    if (names.length === 0) {
      void vscode.window.showInformationMessage(
        l10n.t('This query has no parameters. Write one such as :from where a value belongs.'),
      );
    } else {
      const chosen = await chooseParameters(names, (name) => valueInUse(core, name));
      await changeParameters(core, chosen);
      lenses.refresh();
    }
  });
  core.registerCommand('openwebuiSync.chooseQueryData', () => chooseData(core.sources));

  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(QUERY_LANGUAGE, lenses),
    core.sources.onDidChange(() => lenses.refresh()),
    core.instances.onDidChange(() => lenses.refresh()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.query.codeLens`)) {
        lenses.refresh();
      }
    }),
    checks,
    results,
    lenses,
    diagnostics,
    highlight,
    status,
  );
};

function isRunWanted(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'run' in options && options.run === true;
}

/** Names that a lens gives. */
function namesOf(argument: unknown): readonly string[] | undefined {
  return Array.isArray(argument) ? argument.filter((name) => typeof name === 'string') : undefined;
}
