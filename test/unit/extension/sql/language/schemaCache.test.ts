import assert from 'node:assert/strict';
import { SchemaCache, type SchemaSource } from '../../../../../src/extension/sql/language/schemaCache';
import { migrate } from '../../../../../src/store/migrations';
import { runStatement } from '../../../../../src/store/reading/runStatement';
import { SqliteDatabase } from '../../../../../src/store/sqlite/sqlite';

describe('the schema at hand', () => {
  let database: SqliteDatabase;
  let asked = 0;
  let failure: Error | undefined;
  before(async () => {
    database = await SqliteDatabase.open();
    migrate(database);
  });
  after(() => {
    database.close();
  });
  beforeEach(() => {
    asked = 0;
    failure = undefined;
  });
  const source = (sourceId: SchemaSource['sourceId'], generation: number): SchemaSource => ({
    sourceId,
    mirror: { status: { generation } },
    reader: {
      query: (sql: string) => {
        asked += 1;
        return failure === undefined ? runStatement(database, sql, 10_000) : Promise.reject(failure);
      },
    } as SchemaSource['reader'],
  });

  it('is read once for a generation of a source', async () => {
    const cache = new SchemaCache();
    const [first] = await Promise.all([cache.tables(source('mirror', 1)), cache.tables(source('mirror', 1))]);
    assert.ok(first.some(({ name }) => name === 'messages'));
    assert.equal(asked, 1);
    await cache.tables(source('mirror', 2));
    await cache.tables(source('demo', 2));
    assert.equal(asked, 3);
  });

  it('is empty, and asked of nobody, while nothing was mirrored', async () => {
    assert.deepEqual(await new SchemaCache().tables(source('mirror', 0)), []);
    assert.equal(asked, 0);
  });

  it('is asked for again after a failure', async () => {
    const cache = new SchemaCache();
    failure = new Error('worker gone');
    await assert.rejects(cache.tables(source('mirror', 1)), failure);
    failure = undefined;
    assert.ok((await cache.tables(source('mirror', 1))).length > 0);
  });
});
