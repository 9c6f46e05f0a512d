import assert from 'node:assert/strict';
import { CountedSchema } from '../../../../../src/extension/views/schema/countedSchema';
import { NoDatabaseError } from '../../../../../src/store/errors';
import { TestMirror } from '../../../reports/mirror';

describe('the schema that a view shows', () => {
  let mirror: TestMirror;
  let statements: string[];
  let counted: Promise<void>;
  let cache: CountedSchema;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    statements = [];
    renew();
  });
  afterEach(() => mirror.dispose());

  function renew(): void {
    counted = new Promise((resolve, reject) => {
      cache = new CountedSchema({ onCounted: resolve, onFailure: reject });
    });
  }

  const readerOf = (generation: number) => ({
    generation: () => Promise.resolve(generation),
    query: (sql: string) => {
      statements.push(sql);
      return mirror.query(sql);
    },
  });

  it('comes first, and its numbers of rows after it', async () => {
    const first = await cache.read('mirror', readerOf(1));
    assert.ok(first.tables.length > 20);
    assert.equal(first.counts.size, 0);
    await counted;
    assert.equal((await cache.read('mirror', readerOf(1))).counts.get('users'), 0);
  });

  it('is read and counted once for each file generation', async () => {
    await cache.read('mirror', readerOf(1));
    await counted;
    await cache.read('mirror', readerOf(1));
    assert.equal(statements.length, 2);
    await cache.read('mirror', readerOf(2));
    assert.equal(statements.length, 4);
  });

  it('keeps the old numbers until the new ones are counted, but not those of another source', async () => {
    await cache.read('mirror', readerOf(1));
    await counted;
    assert.equal((await cache.read('mirror', readerOf(2))).counts.get('users'), 0);
    assert.equal((await cache.read('demo', readerOf(2))).counts.size, 0);
  });

  it('is empty while there is no database', async () => {
    assert.deepEqual((await cache.read('mirror', readerOf(0))).tables, []);
    const gone = { ...readerOf(1), query: () => Promise.reject(new NoDatabaseError()) };
    assert.deepEqual((await cache.read('mirror', gone)).tables, []);
    assert.deepEqual(statements, []);
  });

  it('tells when rows cannot be counted', async () => {
    const failing = {
      ...readerOf(1),
      query: (sql: string) =>
        sql.includes('COUNT') ? Promise.reject(new Error('broken')) : mirror.query(sql),
    };
    await cache.read('mirror', failing);
    await assert.rejects(counted, /broken/);
  });
});
