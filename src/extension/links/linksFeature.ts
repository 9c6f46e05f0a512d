import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import { addressOfLink, runOfLink } from './linkQueries';

/** Follows links into the editor: to a report, to a sync run, and to the questions that add an instance. */
export const linksFeature: CoreFeature = ({ links }) => {
  links.add('/add-instance', (query) => run('openwebuiSync.addInstance', addressOfLink(query)));
  links.add('/open-run', (query) => {
    const runId = runOfLink(query);
    return run('openwebuiSync.showRun', runId === undefined ? undefined : { runId });
  });
  return vscode.window.registerUriHandler({
    handleUri: (uri) => {
      if (!links.follow(uri)) {
        void vscode.window.showErrorMessage(l10n.t('This link cannot be followed. Copy it again.'));
      }
    },
  });
};

/** The command asks whatever it asks without a link, too. */
function run(command: string, argument: unknown): boolean {
  if (argument !== undefined) {
    void vscode.commands.executeCommand(command, argument);
  }
  return argument !== undefined;
}
