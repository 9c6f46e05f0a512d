import assert from 'node:assert/strict';
import { migrate } from '../../../src/store/migrations';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import {
  EMPTIED_COLUMNS,
  IDENTITIES,
  TABLE_RULES,
  UNPUSHED_ROWS,
  type TableRule,
} from '../../../src/warehouse/push/tableRules';

/** Columns by table of the newest schema. */
async function schema(): Promise<ReadonlyMap<string, readonly string[]>> {
  const database = await SqliteDatabase.open();
  migrate(database);
  const rows = database.all<[string, string]>(
    `SELECT t.name, c.name FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE t.type = 'table'`,
  );
  database.close();
  const tables = new Map<string, string[]>();
  for (const [table, column] of rows) {
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  return tables;
}

function referencesOf(rule: TableRule): readonly (readonly [column: string, table: string])[] {
  switch (rule.rows) {
    case 'kept':
      return rule.marks === undefined ? [] : [[rule.marks.by, rule.marks.owner]];
    case 'replaced':
      return rule.of === undefined ? [] : [[rule.of.by, rule.of.table]];
    case 'mirrorOnly':
      return [];
  }
}

describe('what becomes of rows in a warehouse', () => {
  it('is said of every table of the mirror, and of no other', async () => {
    assert.deepEqual(Object.keys(TABLE_RULES).sort(), [...(await schema()).keys()].sort());
  });

  it('names columns and tables that are there', async () => {
    const tables = await schema();
    for (const [name, rule] of Object.entries(TABLE_RULES)) {
      for (const [column, owner] of referencesOf(rule)) {
        assert.ok(tables.get(name)?.includes(column), `${name}.${column}`);
        assert.ok(tables.get(owner)?.includes('id'), owner);
      }
    }
    for (const [name, columns] of Object.entries({ ...EMPTIED_COLUMNS, ...IDENTITIES })) {
      assert.deepEqual(
        columns.filter((column) => tables.get(name)?.includes(column) !== true),
        [],
        name,
      );
    }
    assert.deepEqual(
      Object.keys(UNPUSHED_ROWS).filter((name) => !tables.has(name)),
      [],
    );
  });

  it('keeps what retention takes from the mirror', () => {
    const kept = ['message', 'message_text', 'sync_runs'].map((name) => TABLE_RULES[name]?.rows);
    assert.deepEqual(kept, ['kept', 'kept', 'kept']);
  });

  it('looks first at what tells whether both speak of the same things', () => {
    assert.deepEqual(Object.keys(TABLE_RULES).slice(0, 2), Object.keys(IDENTITIES));
  });
});
