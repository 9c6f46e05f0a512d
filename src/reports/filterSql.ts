import type { AnalysisEffects } from './analysisEffects';
import { notExcluded, userOf } from './analysisSql';
import type { ViewAlias } from './metrics/metric';
import type { ReportFilter } from './reportSettings';

/**
 * Conditions on rows of a view that a filter and analysis.json ask for; none where they leave nothing out. Values come as
 * parameters.
 */
export function filterConditions(alias: ViewAlias, filter: ReportFilter, effects: AnalysisEffects): string[] {
  const column = `${alias}.user_id`;
  return [
    ...chosenOwner(column, filter, effects),
    ...notExcluded(column, effects),
    ...(isAny(filter.models) ? [MODEL_CONDITIONS[alias]] : []),
    ...(filter.withoutDeleted === true ? [`${alias}.is_deleted = 0`] : []),
  ];
}

/** Conditions on accounts `u`: for statements about people who need not have written anything. */
export function peopleConditions(filter: ReportFilter, effects: AnalysisEffects): string[] {
  return [...chosenPeople(filter, effects), ...notExcluded('u.id', effects)];
}

/** Conditions on what somebody owns. It may have no known owner: then nobody chose him, and nobody left him out. */
export function ownerConditions(column: string, filter: ReportFilter, effects: AnalysisEffects): string[] {
  return [
    ...chosenOwner(column, filter, effects),
    ...notExcluded(column, effects).map((condition) => `COALESCE(${condition}, TRUE)`),
  ];
}

function chosenOwner(column: string, filter: ReportFilter, effects: AnalysisEffects): string[] {
  const people = chosenPeople(filter, effects);
  return people.length === 0
    ? []
    : [`${column} IN (SELECT u.id FROM main.users u WHERE ${people.join(' AND ')})`];
}

/** Conditions on accounts `u` that a filter asks for. Who picks one account of a person picks the person. */
function chosenPeople(
  { users, groups, roles, withoutSyncAccount }: ReportFilter,
  effects: AnalysisEffects,
): string[] {
  return [
    ...(isAny(users)
      ? [
          effects.mergedAccounts === 0
            ? 'u.id IN {{list(:users)}}'
            : `${userOf('u.id', effects)} IN (SELECT ${userOf('CAST(chosen.value AS BIGINT)', effects)} FROM {{rows(:users)}} chosen)`,
        ]
      : []),
    ...(isAny(groups)
      ? [
          'u.id IN (SELECT gm.user_id FROM main.group_members gm WHERE gm.is_deleted = 0 AND gm.group_id IN {{list(:groups)}})',
        ]
      : []),
    ...(isAny(roles) ? ['u.role IN {{texts(:roles)}}'] : []),
    ...(withoutSyncAccount === true
      ? ['u.id NOT IN (SELECT i.sync_user_id FROM main.instances i WHERE i.sync_user_id IS NOT NULL)']
      : []),
  ];
}

/** The filter's lists as JSON parameters. */
export function filterParameters({ users, groups, roles, models }: ReportFilter): Record<string, string> {
  return {
    users: JSON.stringify(users ?? []),
    groups: JSON.stringify(groups ?? []),
    roles: JSON.stringify(roles ?? []),
    models: JSON.stringify(models ?? []),
  };
}

function isAny(values: readonly unknown[] | undefined): boolean {
  return values !== undefined && values.length > 0;
}

/** A turn belongs to the models that answered it. */
const ANSWERED = `(
  SELECT a.parent_id FROM main.message a
  WHERE a.role = 'assistant' AND a.instance_id IN {{list(:instances)}} AND COALESCE(a.model_id, '') IN {{texts(:models)}}
    AND a.parent_id IS NOT NULL
)`;

const MODEL_CONDITIONS: Readonly<Record<ViewAlias, string>> = {
  t: `t.turn_id IN ${ANSWERED}`,
  g: `COALESCE(g.model_id, '') IN {{texts(:models)}}`,
  c: `COALESCE(c.model_id, '') IN {{texts(:models)}}`,
  s: `(CASE s.use WHEN 'attached' THEN s.turn_id IN ${ANSWERED} ELSE COALESCE(s.model_id, '') IN {{texts(:models)}} END)`,
  m: `(CASE m.role WHEN 'assistant' THEN COALESCE(m.model_id, '') IN {{texts(:models)}} ELSE m.id IN ${ANSWERED} END)`,
};
