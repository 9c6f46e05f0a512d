import assert from 'node:assert/strict';
import { openRoomy, openToWrite } from '../../../../src/store/sqlite/roomyDatabase';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';

const FILL = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
  INSERT INTO t SELECT i, randomblob(1000) FROM n`;

describe('A database with room to grow', () => {
  before(() => SqliteDatabase.open().then((database) => database.close()));

  it('begins empty, or with all rows of its image', async () => {
    const first = await openToWrite();
    first.script('CREATE TABLE t (i INTEGER PRIMARY KEY, bytes BLOB)');
    first.run('INSERT INTO t VALUES (7, NULL)');
    const second = await openToWrite(first.export());
    assert.deepEqual(second.all('SELECT * FROM t'), [[7, null]]);
    first.close();
    second.close();
  });

  for (const [words, room] of [
    ['within its room', 1_000_000],
    ['beyond its room', 8_192],
    ['without any', 0],
  ] as const) {
    it(`exports a sound file of its own size, grown ${words}`, async () => {
      const database = openRoomy(undefined, room);
      database.script('CREATE TABLE t (i INTEGER PRIMARY KEY, bytes BLOB)');
      database.run(FILL);
      const image = database.export();
      const [pages] = database.get<[number]>('PRAGMA page_count') ?? [0];
      assert.equal(image.length, pages * 4096);
      const copy = await SqliteDatabase.open(image);
      assert.deepEqual(copy.get('PRAGMA integrity_check'), ['ok']);
      assert.deepEqual(copy.all('SELECT * FROM t'), database.all('SELECT * FROM t'));
      copy.close();
      database.close();
    });
  }

  it('leaves the array of its image alone', () => {
    const first = openRoomy(undefined, 0);
    first.script('CREATE TABLE t (i INTEGER PRIMARY KEY, bytes BLOB)');
    const image = first.export();
    const before = Buffer.from(image);
    const second = openRoomy(image, 4_096);
    second.run(FILL);
    assert.ok(before.equals(image));
    first.close();
    second.close();
  });
});
