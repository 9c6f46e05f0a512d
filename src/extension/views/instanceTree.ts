import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import type { MirrorModel } from './mirrorModel';
import type { NodeModel } from './nodeModel';
import { failedInstances } from './instanceView';
import { mirrorMessage } from './mirrorMessage';

export const INSTANCES_VIEW = 'openwebuiSync.instances';

/** The side bar's tree. Its lines are computed as plain data (`nodes.ts`); this class only draws them. */
class InstanceTree implements vscode.TreeDataProvider<NodeModel>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly model: MirrorModel) {
    this.#subscription = model.onDidChange(() => this.#changed.fire(undefined));
  }

  getChildren(node?: NodeModel): NodeModel[] {
    return [...(node?.children ?? this.model.tree())];
  }

  getTreeItem(node: NodeModel): vscode.TreeItem {
    const item = new vscode.TreeItem(
      node.label,
      node.children.length === 0
        ? vscode.TreeItemCollapsibleState.None
        : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.id = node.id;
    item.iconPath = new vscode.ThemeIcon(
      node.icon.id,
      node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color),
    );
    item.contextValue = node.contextValue;
    if (node.description !== undefined) {
      item.description = node.description;
    }
    if (node.runId !== undefined) {
      item.command = { command: 'openwebuiSync.showRun', title: 'Show Sync Run', arguments: [node] };
    }
    item.accessibilityInformation = { label: [node.label, node.description].filter(Boolean).join(', ') };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: NodeModel): vscode.TreeItem {
    if (node.tooltip !== undefined) {
      item.tooltip = new vscode.MarkdownString(node.tooltip);
    }
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** The instances view with its badge: the number of failed instances until they are seen. */
export const instanceTreeFeature: CoreFeature = ({ model }) => {
  const tree = new InstanceTree(model);
  const view = vscode.window.createTreeView(INSTANCES_VIEW, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
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
    view.badge = value === 0 ? undefined : { value, tooltip: `Needs attention: ${names}` };
  };
  const update = (): void => {
    updateBadge();
    view.message = mirrorMessage(model.view()) ?? '';
  };
  update();
  return vscode.Disposable.from(
    view,
    tree,
    model.onDidChange(update),
    view.onDidChangeVisibility(updateBadge),
  );
};
