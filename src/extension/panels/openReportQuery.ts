import * as vscode from 'vscode';
import type { ReportModel } from '../../reports/reportModel';
import type { Services } from '../services';

/**
 * Opens a query of a shown report as a document, to be run on the report's source: it is to give the same numbers. Does
 * nothing when the report does not show it any more.
 */
export async function openReportQuery(
  { sources, sourceId }: Services,
  model: ReportModel | undefined,
  queryId: string,
): Promise<void> {
  const query = model?.queries.find(({ id }) => id === queryId);
  if (query !== undefined) {
    sources.choose(sourceId);
    const document = await vscode.workspace.openTextDocument({
      language: 'openwebui-sql',
      content: `${query.sql};\n`,
    });
    await vscode.window.showTextDocument(document);
  }
}
