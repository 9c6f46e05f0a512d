import type { ScopeSource } from '../query/scope';
import { isSame } from '../query/words';
import { nameInSql } from '../../../../store/sqlite/sqlQuoting';

/** Conditions that join the newest source to those before it: ids of one are named `user_id` in the other. */
export function joinConditions(sources: readonly ScopeSource[]): readonly string[] {
  const newest = sources.at(-1);
  const before = sources.slice(0, -1);
  return newest === undefined
    ? []
    : before.flatMap((other) => [...references(newest, other), ...references(other, newest)]);
}

/** `c.user_id = u.id` where the first source names rows of the second. */
function references(from: ScopeSource, to: ScopeSource): string[] {
  if (to.table === undefined || !hasColumn(to, 'id')) {
    return [];
  }
  const reference = `${to.table.name.replace(/s$/, '')}_id`;
  return hasColumn(from, reference)
    ? [`${nameInSql(from.name)}.${reference} = ${nameInSql(to.name)}.id`]
    : [];
}

function hasColumn({ columns }: ScopeSource, name: string): boolean {
  return columns.some((column) => isSame(column.name, name));
}
