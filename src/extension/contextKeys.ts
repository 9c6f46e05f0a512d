import * as vscode from 'vscode';

/** Context keys that `when` clauses of the manifest use; absent means false. A unit test holds both together. */
export const CONTEXT_KEYS = [
  'hasInstances',
  'hasAiAccess',
  'hasDemo',
  'hasHeldDeletions',
  'isSyncing',
  'isTimerOn',
  'isQueryRunning',
  'hasResult',
  'hasSynced',
  'hasOpenedReport',
  'hasRunQuery',
  'hasHiddenMessages',
  'hasInternalTables',
  'hasData',
  'needsSignIn',
  'hasCostConnections',
  'hasCosts',
  'isReadingCosts',
  'isHistoryPaused',
  'notebookKeepsOutputs',
] as const;

export type ContextKey = (typeof CONTEXT_KEYS)[number];

/** Sets `openwebuiSync.<key>`. */
export function setContextKey(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `openwebuiSync.${key}`, value);
}
