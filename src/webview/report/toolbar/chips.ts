import * as l10n from '@vscode/l10n';
import type { FilterModel } from '../../../reports/reportModel';
import type { ReportFilter } from '../../../reports/reportSettings';
import { translated } from '../../../language/translated';

const TITLES = translated<Readonly<Record<keyof ReportFilter, string>>>(() => ({
  users: l10n.t('Users'),
  groups: l10n.t('Groups'),
  roles: l10n.t('Roles'),
  models: l10n.t('Models'),
  withoutDeleted: l10n.t('Deleted chats'),
  withoutSyncAccount: l10n.t('Sync account'),
}));

/**
 * The filters that are set, in words. The report knows the names; until it is there, and when it cannot be read, a filter
 * that was just set shows by its size, so that it can be taken away. What `analysis.json` leaves out and merges comes last.
 */
export function chipsOf(filter: ReportFilter, named: readonly FilterModel[]): readonly FilterModel[] {
  const set = (Object.keys(TITLES) as (keyof ReportFilter)[]).flatMap((kind) => {
    const value = filter[kind];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) {
      return [];
    }
    const words = value === true ? l10n.t('left out') : l10n.t('{0} picked', value.length);
    return [named.find((known) => known.kind === kind) ?? { kind, title: TITLES[kind], words }];
  });
  return [...set, ...named.filter((known) => !isFilter(known.kind))];
}

/** Whether the report can change it; the rest is said in `analysis.json` for all reports. */
export function isFilter(kind: FilterModel['kind']): kind is keyof ReportFilter {
  return Object.hasOwn(TITLES, kind);
}

/** The same filter without one of its kinds. */
export function without(filter: ReportFilter, kind: keyof ReportFilter): ReportFilter {
  return { ...filter, [kind]: undefined };
}
