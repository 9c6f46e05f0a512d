import * as vscode from 'vscode';
import type { SettingsSource } from './settings';
import { SETTINGS_SECTION } from './settings';

/** The settings as they are now. All are of application scope: a workspace has no say. */
export function readSettings(): SettingsSource {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  return { get: (key) => configuration.get(key) };
}
