import { nameSweeper, SMALLEST_GROUP } from '../../reports/export/people';
import { OTHER_GROUPS } from '../../reports/export/smallGroups';
import { pseudonymOf } from '../../store/instances/people';
import type { SqliteDatabase } from '../../store/sqlite/sqlite';

/** Replaces people's names in a text. */
export type Sweep = (text: string) => string;

/**
 * Defines the SQL functions that `privateTexts.ts` speaks of, with the names of reports: `pseudonym(id)`, `without_names(text)`,
 * `group_name(id, name)`. NULL in, NULL out.
 */
export function definePseudonyms(database: SqliteDatabase): Sweep {
  const sweep = sweepOf(database);
  const small = smallGroups(database);
  database.defineFunction('pseudonym', (id) => (id === null ? null : pseudonymOf(String(id))));
  database.defineFunction('without_names', (text) => (text === null ? null : sweep(String(text))));
  database.defineFunction('group_name', (id, name) =>
    name === null ? null : small.has(Number(id)) ? OTHER_GROUPS : sweep(String(name)),
  );
  return sweep;
}

/** Few texts are there many times: ids of models, names of resources. */
function sweepOf(database: SqliteDatabase): Sweep {
  const users = database
    .all<[number, string, string | null, string | null]>(
      `SELECT id, remote_id, name, email FROM users ORDER BY id`,
    )
    .map(([id, remoteId, name, email]) => ({ id, remoteId, name, email }));
  const sweeper = nameSweeper(users);
  const known = new Map<string, string>();
  return (text) => {
    let swept = known.get(text);
    if (swept === undefined) {
      swept = sweeper.sweep(text);
      known.set(text, swept);
    }
    return swept;
  };
}

function smallGroups(database: SqliteDatabase): ReadonlySet<number> {
  const rows = database.all<[number]>(
    `SELECT g.id FROM user_groups g
     WHERE (SELECT count(*) FROM group_members m WHERE m.group_id = g.id AND m.is_deleted = 0) < ?`,
    [SMALLEST_GROUP],
  );
  return new Set(rows.map(([id]) => id));
}
