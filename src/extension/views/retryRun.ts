import type { RunSummary } from '../../store/runs';
import type { CoreFeature } from '../core';
import { instancesFromArguments } from '../instances/selection';
import { syncByHand, type ManualRequest } from '../syncing/syncFeature';
import type { MirrorModel } from './mirrorModel';
import type { NodeModel } from './nodeModel';
import { selectedNodes } from './tree/selectedNodes';
import type { TreeNode } from './tree/treeNode';

/** Retry of a run that did not end well: the same kind of sync again, of each instance whose run is selected. */
export const retryFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.retrySync', async (...args) => {
    const [node] = selectedNodes(args, isRunNode);
    const run = node === undefined ? undefined : findRun(core.model, node.runId);
    const instances = instancesFromArguments(args, core.instances.list());
    if (run !== undefined && instances.length > 0) {
      await syncByHand(core, instances, requestOf(run));
    }
  });
  return undefined;
};

function isRunNode(node: TreeNode): node is NodeModel & { readonly runId: string } {
  return 'runId' in node && typeof node.runId === 'string';
}

function findRun(model: MirrorModel, runId: string): RunSummary | undefined {
  return model
    .view()
    .status.instances.flatMap(({ runs }) => runs)
    .find((run) => run.runId === runId);
}

function requestOf({ kind, walk }: RunSummary): ManualRequest {
  return kind === 'incremental' && walk === 'complete' ? { kind, walk } : { kind };
}
