import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditFinding } from '../../store/files/editedCopy';
import type { Notices } from './notices';

/** Tells what a sync found about the files of the mirror. Damage is no notice that could be hidden. */
export function tellOfEdits(notices: Notices): (sentence: string, finding: EditFinding) => void {
  return (sentence, finding) => {
    if (finding === 'edited') {
      notices.tell({ id: 'editedCopy', text: sentence });
      return;
    }
    const check = l10n.t('Check Database');
    void vscode.window.showWarningMessage(sentence, check).then(async (choice) => {
      if (choice === check) {
        await vscode.commands.executeCommand('openwebuiSync.checkDatabase');
      }
    });
  };
}
