import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import { settingProblems } from '../help/settingsNotice';
import { readSettings } from '../readSettings';
import { parseStatusBarVisible, SETTINGS_SECTION } from '../settings';
import { statusBarModel, TOOLTIP_COMMANDS } from './statusBarModel';

/** The status bar item: what runs, else how much is mirrored; a click offers the actions. */
export const statusBarFeature: CoreFeature = (core) => {
  const { model } = core;
  const item = vscode.window.createStatusBarItem('openwebuiSync.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'OpenWebUI Sync';
  item.command = 'openwebuiSync.showActions';
  let problems: readonly string[] = [];
  const update = (): void => {
    const shown = parseStatusBarVisible(readSettings()) ? statusBarModel(model.view(), problems) : undefined;
    if (shown === undefined) {
      item.hide();
      return;
    }
    item.text = shown.text;
    item.tooltip = new vscode.MarkdownString(shown.tooltip, true);
    item.tooltip.isTrusted = { enabledCommands: TOOLTIP_COMMANDS };
    item.backgroundColor = shown.isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    item.show();
  };
  const updateWithSettings = (): void => {
    problems = settingProblems(core).map(({ id }) => id);
    update();
  };
  update();
  // The editor's start does not wait for it.
  const first = setImmediate(updateWithSettings);
  return vscode.Disposable.from(
    item,
    { dispose: () => clearImmediate(first) },
    model.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS_SECTION)) {
        updateWithSettings();
      }
    }),
  );
};
