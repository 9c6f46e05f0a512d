import * as l10n from '@vscode/l10n';
import type { ColumnFilter, FilterKind } from './narrowing';

/** A way to compare, as people choose it. */
export function filterKindInWords(kind: FilterKind): string {
  const words: Readonly<Record<FilterKind, string>> = {
    contains: l10n.t('contains'),
    equals: l10n.t('is'),
    differs: l10n.t('is not'),
    less: l10n.t('is less than'),
    greater: l10n.t('is greater than'),
    isNull: l10n.t('is NULL'),
    isNotNull: l10n.t('is not NULL'),
  };
  return words[kind];
}

/** `name contains "x"` */
export function filterInWords(column: string, { kind, value }: ColumnFilter): string {
  switch (kind) {
    case 'contains':
      return l10n.t('{0} contains "{1}"', column, value);
    case 'equals':
      return l10n.t('{0} = {1}', column, value);
    case 'differs':
      return l10n.t('{0} ≠ {1}', column, value);
    case 'less':
      return l10n.t('{0} < {1}', column, value);
    case 'greater':
      return l10n.t('{0} > {1}', column, value);
    case 'isNull':
      return l10n.t('{0} is NULL', column);
    case 'isNotNull':
      return l10n.t('{0} is not NULL', column);
  }
}
