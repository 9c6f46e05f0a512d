import * as l10n from '@vscode/l10n';
import type { ReportScope } from '../../../reports/reportSettings';

interface Instance {
  readonly id: number;
  readonly name: string;
}

/** Stands for all instances, and for the list where several are picked. */
export const ALL = 'all';
export const SEVERAL = 'several';
/** What several picked instances are listed as. */
const PICKED = 'picked';

/** What the instance list offers, and what of it is picked. */
export function scopeOptions(scope: ReportScope, instances: readonly Instance[]) {
  const nameOf = (id: number): string =>
    instances.find((instance) => instance.id === id)?.name ?? l10n.t('removed');
  const picked =
    scope.kind === 'instances'
      ? [{ value: PICKED, title: scope.instanceIds.map(nameOf).join(', ') }]
      : scope.kind === 'instance' && !instances.some(({ id }) => id === scope.instanceId)
        ? [{ value: String(scope.instanceId), title: l10n.t('Removed instance') }]
        : [];
  const several = instances.length > 2 ? [{ value: SEVERAL, title: l10n.t('Several...') }] : [];
  return {
    options: [
      { value: ALL, title: l10n.t('All instances') },
      ...instances.map(({ id, name }) => ({ value: String(id), title: name })),
      ...picked,
      ...several,
    ],
    selected: selectedOf(scope),
  };
}

function selectedOf(scope: ReportScope): string {
  switch (scope.kind) {
    case 'all':
      return ALL;
    case 'instance':
      return String(scope.instanceId);
    case 'instances':
      return PICKED;
  }
}

/** What a value of the list means; undefined for those that pick nothing by themselves. */
export function scopeOf(value: string): ReportScope | undefined {
  if (value === ALL) {
    return { kind: 'all' };
  }
  const instanceId = Number(value);
  return Number.isInteger(instanceId) ? { kind: 'instance', instanceId } : undefined;
}
