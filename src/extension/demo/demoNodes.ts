import * as l10n from '@vscode/l10n';
import type { InstanceStatus } from '../../store/runs';
import { countOf, escapeMarkdown } from '../../sync/words';
import type { DataSource } from '../sources/dataSource';
import type { NodeModel } from '../views/nodeModel';

/** The demo as views need it. */
export type ShownDemo = Pick<DataSource, 'instances' | 'mirror'>;

/** The demo's line of the instances view with its instances below; none while there is no demo. */
export function demoNodes(demo: ShownDemo | undefined): readonly NodeModel[] {
  return demo === undefined
    ? []
    : [
        {
          id: 'demo',
          label: l10n.t('Demo'),
          description: l10n.t('Demo data, not counted'),
          tooltip: l10n.t(
            'Invented companies, to try everything without a server. Reports, exports, syncs and totals of your instances leave them out.',
          ),
          icon: { id: 'beaker' },
          contextValue: 'type=demo',
          instanceId: 0,
          demoScope: { kind: 'all' },
          children: demo.instances.list().map(({ id, name }) => {
            const status = demo.mirror.status.instances.find(({ instanceId }) => instanceId === id);
            return {
              id: `demo/instance:${id}`,
              label: name,
              description: countsText(status),
              tooltip: escapeMarkdown(name),
              icon: { id: 'server' },
              contextValue: 'type=demoInstance',
              instanceId: 0,
              demoScope: { kind: 'instance', instanceId: id },
              children: [],
            };
          }),
        },
      ];
}

/** `38 users · 482 chats · 1,245 messages` */
function countsText(status: InstanceStatus | undefined): string | undefined {
  return status === undefined
    ? undefined
    : [
        countOf(status.users, 'user'),
        countOf(status.chats, 'chat'),
        countOf(status.messages, 'message'),
      ].join(' · ');
}
