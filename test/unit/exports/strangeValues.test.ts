import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { piecesOf } from '../../../src/exports/pieces';
import type { TableFormat } from '../../../src/exports/exportTypes';
import { EXPORTED_TABLES } from '../../../src/exports/tables/exportedTables';
import { ShardTexts } from '../../../src/exports/tables/shardTexts';
import { migrate } from '../../../src/store/migrations';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import { parquetRows } from './stage';

type Given = Readonly<Record<string, string | number | bigint | null>>;

const TEXTS = [
  ...['', ' ', 'a\u0000b', '\u0000', '=1+1', '+1', '-1', '@x', '\tx', '\rx', 'x\r\ny', '"', 'a,b', "'x"],
  ...['👩‍🔬', 'שלום', '\u202Eabc', '_x0041_', '#N/A', '1e5', '007', '\u0001\u001F\u007F', 'NULL', 'true'],
];
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

describe('an export of strange values', function () {
  this.timeout(120_000);
  let database: SqliteDatabase;
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-strange-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    database = await SqliteDatabase.open();
    migrate(database);
    database.run('PRAGMA foreign_keys = OFF');
  });
  afterEach(() => database.close());

  /** A row whose other columns hold nothing. */
  function insert(table: string, values: Given): void {
    const needed = database.all<[string, string]>(
      `SELECT name, type FROM pragma_table_info(?) WHERE "notnull" = 1 AND dflt_value IS NULL AND pk = 0`,
      [table],
    );
    const row = {
      ...Object.fromEntries(needed.map(([name, type]) => [name, type === 'TEXT' ? '' : 0])),
      ...values,
    };
    const places = Object.keys(row).map(() => '?');
    database.run(
      `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${places.join()})`,
      Object.values(row),
    );
  }

  async function written(format: Exclude<TableFormat, 'sqlite'>, table: string): Promise<string> {
    const tables = EXPORTED_TABLES.filter(({ name }) => name === table).map((found) => ({
      ...found,
      levels: [],
    }));
    const [piece] = piecesOf(format, tables, {
      database,
      texts: new ShardTexts(database, folder),
      only: undefined,
      onTable: () => undefined,
      isPseudonymised: false,
      names: String,
      facts: [],
    });
    const path = join(folder, `${table}.${format}`);
    rmSync(path, { force: true });
    assert.ok(piece !== undefined);
    await piece.write(path, () => undefined);
    return path;
  }

  /** The cells of a column by row, as a workbook gives them back. */
  async function sheetColumn(table: string, name: string): Promise<unknown[]> {
    const { sheets } = await readXlsx(readFileSync(await written('xlsx', table)));
    const [header = [], ...rows] = sheets[1]?.rows ?? [];
    return rows.map((row) => row[header.indexOf(name)] ?? null);
  }

  it('gives every text back from Parquet and Excel', async () => {
    TEXTS.forEach((name, index) =>
      insert('users', { id: index + 1, instance_id: 1, remote_id: `u${index}`, name }),
    );
    const rows = await parquetRows(await written('parquet', 'users'));
    assert.deepEqual(
      rows.map(({ name }) => name),
      TEXTS,
    );
    assert.deepEqual(
      (await sheetColumn('users', 'name')).map((cell) => cell ?? ''),
      TEXTS,
    );
  });

  it('gives every text back from CSV, behind an apostrophe where it would be a formula', async () => {
    TEXTS.forEach((name, index) =>
      insert('users', { id: index + 1, instance_id: 1, remote_id: `u${index}`, name }),
    );
    const text = readFileSync(await written('csv', 'users'), 'utf8');
    const names = [...text.matchAll(/^\d+,1,u\d+,("(?:[^"]|"")*"|[^,]*),/gmu)].map(([, field = '']) =>
      field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
    );
    const harmless = new Set(['=1+1', '@x', '\tx', '\rx']);
    assert.deepEqual(
      names,
      TEXTS.map((name) => (harmless.has(name) ? `'${name}` : name)),
    );
  });

  it('knows no moment beyond the calendar, as Parquet and as CSV', async () => {
    const moments = [
      0,
      -1,
      -2_208_988_800,
      2 ** 33,
      LAST,
      LAST + 1,
      9_000_000_000_000_000,
      9_223_372_036_854_775_807n,
    ];
    moments.forEach((at, index) =>
      insert('users', { id: index + 1, instance_id: 1, remote_id: `u${index}`, created_at_epoch: at }),
    );
    const expected = moments.map((at) => (at <= LAST ? new Date(Number(at) * 1000) : undefined));
    const rows = await parquetRows(await written('parquet', 'users'));
    assert.deepEqual(
      rows.map(({ created_at_utc }) => created_at_utc ?? undefined),
      expected,
    );
    const lines = readFileSync(await written('csv', 'users'), 'utf8')
      .split('\r\n')
      .slice(1, -1);
    assert.deepEqual(
      lines.map((line) => line.split(',')[7]),
      expected.map((at) => (at === undefined ? '' : at.toISOString().replace('.000Z', 'Z'))),
    );
  });

  it('has amounts to the last digit in Parquet and CSV, and numbers that are none as Parquet knows them', async () => {
    const given: readonly (readonly [bigint, number])[] = [
      [999_999_999_999_999_999n, Infinity],
      [-999_999_999_999_999_999n, -Infinity],
      [1n, 1e308],
      [-1n, 5e-324],
      [10_000_000_000_000_001n, 0.1],
    ];
    given.forEach(([cost_e8, quantity], index) =>
      insert('cost_daily', {
        id: index + 1,
        utc_day: 20_454 + index,
        date: `2026-01-0${index + 1}`,
        cost_e8,
        quantity,
      }),
    );
    const lines = readFileSync(await written('csv', 'cost_daily'), 'utf8')
      .split('\r\n')
      .slice(1, -1);
    assert.deepEqual(
      lines.map((line) => line.split(',')[11]),
      ['9999999999.99999999', '-9999999999.99999999', '0.00000001', '-0.00000001', '100000000.00000001'],
    );
    const rows = await parquetRows(await written('parquet', 'cost_daily'));
    assert.deepEqual(
      rows.map(({ quantity }) => quantity),
      given.map(([, quantity]) => quantity),
    );
    assert.deepEqual(
      rows.map(({ date }) => (date as Date).toISOString().slice(0, 10)),
      given.map((_, index) => `2026-01-0${index + 1}`),
    );
    assert.deepEqual((await sheetColumn('cost_daily', 'quantity')).slice(0, 2), [null, null]);
  });
});
