import * as vscode from 'vscode';
import { reportFailure } from '../../../commands/registry';
import type { Services } from '../../../services';
import { QUERY_LANGUAGE } from '../../newQuery';
import { RememberedFiles } from './rememberedFiles';

const SQL = 'sql';

/** Lets `.sql` files be query documents where somebody said so; every other one stays as it is. */
export function registerMirrorFiles(services: Services): vscode.Disposable {
  const files = new RememberedFiles(services.context.workspaceState);
  const adopt = async (document: vscode.TextDocument): Promise<void> => {
    if (document.languageId === SQL && files.has(document.uri.toString())) {
      await vscode.languages.setTextDocumentLanguage(document, QUERY_LANGUAGE);
    }
  };
  const adoptOrTell = (document: vscode.TextDocument): void => {
    adopt(document).catch((error: unknown) => reportFailure(services.log, 'Mirror query', error));
  };

  services.registerCommand('openwebuiSync.useAsMirrorQuery', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === SQL) {
      await files.add(document.uri.toString());
      await adopt(document);
    }
  });
  services.registerCommand('openwebuiSync.useAsPlainSql', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === QUERY_LANGUAGE) {
      await files.remove(document.uri.toString());
      await vscode.languages.setTextDocumentLanguage(document, SQL);
    }
  });

  vscode.workspace.textDocuments.forEach(adoptOrTell);
  return vscode.workspace.onDidOpenTextDocument(adoptOrTell);
}
