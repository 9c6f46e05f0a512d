import type { TreeNode } from '../tree/treeNode';

/** One line of the cost view. */
export interface CostNode extends TreeNode {
  /** The scope that it is about. */
  readonly scopeKey: string;
  /** Set where it is connected. */
  readonly connectionId?: string | undefined;
  /** Set on a run that has details to show. */
  readonly costRunId?: number | undefined;
}

export function isCostNode(node: TreeNode): node is CostNode {
  return 'scopeKey' in node;
}
