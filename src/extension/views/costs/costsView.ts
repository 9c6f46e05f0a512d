import * as vscode from 'vscode';
import { setContextKey } from '../../contextKeys';
import { costViewOf } from '../../costs/costViewOf';
import type { CoreFeature } from '../../core';
import { SETTINGS_SECTION } from '../../settings';
import { costTree } from './costNodes';

export const COSTS_VIEW = 'openwebuiSync.costs';

/** The scopes whose costs are read or were imported; the context keys follow it. */
export const costsViewFeature: CoreFeature = (core) => {
  const { costs, mirror, trees } = core;
  const changed = new vscode.EventEmitter<void>();
  trees.add(COSTS_VIEW, { onDidChange: changed.event, roots: () => costTree(costViewOf(core)) });
  const update = (): void => {
    const hasConnections = costs.connections.list().length > 0;
    setContextKey('hasCostConnections', hasConnections);
    setContextKey('hasCosts', hasConnections || (mirror.status.costs ?? []).length > 0);
    setContextKey('isReadingCosts', costs.runs.running.length > 0);
    changed.fire();
  };
  update();
  return vscode.Disposable.from(
    changed,
    mirror.onDidChange(update),
    costs.connections.onDidChange(update),
    costs.runs.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS_SECTION}.cost`)) {
        update();
      }
    }),
  );
};
