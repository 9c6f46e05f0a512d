import * as vscode from 'vscode';
import type { SettingsSource } from './settings';
import { SETTINGS_SECTION } from './settings';

/** The settings as they are now. All are of application scope: a workspace has no say. */
export function readSettings(): SettingsSource {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  return { get: (key) => configuration.get(key) };
}

/** One setting by its whole id, such as `openwebuiSync.timer.dailyAt`: as it was typed, else its default. */
export function readSetting(id: string): unknown {
  return vscode.workspace.getConfiguration().get(id);
}
