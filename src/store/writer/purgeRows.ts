import { personHash, pseudonymOf } from '../instances/people';
import type { PrivacyRules } from '../instances/privacy';
import { PURGE_STEPS, type PurgeStep } from './purgeSteps';
import { removalStatement } from './removalStep';
import type { Session } from './session';

function stepsOf(rules: PrivacyRules): readonly PurgeStep[] {
  return PURGE_STEPS.filter(({ rule }) => !rules[rule]);
}

/** How many rows of an instance hold what these rules exclude, by table. */
export function excludedRows(
  { database }: Session,
  instanceId: number,
  rules: PrivacyRules,
): Readonly<Record<string, number>> {
  const conditions = new Map<string, { readonly shownAs: string; readonly rows: string[] }>();
  for (const { table, shownAs = table, rows } of stepsOf(rules)) {
    const known = conditions.get(table) ?? { shownAs, rows: [] };
    conditions.set(table, { ...known, rows: [...known.rows, `(${rows})`] });
  }
  const counts: Record<string, number> = {};
  for (const [table, { shownAs, rows }] of conditions) {
    const sql = `SELECT count(*) FROM ${table} WHERE ${rows.join(' OR ')}`;
    const [count] = database.get<[number]>(sql, [instanceId]) ?? [0];
    counts[shownAs] = (counts[shownAs] ?? 0) + count;
  }
  return counts;
}

/** Empties what these rules exclude. @param salt of hashed user ids; needed where no identities are kept. */
export function purgeRows(
  { database }: Session,
  instanceId: number,
  rules: PrivacyRules,
  salt: string | undefined,
): void {
  database.defineFunction('pseudonym', (id) => pseudonymOf(String(id)));
  database.defineFunction('person_hash', (id) => {
    if (salt === undefined) {
      throw new Error('User ids cannot be hashed without a salt');
    }
    return personHash(salt, instanceId, String(id));
  });
  for (const step of stepsOf(rules)) {
    database.run(removalStatement(step), [instanceId]);
  }
}
