import type { TreeNode } from './tree/treeNode';

/** One line of the instances view. */
export interface NodeModel extends TreeNode {
  readonly instanceId: number;
  /** Set on a run that the details view can show. */
  readonly runId?: string | undefined;
  readonly children: readonly NodeModel[];
}
