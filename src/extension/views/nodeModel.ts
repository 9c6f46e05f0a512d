import type { ReportScope } from '../../reports/reportSettings';
import type { TreeNode } from './tree/treeNode';

/** One line of the instances view. */
export interface NodeModel extends TreeNode {
  /** 0 where a line is about no instance of the mirror. */
  readonly instanceId: number;
  /** What a line of the demo is about; its instances have ids of their own. */
  readonly demoScope?: ReportScope | undefined;
  /** Set on a run that the details view can show. */
  readonly runId?: string | undefined;
  readonly children: readonly NodeModel[];
}
