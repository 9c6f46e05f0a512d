import type { TreeNode } from './treeNode';

/**
 * The lines that a command of a tree's menu is for: the selection, else the line that was clicked; none when it was run from
 * elsewhere. @param isOurs tells lines that the command knows
 */
export function selectedNodes<N extends TreeNode>(
  args: readonly unknown[],
  isOurs: (node: TreeNode) => node is N,
): readonly N[] {
  const [clicked, selection] = args;
  const candidates: readonly unknown[] =
    Array.isArray(selection) && selection.length > 0 ? selection : [clicked];
  return candidates.filter(isNode).filter(isOurs);
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'contextValue' in value && 'id' in value;
}
