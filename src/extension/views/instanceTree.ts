import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import { failedInstances } from './instanceView';
import { mirrorMessage } from './mirrorMessage';

export const INSTANCES_VIEW = 'openwebuiSync.instances';

/** The instances view with its badge: the number of failed instances until they are seen. */
export const instanceTreeFeature: CoreFeature = ({ model, trees }) => {
  const { view } = trees.add(INSTANCES_VIEW, {
    onDidChange: model.onDidChange,
    roots: () => model.tree(),
  });
  const seen = new Set<string>();
  const updateBadge = (): void => {
    const failed = failedInstances(model.view());
    const keys = failed.map(({ instance, lastRun }) => `${instance.id}/${lastRun?.runId ?? ''}`);
    if (view.visible) {
      keys.forEach((key) => seen.add(key));
    }
    const value = keys.filter((key) => !seen.has(key)).length;
    const names = failed.map(({ instance }) => instance.name).join(', ');
    view.badge = value === 0 ? undefined : { value, tooltip: l10n.t('Needs attention: {0}', names) };
  };
  const update = (): void => {
    updateBadge();
    view.message = mirrorMessage(model.view()) ?? '';
  };
  update();
  return vscode.Disposable.from(model.onDidChange(update), view.onDidChangeVisibility(updateBadge));
};
