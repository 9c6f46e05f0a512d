import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkStatement } from '../../../../../src/store/reading/checkStatement';
import { migrate } from '../../../../../src/store/migrations';
import { SqliteDatabase } from '../../../../../src/store/sqlite/sqlite';

const FILE = join(__dirname, '../../../../../media/openwebui-sql.snippets.json');
const snippets = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<
  Record<string, { readonly prefix: readonly string[]; readonly body: readonly string[] }>
>;

describe('snippets of the query language', () => {
  for (const [name, { body }] of Object.entries(snippets)) {
    it(`run as they stand: ${name}`, async () => {
      const database = await SqliteDatabase.open();
      migrate(database);
      const sql = body.join('\n').replace(/\$\{\d+:([^}]*)\}|\$\d+/g, '$1');
      assert.equal(checkStatement(database, sql).error, undefined, sql);
      database.close();
    });
  }

  it('are found by words of their own', () => {
    const prefixes = Object.values(snippets).flatMap(({ prefix }) => prefix);
    assert.equal(prefixes.length, new Set(prefixes).size);
  });
});
