import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services } from '../services';
import { fillParameters } from '../sql/language/parameters/fillParameters';
import { QUERY_LANGUAGE } from '../sql/newQuery';
import { statementsToRun } from '../sql/statements';
import { writeExample } from './newReport';
import type { OwnReportList } from './ownReportList';
import { reportStatement, valuesNeeded, widestPage } from './reportStatement';
import { saveAsReport } from './saveAsReport';

/**
 * The commands for reports that people write themselves. `open` shows a report beside its file.
 */
export function registerOwnReports(
  services: Services,
  list: OwnReportList,
  open: (reportId: string) => void,
): void {
  const folder = (): vscode.Uri => vscode.Uri.file(list.folder);
  const edit = async (file: vscode.Uri): Promise<void> => {
    await vscode.window.showTextDocument(file);
    await list.reload();
  };
  services.registerCommand('openwebuiSync.newReport', async () => {
    await edit(await writeExample(folder()));
  });
  services.registerCommand('openwebuiSync.openReportsFolder', async () => {
    await vscode.workspace.fs.createDirectory(folder());
    await vscode.commands.executeCommand('revealFileInOS', folder());
  });
  services.registerCommand('openwebuiSync.previewReport', async () => {
    const file = vscode.window.activeTextEditor?.document.uri;
    const id = file === undefined ? undefined : list.idOf(file);
    if (id === undefined) {
      void vscode.window.showInformationMessage(
        l10n.t('Open a report of your own first: a file that ends in .report.json in {0}.', list.folder),
      );
      return;
    }
    await list.reload();
    open(id);
  });
  services.registerCommand('openwebuiSync.saveQueryAsReport', async () => {
    const editor = vscode.window.activeTextEditor;
    const statement = editor === undefined ? undefined : statementAt(editor);
    if (statement === undefined) {
      void vscode.window.showInformationMessage(
        l10n.t('Put the cursor into a statement of a query to save it.'),
      );
      return;
    }
    const values = await fillParameters(services, valuesNeeded(statement).join(' '));
    const file = await saveAsReport(
      reportStatement(statement, values),
      services.queries,
      widestPage(
        services.instances.list().map(({ id }) => id),
        Date.now(),
      ),
      folder(),
    );
    await edit(file);
    const id = list.idOf(file);
    if (id !== undefined) {
      open(id);
    }
  });
}

function statementAt({ document, selection }: vscode.TextEditor): string | undefined {
  if (document.languageId !== QUERY_LANGUAGE) {
    return undefined;
  }
  const [statement] = statementsToRun(document.getText(), {
    start: document.offsetAt(selection.start),
    end: document.offsetAt(selection.end),
  });
  return statement === undefined ? undefined : document.getText().slice(statement.start, statement.end);
}
