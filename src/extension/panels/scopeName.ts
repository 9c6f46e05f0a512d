import * as l10n from '@vscode/l10n';
import type { ReportScope } from '../../reports/reportSettings';
import { warehouseOf, type ReportSource } from '../../reports/reportSource';

/** "All Instances", or the names of those that the tab is about. */
export function scopeName(
  scope: ReportScope,
  instances: readonly { readonly id: number; readonly name: string }[],
): string {
  if (scope.kind === 'all') {
    return l10n.t('All Instances');
  }
  const ids = scope.kind === 'instance' ? [scope.instanceId] : scope.instanceIds;
  return ids
    .map((id) => instances.find((instance) => instance.id === id)?.name ?? l10n.t('removed instance'))
    .join(', ');
}

/** The title of a tab, which says when what it shows is of the demo or of a warehouse. */
export function tabTitle(title: string, source: ReportSource | undefined): string {
  const warehouse = warehouseOf(source);
  return source === 'demo'
    ? l10n.t('Demo · {0}', title)
    : warehouse === undefined
      ? title
      : `${warehouse} · ${title}`;
}
