import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { ExportError } from '../../../src/exports/exportError';
import { WorkbookTables } from '../../../src/exports/formats/workbookTables';
import { EXPORTED_TABLES, INTERNAL_TABLES } from '../../../src/exports/tables/exportedTables';
import { migrate } from '../../../src/store/migrations';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import { tell, useExports } from './stage';

describe('the tables of an export', () => {
  it('are all of the schema but those that are known to be internal', async () => {
    const database = await SqliteDatabase.open();
    migrate(database);
    const tables = database.all<[string]>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
    const exported = new Set(EXPORTED_TABLES.map(({ name, source = name }) => source));
    assert.deepEqual(
      tables.map(([name]) => name).filter((name) => !exported.has(name) && !INTERNAL_TABLES.has(name)),
      [],
      'a new table has to be thought about: list it in exportedTables.ts',
    );
    database.close();
  });
});

describe('an export in other formats', () => {
  const stage = useExports();

  it('is one CSV file per table: moments end in Z, booleans are words, formulas are made harmless', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { text: '=1+1, "so"\nit goes' });
    const summary = await stage.run({ format: 'csv', tables: ['messages', 'users'] });
    assert.deepEqual(stage.files(), ['messages.csv', 'openwebui-sync-export.json', 'users.csv']);
    assert.deepEqual([summary.files, summary.rows], [2, 2]);
    const text = readFileSync(join(stage.output(), 'messages.csv'), 'utf8');
    const [header = ''] = text.split('\r\n');
    assert.ok(header.startsWith('id,instance_id,remote_id,'));
    assert.ok(text.includes(',2026-01-31 23:30:00,2026-01-31T22:30:00Z,message,2026-01-31,23,'));
    assert.ok(text.includes(`,"'=1+1, ""so""\nit goes"\r\n`));
    assert.ok(text.includes(',false,true,false,'));
  });

  it('writes a changed table again as a whole, and no other', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ format: 'csv', tables: ['messages', 'users'] });
    tell(mirror, 'c2');
    const summary = await stage.runAgain();
    assert.deepEqual([summary.files, summary.rows, summary.unchanged], [1, 2, 1]);
  });

  it('is a workbook with a sheet per table and one that tells about them', async () => {
    tell(await stage.open(), 'c1', { text: 'x'.repeat(40_000) });
    const summary = await stage.run({ format: 'xlsx', tables: ['messages', 'users'] });
    assert.deepEqual(summary.cuts, [{ table: 'messages', rows: 0, texts: 1 }]);
    const { sheets } = await readXlsx(readFileSync(join(stage.output(), 'openwebui_sync.xlsx')));
    assert.deepEqual(
      sheets.map(({ name }) => name),
      ['About', 'users', 'messages'],
    );
    const [header, row] = sheets[2]!.rows;
    const value = (name: string): unknown => row![header!.indexOf(name)];
    assert.deepEqual(value('created_at_utc'), new Date('2026-01-31T22:30:00Z'));
    assert.match(String(value('content')), /cut: 40000 characters/);
    assert.equal((await stage.runAgain()).files, 0);
  });

  it('says how many rows a sheet has no room for, and refuses what is too large for a workbook', () => {
    const columns = [{ name: 'id', kind: 'integer', sql: 't.id' }] as const;
    const book = new WorkbookTables({ sheetRows: 2, size: 1_000 });
    book.table('users', columns);
    book.add([[1], [2], [3]]);
    assert.deepEqual(book.cuts(), [{ table: 'users', rows: 1, texts: 0 }]);
    const small = new WorkbookTables({ sheetRows: 1_000, size: 100 });
    small.table('users', columns);
    assert.throws(() => small.add(Array.from({ length: 20 }, (_, id) => [id])), ExportError);
  });

  it('is a complete copy of the database, written again when there is a newer one', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ format: 'sqlite' });
    assert.deepEqual(stage.files(), ['openwebui-sync-export.json', 'openwebui_sync.db']);
    const copy = await SqliteDatabase.open(readFileSync(join(stage.output(), 'openwebui_sync.db')));
    assert.deepEqual(copy.all('SELECT content FROM messages'), [['text of c1']]);
    copy.close();
    assert.equal((await stage.runAgain()).files, 0);
    tell(mirror, 'c2');
    assert.equal((await stage.runAgain()).files, 1);
    await assert.rejects(stage.run({ format: 'sqlite', tables: ['users'] }), /holds everything/);
  });

  it('offers views when they are named, with the types of their columns', async () => {
    tell(await stage.open(), 'c1');
    const views = EXPORTED_TABLES.filter(({ isView }) => isView === true).map(({ name }) => name);
    const summary = await stage.run({ tables: views });
    assert.deepEqual(summary.tables, views);
    assert.ok(stage.files().includes('v_turns/instance=instance-1-1/month=2026-01/part-0.parquet'));
  });
});
