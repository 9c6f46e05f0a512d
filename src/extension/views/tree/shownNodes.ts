import type { TreeNode } from './treeNode';

/**
 * The lines of a tree and what of them the editor has drawn, so that a change draws again what differs and nothing else. The
 * editor knows lines by the objects that it was given; those are handed back, and asked for by their id.
 */
export class ShownNodes<N extends TreeNode> {
  #roots: readonly N[] = [];
  readonly #current = new Map<string, { readonly node: N; readonly parentId: string | undefined }>();
  /** As the editor was given them. */
  readonly #given = new Map<string, N>();
  /** Ids of the children that the editor was given, by the id of their parent; '' is the tree itself. */
  readonly #childIds = new Map<string, string>();
  /** What the editor has drawn, by id. */
  readonly #drawn = new Map<string, string>();

  /**
   * Takes new lines. @returns the lines to draw again, as the editor knows them, each with what is below it; 'all': the
   * tree's first level differs.
   */
  replace(roots: readonly N[]): readonly N[] | 'all' {
    this.#roots = roots;
    this.#current.clear();
    this.#index(roots, undefined);
    for (const id of [...this.#given.keys()]) {
      if (!this.#current.has(id)) {
        this.#given.delete(id);
        this.#drawn.delete(id);
        this.#childIds.delete(id);
      }
    }
    const known = this.#childIds.get('');
    return known !== undefined && known !== idsOf(roots)
      ? 'all'
      : roots.flatMap((node) => this.#changed(node));
  }

  /** The lines below a line, or the first ones; the editor has them from now on. */
  children(node?: N): N[] {
    const children = node === undefined ? this.#roots : childrenOf(this.current(node));
    this.#childIds.set(node?.id ?? '', idsOf(children));
    children.forEach((child) => this.#given.set(child.id, child));
    return [...children];
  }

  /** The line as it is to be drawn now. */
  draw(node: N): N {
    const current = this.current(node);
    this.#drawn.set(node.id, lookOf(current));
    return current;
  }

  /** The newest form of a line; the line itself once it is gone. */
  current(node: N): N {
    return this.#current.get(node.id)?.node ?? node;
  }

  parent(node: N): N | undefined {
    const parentId = this.#current.get(node.id)?.parentId;
    return parentId === undefined ? undefined : (this.#given.get(parentId) ?? this.find(parentId));
  }

  /** A line by its id, as the editor knows it. */
  find(id: string): N | undefined {
    return this.#given.get(id) ?? this.#current.get(id)?.node;
  }

  #index(nodes: readonly N[], parentId: string | undefined): void {
    for (const node of nodes) {
      this.#current.set(node.id, { node, parentId });
      this.#index(childrenOf(node), node.id);
    }
  }

  #changed(node: N): readonly N[] {
    const given = this.#given.get(node.id);
    const drawn = this.#drawn.get(node.id);
    if (given === undefined || drawn === undefined) {
      return [];
    }
    const childIds = this.#childIds.get(node.id);
    if (drawn !== lookOf(node) || (childIds !== undefined && childIds !== idsOf(node.children))) {
      return [given];
    }
    return childIds === undefined ? [] : childrenOf(node).flatMap((child) => this.#changed(child));
  }
}

function childrenOf<N extends TreeNode>(node: N): readonly N[] {
  // A tree's lines are of one type, which the base cannot say of itself.
  return node.children as readonly N[];
}

function idsOf(nodes: readonly TreeNode[]): string {
  return JSON.stringify(nodes.map(({ id }) => id));
}

/** Everything that is drawn of a line. */
function lookOf({ label, description, tooltip, icon, contextValue, spoken, children }: TreeNode): string {
  return JSON.stringify([label, description, tooltip, icon, contextValue, spoken, children.length > 0]);
}
