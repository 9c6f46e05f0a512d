import type { EngagementPart } from '../store/analysis/analysisTypes';
import type { AnalysisEffects } from './analysisEffects';

/** Accounts that analysis.json leaves out of use and people, as a subquery for IN. */
const EXCLUDED = `(
  SELECT n.id
  FROM main.excluded_accounts x
  JOIN main.users n ON n.instance_id = x.instance_id AND n.remote_id = x.remote_id
  WHERE x.is_deleted = 0
)`;

/** The condition that an account is not left out; none where nobody is. @param column `users.id` */
export function notExcluded(column: string, { excludedAccounts }: AnalysisEffects): string[] {
  return excludedAccounts === 0 ? [] : [`${column} NOT IN ${EXCLUDED}`];
}

/** Whether an account is left out, as 0 or 1. @param column `users.id` */
export function isExcluded(column: string, { excludedAccounts }: AnalysisEffects): string {
  return excludedAccounts === 0 ? '0' : `CASE WHEN ${column} IN ${EXCLUDED} THEN 1 ELSE 0 END`;
}

/** A value of accounts that are not left out; NULL of the others. @param column `users.id` */
export function unlessExcluded(column: string, effects: AnalysisEffects, value: string): string {
  const [condition] = notExcluded(column, effects);
  return condition === undefined ? value : `CASE WHEN ${condition} THEN ${value} END`;
}

/**
 * Whom an account counts as: the first account of its person, or of those that are in the mirror. The table is made once for
 * a statement and found by its key: half as dear again as the bare column. A test holds this plan.
 * @param column `users.id`
 */
export function userOf(column: string, { mergedAccounts }: AnalysisEffects): string {
  return mergedAccounts === 0
    ? column
    : `COALESCE((
  WITH same AS MATERIALIZED (
    SELECT n.id, COALESCE(f.id, MIN(n.id) OVER (PARTITION BY x.person_instance_id, x.person_remote_id)) AS user_id
    FROM main.merged_accounts x
    JOIN main.users n ON n.instance_id = x.instance_id AND n.remote_id = x.remote_id
    LEFT JOIN main.users f ON f.instance_id = x.person_instance_id AND f.remote_id = x.person_remote_id
    WHERE x.is_deleted = 0
  )
  SELECT same.user_id FROM same WHERE same.id = ${column}
), ${column})`;
}

/**
 * Whether a local day is a holiday of one of the report's instances, as 0 or 1.
 * @param day days since 1970-01-01
 */
export function isHoliday(day: string, { holidays }: AnalysisEffects): string {
  return holidays === 0
    ? '0'
    : `EXISTS (
  SELECT 1 FROM main.holidays y
  WHERE y.day = ${day} AND y.is_deleted = 0 AND (y.instance_id = 0 OR y.instance_id IN {{list(:instances)}})
)`;
}

/** Whether a local day is a workday: Monday to Friday, and no holiday. */
export function isWorkday(day: string, effects: AnalysisEffects): string {
  const weekday = `{{weekday(${day})}} < 5`;
  return effects.holidays === 0 ? weekday : `${weekday} AND NOT ${isHoliday(day, effects)}`;
}

/** How many workdays the 28 days have that end with a day: four weeks of five, without their holidays. */
export function workdaysUpTo(day: string, { holidays }: AnalysisEffects): string {
  return holidays === 0
    ? '20'
    : `(
  20 - (
    SELECT COUNT(DISTINCT y.day) FROM main.holidays y
    WHERE y.day BETWEEN ${day} - 27 AND ${day} AND {{weekday(y.day)}} < 5 AND y.is_deleted = 0
      AND (y.instance_id = 0 OR y.instance_id IN {{list(:instances)}})
  )
)`;
}

/** What a part of the engagement score counts. */
export function weightOf(part: string, { weights }: AnalysisEffects): string {
  if (!Object.hasOwn(weights, part)) {
    throw new Error(
      `"${part}" is no part of the engagement score: one of ${Object.keys(weights).join(', ')}`,
    );
  }
  return String(weights[part as EngagementPart]);
}
