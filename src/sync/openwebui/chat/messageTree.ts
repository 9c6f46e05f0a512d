/** A message and its place in the tree. */
export interface TreeNode<T> {
  readonly id: string;
  /** Undefined at a root, and where the parent is missing or would close a circle. */
  readonly parentId: string | undefined;
  readonly value: T;
}

/**
 * Orders messages so that parents come before their children, in the given order otherwise. Parents that do not
 * exist make roots; of a circle the member that comes first becomes a root.
 */
export function orderTree<T>(
  values: ReadonlyMap<string, T>,
  parentOf: (value: T, id: string) => string | undefined,
): readonly TreeNode<T>[] {
  const parents = safeParents(values, parentOf);
  const children = new Map<string | undefined, string[]>();
  for (const [id, parentId] of parents) {
    const siblings = children.get(parentId) ?? [];
    siblings.push(id);
    children.set(parentId, siblings);
  }
  const ordered: TreeNode<T>[] = [];
  const open = [...(children.get(undefined) ?? [])].reverse();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    ordered.push({ id, parentId: parents.get(id), value: values.get(id) as T });
    open.push(...[...(children.get(id) ?? [])].reverse());
  }
  return ordered;
}

/** The ids from `leaf` up to its root. */
export function pathToRoot<T>(nodes: readonly TreeNode<T>[], leaf: string | undefined): ReadonlySet<string> {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  const path = new Set<string>();
  for (let id = leaf; id !== undefined && parents.has(id); id = parents.get(id)) {
    path.add(id);
  }
  return path;
}

/** Nodes without children, in order. */
export function leavesOf<T>(nodes: readonly TreeNode<T>[]): readonly TreeNode<T>[] {
  const parents = new Set(nodes.map(({ parentId }) => parentId));
  return nodes.filter(({ id }) => !parents.has(id));
}

function safeParents<T>(
  values: ReadonlyMap<string, T>,
  parentOf: (value: T, id: string) => string | undefined,
): Map<string, string | undefined> {
  const parents = new Map<string, string | undefined>();
  for (const [id, value] of values) {
    const parentId = parentOf(value, id);
    parents.set(id, parentId !== undefined && values.has(parentId) ? parentId : undefined);
  }
  const rooted = new Set<string>();
  for (const start of parents.keys()) {
    const walked = new Set<string>();
    let id: string | undefined = start;
    while (id !== undefined && !rooted.has(id) && !walked.has(id)) {
      walked.add(id);
      id = parents.get(id);
    }
    if (id !== undefined && walked.has(id)) {
      parents.set(id, undefined);
    }
    walked.forEach((walkedId) => rooted.add(walkedId));
  }
  return parents;
}
