import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { reportFailure } from '../../commands/registry';
import type { Log } from '../../log';
import { ShownNodes } from './shownNodes';
import type { TreeNode } from './treeNode';

const REVEAL_TRIES = 4;
/** The editor collects changes of a tree for about 200 ms. */
const REDRAW_MS = 250;

/** Where a tree gets its lines from. */
export interface NodeSource<N extends TreeNode> {
  /** Fires when lines may differ. */
  readonly onDidChange: vscode.Event<unknown>;
  roots(): readonly N[] | Promise<readonly N[]>;
}

/** A tree view that draws lines of plain data, and again only those that differ. */
export class NodeTree<N extends TreeNode> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  readonly #shown = new ShownNodes<N>();
  readonly #changed = new vscode.EventEmitter<N[] | undefined>();
  readonly #owned: vscode.Disposable;
  /** Whether the editor has asked for lines: before that nothing is read. */
  #isAsked = false;
  #version = 0;
  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires when lines may differ. */
  readonly onDidChange: vscode.Event<unknown>;
  readonly view: vscode.TreeView<N>;

  constructor(
    viewId: string,
    private readonly source: NodeSource<N>,
    private readonly log: Log,
  ) {
    this.onDidChange = source.onDidChange;
    this.view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#owned = vscode.Disposable.from(
      this.view,
      this.#changed,
      source.onDidChange(() => void this.#refresh()),
    );
  }

  async getChildren(node?: N): Promise<N[]> {
    if (node === undefined) {
      this.#isAsked = true;
      await this.#load();
    }
    return this.#shown.children(node);
  }

  getTreeItem(node: N): vscode.TreeItem {
    return treeItemOf(this.#shown.draw(node));
  }

  getParent(node: N): N | undefined {
    return this.#shown.parent(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: N): vscode.TreeItem {
    const { tooltip } = this.#shown.current(node);
    if (tooltip !== undefined) {
      item.tooltip = new vscode.MarkdownString(tooltip);
    }
    return item;
  }

  /** The lines as they are now. */
  async read(): Promise<readonly N[]> {
    return this.source.roots();
  }

  /** Shows a line by its id, if there is such a line. */
  async reveal(
    id: string,
    options: { select?: boolean; expand?: boolean } = { select: true },
  ): Promise<void> {
    if (this.#shown.find(id) === undefined) {
      await this.#load();
    }
    for (let tries = 1; ; tries += 1) {
      const node = this.#shown.find(id);
      if (node === undefined) {
        return;
      }
      try {
        await this.view.reveal(node, options);
        return;
      } catch (error) {
        // The editor does not find a line while it draws the tree anew.
        if (tries === REVEAL_TRIES) {
          throw error;
        }
        await setTimeout(REDRAW_MS);
      }
    }
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #refresh(): Promise<void> {
    if (!this.#isAsked) {
      return;
    }
    try {
      const changed = await this.#load();
      if (changed === 'all') {
        this.#changed.fire(undefined);
      } else if (changed.length > 0) {
        this.#changed.fire([...changed]);
      }
    } catch (error) {
      reportFailure(this.log, this.view.title ?? '', error);
    }
  }

  /** Reads the lines; what is overtaken by a later reading changes nothing. */
  async #load(): Promise<readonly N[] | 'all'> {
    this.#version += 1;
    const version = this.#version;
    const roots = await this.source.roots();
    return version === this.#version ? this.#shown.replace(roots) : [];
  }
}

/** The trees of the side bar by the ids of their views. */
export class Trees implements vscode.Disposable {
  readonly #trees = new Map<string, NodeTree<TreeNode>>();

  constructor(private readonly log: Log) {}

  /** Shows a tree in the view. */
  add<N extends TreeNode>(viewId: string, source: NodeSource<N>): NodeTree<N> {
    const tree = new NodeTree(viewId, source, this.log);
    this.#trees.set(viewId, tree);
    return tree;
  }

  find(viewId: string): NodeTree<TreeNode> | undefined {
    return this.#trees.get(viewId);
  }

  dispose(): void {
    this.#trees.forEach((tree) => tree.dispose());
  }
}

function treeItemOf(node: TreeNode): vscode.TreeItem {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const state = node.children.length === 0 ? None : node.isOpen === true ? Expanded : Collapsed;
  const item = new vscode.TreeItem(node.label, state);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(
    node.icon.id,
    node.icon.color === undefined ? undefined : new vscode.ThemeColor(node.icon.color),
  );
  item.contextValue = node.contextValue;
  if (node.description !== undefined) {
    item.description = node.description;
  }
  if (node.click !== undefined) {
    item.command = { ...node.click, arguments: [node] };
  }
  item.accessibilityInformation = {
    label: node.spoken ?? [node.label, node.description].filter(Boolean).join(', '),
  };
  return item;
}
