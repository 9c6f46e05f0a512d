import assert from 'node:assert/strict';
import { readXlsx } from 'hucre/xlsx';
import { workbook, workbookStream, type Sheet } from '../../../../src/reports/export/xlsx';
import {
  MAX_CELL_CHARACTERS,
  sheetCell,
  sheetNames,
  sheetText,
} from '../../../../src/reports/export/xlsxCell';

const SHEET: Sheet = {
  name: 'Users',
  hasHeader: true,
  columns: [
    { title: 'User', kind: 'text' },
    { title: 'Turns', kind: 'integer' },
    { title: 'Day', kind: 'date' },
    { title: 'Share', kind: 'percent' },
  ],
  rows: [
    ['Anna', 12, '2026-03-01', 0.25],
    ['=1+1', -3, null, null],
    ['#REF!', 9007199254740993n, '1899-12-31', Number.NaN],
    ['_x0041_ & <b>', 0, '2026-02-30', 1],
  ],
};

const EXPECTED = [
  ['User', 'Turns', 'Day', 'Share'],
  ['Anna', 12, new Date('2026-03-01T00:00:00Z'), 0.25],
  ['=1+1', -3, null, null],
  ['#REF!', '9007199254740993', '1899-12-31', null],
  ['_x0041_ & <b>', 0, '2026-02-30', 1],
];

/** The rows of all sheets, short rows filled up. */
async function rowsOf(bytes: Uint8Array): Promise<unknown[][][]> {
  const { sheets } = await readXlsx(bytes);
  return sheets.map(({ rows }) =>
    rows.map((row) => Array.from({ length: SHEET.columns.length }, (_, index) => row[index] ?? null)),
  );
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

describe('a spreadsheet cell', () => {
  it('keeps every digit of integers that a number cannot hold', () => {
    assert.equal(sheetCell(9007199254740993n, 'integer'), '9007199254740993');
    assert.equal(sheetCell(-9007199254740993n, 'integer'), '-9007199254740993');
    assert.equal(sheetCell(12n, 'integer'), 12);
  });

  it('is empty for what is no number', () => {
    for (const value of [Number.NaN, Infinity, -Infinity, null]) {
      assert.equal(sheetCell(value, 'decimal'), null);
    }
  });

  it('is a date only in a column of dates, and only for a day that exists and that Excel knows', () => {
    assert.deepEqual(sheetCell('2026-03-01', 'date'), new Date('2026-03-01T00:00:00Z'));
    assert.deepEqual(sheetCell('2026-03-01 23:59:58', 'time'), new Date('2026-03-01T23:59:58Z'));
    for (const text of ['2026-02-30', '1899-12-31', 'Week of 3 Nov', '2026-03-01 25:00:00']) {
      assert.equal(sheetCell(text, 'date'), text);
    }
    assert.equal(sheetCell('2026-03-01', 'text'), '2026-03-01');
  });

  it('holds bytes as an SQL literal', () => {
    assert.equal(sheetCell(new Uint8Array([10, 255]), 'text'), "x'0aff'");
  });

  it('takes no more than Excel does and says how much there was', () => {
    const cut = sheetText('a'.repeat(40_000));
    assert.equal(cut.length, MAX_CELL_CHARACTERS);
    assert.match(cut, /a … \[cut: 40000 characters\]$/u);
    assert.equal(sheetText('a'.repeat(MAX_CELL_CHARACTERS)).length, MAX_CELL_CHARACTERS);
    const escapes = sheetText('_x0041_'.repeat(5000));
    assert.ok(escapes.length <= MAX_CELL_CHARACTERS);
    assert.match(escapes, /\[cut: 35000 characters\]$/u);
  });
});

describe('names of sheets', () => {
  it('keep to the rules of Excel', () => {
    assert.deepEqual(sheetNames(['A/B: [c]*?', `'quoted'`, 'x'.repeat(40), '', 'History']), [
      'A B c',
      'quoted',
      'x'.repeat(31),
      'Sheet',
      'History (2)',
    ]);
  });

  it('end with a whole character', () => {
    const title = `${'x'.repeat(30)}🦆`;
    assert.deepEqual(sheetNames([title, title]), ['x'.repeat(30), `${'x'.repeat(27)} (2)`]);
  });

  it('are never alike, whatever their case and length', () => {
    const names = sheetNames(['Users', 'users', 'USERS', 'y'.repeat(40), 'y'.repeat(50)]);
    assert.deepEqual(names.slice(0, 3), ['Users', 'users (2)', 'USERS (3)']);
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
    assert.ok(names.every(({ length }) => length <= 31));
  });
});

describe('a workbook', () => {
  it('holds numbers as numbers, days as dates, and formulas and errors as text', async () => {
    assert.deepEqual(await rowsOf(await workbook([SHEET], 'Test')), [EXPECTED]);
  });

  it('is the same when it is streamed', async () => {
    assert.deepEqual(await rowsOf(await bytesOf(workbookStream(SHEET))), [EXPECTED]);
  });

  it('has its sheets in order, with names that Excel takes', async () => {
    const { sheets } = await readXlsx(await workbook([SHEET, SHEET, { ...SHEET, name: 'a/b' }], 'Test'));
    assert.deepEqual(
      sheets.map(({ name }) => name),
      ['Users', 'Users (2)', 'a b'],
    );
  });

  it('is made of any number of rows without holding them', async () => {
    function* rows(): Generator<[string, number, null, null]> {
      for (let row = 0; row < 50_000; row += 1) {
        yield [`user ${row}`, row, null, null];
      }
    }
    const [sheet = []] = await rowsOf(await bytesOf(workbookStream({ ...SHEET, rows: rows() })));
    assert.equal(sheet.length, 50_001);
    assert.deepEqual(sheet.at(-1), ['user 49999', 49_999, null, null]);
  });
});
