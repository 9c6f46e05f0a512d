import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import { readSettings } from '../readSettings';
import { parseStatusBarVisible, SETTINGS_SECTION } from '../settings';
import { statusBarModel } from './statusBarModel';

/** The status bar item: what runs, else how much is mirrored; a click offers the actions. */
export const statusBarFeature: CoreFeature = ({ model }) => {
  const item = vscode.window.createStatusBarItem('openwebuiSync.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'OpenWebUI Sync';
  item.command = 'openwebuiSync.showActions';
  const update = (): void => {
    const shown = parseStatusBarVisible(readSettings()) ? statusBarModel(model.view()) : undefined;
    if (shown === undefined) {
      item.hide();
      return;
    }
    item.text = shown.text;
    item.tooltip = new vscode.MarkdownString(shown.tooltip);
    item.backgroundColor = shown.isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    item.show();
  };
  update();
  return vscode.Disposable.from(
    item,
    model.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS_SECTION}.statusBar`)) {
        update();
      }
    }),
  );
};
