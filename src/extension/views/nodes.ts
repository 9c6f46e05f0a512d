import { factNodes } from './factNodes';
import { instanceDescription, instanceTooltip } from './instanceText';
import type { InstanceState, InstanceView, MirrorView } from './instanceView';
import { heldDeletionsOf, instanceViews } from './instanceView';
import type { NodeModel } from './nodeModel';
import type { NodeIcon } from './tree/treeNode';
import { runNode, runningNode } from './runNodes';

const ICONS: Readonly<Record<InstanceState, NodeIcon>> = {
  running: { id: 'sync~spin' },
  queued: { id: 'watch' },
  signIn: { id: 'key', color: 'list.errorForeground' },
  failed: { id: 'error', color: 'list.errorForeground' },
  incomplete: { id: 'warning', color: 'list.warningForeground' },
  ok: { id: 'server' },
  never: { id: 'server', color: 'disabledForeground' },
  paused: { id: 'debug-pause' },
};

/** The whole tree. */
export function treeOf(view: MirrorView): readonly NodeModel[] {
  return instanceViews(view).map((item) => instanceNode(item, view));
}

function instanceNode(item: InstanceView, { zone, now }: MirrorView): NodeModel {
  const isRunning = item.progress !== undefined;
  return {
    id: `instance:${item.instance.id}`,
    label: item.instance.name,
    description: instanceDescription(item, now, zone),
    tooltip: instanceTooltip(item, now, zone),
    icon: iconOf(item),
    contextValue: [
      'type=instance',
      `state=${isRunning ? 'running' : 'idle'}`,
      `auth=${item.signInProblem === undefined ? 'ok' : 'needed'}`,
      ...(heldDeletionsOf(item) > 0 ? ['held=some'] : []),
    ].join(','),
    instanceId: item.instance.id,
    children: [...factNodes(item, now, zone), ...runNodes(item, now, zone)],
  };
}

/** What a person has to look at shows at first sight, also after a run that went well. */
function iconOf(item: InstanceView): NodeIcon {
  return ICONS[item.state === 'ok' && heldDeletionsOf(item) > 0 ? 'incomplete' : item.state];
}

function runNodes(item: InstanceView, now: number, zone: string): readonly NodeModel[] {
  const { instance, progress } = item;
  const ended = (item.status?.runs ?? []).filter((run) => run.runId !== progress?.runId);
  const nodes = ended.map((run) => runNode(run, instance.id, now, zone));
  return progress === undefined || progress.phase === 'queued' ? nodes : [runningNode(progress), ...nodes];
}
