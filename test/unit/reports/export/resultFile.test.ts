import assert from 'node:assert/strict';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { readXlsx } from 'hucre/xlsx';
import { contentBytes } from '../../../../src/reports/export/outputFile';
import {
  assertFits,
  resultFile,
  WHOLE_LIMITS,
  type ResultFormat,
} from '../../../../src/reports/export/resultFile';
import { ROW_TEXTS } from '../../../../src/reports/export/rowText';
import { columnsOf, type Cell, type ResultSet } from '../../../../src/store/resultSet';

const LARGE = 9007199254740993n;

/** What values of a result can be: NULL, the empty text, quotes, lines, umlauts, large integers, bytes, formulas. */
const NAMES = ['n', 'large', 'real', 'text', 'blob', 'mixed', 'nothing', 'n'];
const ROWS: readonly (readonly Cell[])[] = [
  [1, LARGE, 0.5, 'Ärger "x", y', new Uint8Array([0, 255]), 1, null, 10],
  [-2, 3, 2, '', new Uint8Array([]), 'two', null, 20],
  [null, null, null, '=1+1', null, null, null, null],
  [4, -5n, 1e300, 'two\nlines', null, new Uint8Array([1]), null, 30],
];

function resultOf(names: readonly string[], rows: readonly (readonly Cell[])[]): ResultSet {
  return { columns: columnsOf(names, rows), rowCount: rows.length, truncated: false, elapsedMs: 1 };
}

const bytesOf = async (format: ResultFormat, result = resultOf(NAMES, ROWS)): Promise<Uint8Array> =>
  format === 'csv' || format === 'json'
    ? Buffer.from(textOf(format, result))
    : contentBytes(resultFile(result, format));

function textOf(format: keyof typeof ROW_TEXTS, { columns, rowCount }: ResultSet): string {
  const text = ROW_TEXTS[format]();
  const begin = text.begin(columns.map(({ name }) => name));
  const rows = Array.from({ length: rowCount }, (_, row) =>
    text.row(columns.map((column) => column.at(row))),
  );
  return [begin, ...rows, text.end()].join('');
}

