import assert from 'node:assert/strict';
import { findFunction, sqlFunctions } from '../../../../../src/extension/sql/language/functions';
import { SqliteDatabase } from '../../../../../src/store/sqlite/sqlite';

describe('the functions that the editor knows', () => {
  it('are all in the SQLite that runs statements', async () => {
    const database = await SqliteDatabase.open();
    // SQLite lists its tables of JSON once they were used.
    database.script("SELECT * FROM json_each('[]'), json_tree('[]')");
    const names = new Set([
      ...database.all<[string]>('SELECT name FROM pragma_function_list').map(([name]) => name),
      ...database.all<[string]>('SELECT name FROM pragma_module_list').map(([name]) => name),
    ]);
    database.close();
    assert.deepEqual(
      sqlFunctions()
        .map(({ name }) => name)
        .filter((name) => !names.has(name)),
      [],
    );
  });

  it('are named once, with a sentence each', () => {
    const names = sqlFunctions().map(({ name }) => name);
    assert.deepEqual(names.length, new Set(names).size);
    for (const { name, says } of sqlFunctions()) {
      assert.match(says, /\S+.*[.…]$/, name);
    }
  });

  it('are found whatever the case, with their arguments', () => {
    assert.deepEqual(findFunction('SUBSTR')?.parameters, ['text', 'start', 'length?']);
    assert.deepEqual(findFunction('row_number')?.parameters, []);
    assert.equal(findFunction('nothing'), undefined);
  });
});
