import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { lineSql } from '../../reports/reconciliation/lineRows';
import type { ReportModel } from '../../reports/reportModel';
import type { Services } from '../services';

/**
 * Opens a query of a shown report as a document, to be run on the report's source: it is to give the same numbers. Does
 * nothing when the report does not show it any more. Queries read no warehouse, and one of its SQL would not run here.
 */
export async function openReportQuery(
  services: Services,
  model: ReportModel | undefined,
  queryId: string,
): Promise<void> {
  if (model?.warehouse !== undefined) {
    void vscode.window.showInformationMessage(
      l10n.t('Queries read the mirror. Choose the mirror as the source of this report to open its SQL.'),
    );
    return;
  }
  const query = model?.queries.find(({ id }) => id === queryId);
  if (query !== undefined) {
    await openStatement(services, query.sql);
  }
}

/** Opens the statement of a line of the reconciliation, which shows its meter rows; does nothing for what is no line. */
export async function openCostLine(services: Services, line: string): Promise<void> {
  const sql = lineSql(line);
  if (sql !== undefined) {
    await openStatement(services, sql);
  }
}

async function openStatement({ sources, sourceId }: Services, sql: string): Promise<void> {
  sources.choose(sourceId);
  const document = await vscode.workspace.openTextDocument({
    language: 'openwebui-sql',
    content: `${sql};\n`,
  });
  await vscode.window.showTextDocument(document);
}