/** An array buffer of just these bytes, as the reader of Parquet wants it. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

describe('a result as a file', () => {
  it('is CSV that spreadsheets open as it is, with formulas made harmless', async () => {
    assert.equal(
      Buffer.from(await bytesOf('csv')).toString('utf8'),
      [
        '\uFEFFn,large,real,text,blob,mixed,nothing,n',
        `1,9007199254740993,0.5,"Ärger ""x"", y",x'00ff',1,,10`,
        `-2,3,2,,x'',two,,20`,
        `,,,'=1+1,,,,`,
        `4,-5,1e+300,"two\nlines",,x'01',,30`,
        '',
      ].join('\r\n'),
    );
  });

  it('is JSON in which no integer loses a digit and NULL is no empty text', async () => {
    assert.equal(
      Buffer.from(await bytesOf('json')).toString('utf8'),
      [
        '[',
        `{"n":1,"large":9007199254740993,"real":0.5,"text":"Ärger \\"x\\", y","blob":"x'00ff'","mixed":1,"nothing":null,"n_2":10},`,
        `{"n":-2,"large":3,"real":2,"text":"","blob":"x''","mixed":"two","nothing":null,"n_2":20},`,
        `{"n":null,"large":null,"real":null,"text":"=1+1","blob":null,"mixed":null,"nothing":null,"n_2":null},`,
        `{"n":4,"large":-5,"real":1e+300,"text":"two\\nlines","blob":null,"mixed":"x'01'","nothing":null,"n_2":30}`,
        ']',
        '',
      ].join('\n'),
    );
  });

  it('is a workbook with numbers as numbers, large integers and formulas as text', async () => {
    const { sheets } = await readXlsx(await bytesOf('xlsx'));
    const rows = (sheets[0]?.rows ?? []).map((row) => NAMES.map((_, index) => row[index] ?? null));
    assert.deepEqual(rows, [
      NAMES,
      [1, '9007199254740993', 0.5, 'Ärger "x", y', "x'00ff'", 1, null, 10],
      [-2, 3, 2, '', "x''", 'two', null, 20],
      [null, null, null, '=1+1', null, null, null, null],
      [4, -5, 1e300, 'two\nlines', null, "x'01'", null, 30],
    ]);
  });

  it('is Parquet with a type for each column; mixed ones are text', async () => {
    const file = bufferOf(await bytesOf('parquet'));
    const { schema } = parquetMetadata(file);
    assert.deepEqual(
      schema.slice(1).map(({ name, type, converted_type }) => [name, type, converted_type]),
      [
        ['n', 'INT64', undefined],
        ['large', 'INT64', undefined],
        ['real', 'DOUBLE', undefined],
        ['text', 'BYTE_ARRAY', 'UTF8'],
        ['blob', 'BYTE_ARRAY', undefined],
        ['mixed', 'BYTE_ARRAY', 'UTF8'],
        ['nothing', 'BYTE_ARRAY', 'UTF8'],
        ['n_2', 'INT64', undefined],
      ],
    );
    const rows = await parquetReadObjects({ file, utf8: false });
    assert.deepEqual(rows, [
      {
        n: 1n,
        large: LARGE,
        real: 0.5,
        text: 'Ärger "x", y',
        blob: new Uint8Array([0, 255]),
        mixed: '1',
        nothing: null,
        n_2: 10n,
      },
      {
        n: -2n,
        large: 3n,
        real: 2,
        text: '',
        blob: new Uint8Array([]),
        mixed: 'two',
        nothing: null,
        n_2: 20n,
      },
      { n: null, large: null, real: null, text: '=1+1', blob: null, mixed: null, nothing: null, n_2: null },
      {
        n: 4n,
        large: -5n,
        real: 1e300,
        text: 'two\nlines',
        blob: null,
        mixed: "x'01'",
        nothing: null,
        n_2: 30n,
      },
    ]);
  });

  it('keeps an integer beyond 2^53 among fractions as text', async () => {
    const rows = await parquetReadObjects({
      file: bufferOf(await bytesOf('parquet', resultOf(['v'], [[0.5], [LARGE]]))),
    });
    assert.deepEqual(rows, [{ v: '0.5' }, { v: '9007199254740993' }]);
  });

  it('is Parquet in several parts when it is long, and none is lost', async () => {
    const count = 120_001;
    const result = resultOf(
      ['n', 'text'],
      Array.from({ length: count }, (_, row) => [row, `row ${row}`]),
    );
    const file = bufferOf(await bytesOf('parquet', result));
    assert.equal(parquetMetadata(file).row_groups.length, 3);
    const last = await parquetReadObjects({ file, rowStart: count - 1, rowEnd: count });
    assert.deepEqual(last, [{ n: BigInt(count - 1), text: `row ${count - 1}` }]);
  });

  it('has its header when it has no row', async () => {
    const empty = resultOf(['a', 'b'], []);
    assert.equal(Buffer.from(await bytesOf('csv', empty)).toString('utf8'), '\uFEFFa,b\r\n');
    assert.equal(Buffer.from(await bytesOf('json', empty)).toString('utf8'), '[\n]\n');
    assert.equal(parquetMetadata(bufferOf(await bytesOf('parquet', empty))).num_rows, 0n);
    assert.equal((await readXlsx(await bytesOf('xlsx', empty))).sheets[0]?.rows.length, 1);
  });

  it('is refused where its format has no room, with the format that has', () => {
    const cut = { ...resultOf(['a'], [[1]]), truncated: true };
    assert.throws(
      () => assertFits(cut, 'xlsx', WHOLE_LIMITS),
      /no room for more than 1,048,575 rows.*as CSV/u,
    );
    assert.throws(
      () => assertFits({ ...cut, isFull: true }, 'parquet', WHOLE_LIMITS),
      /more than 512 MB, too much for Parquet.*as CSV/u,
    );
    assert.doesNotThrow(() => assertFits({ ...cut, truncated: false }, 'xlsx', WHOLE_LIMITS));
  });
});
