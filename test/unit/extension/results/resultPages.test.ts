import assert from 'node:assert/strict';
import {
  clipboardText,
  copiedInWords,
  headerOf,
  isWithin,
  openedValue,
  pageOf,
  summaryOf,
} from '../../../../src/extension/results/resultPages';
import { resultOf } from '../../sql/resultBuilder';

const LIMIT = 10_000;

describe('summaryOf', () => {
  it('counts rows and tells the time', () => {
    assert.equal(summaryOf(resultOf({ a: [1] }), LIMIT), '1 row · 12 ms');
    assert.equal(summaryOf(resultOf({ a: [] }), LIMIT), '0 rows · 12 ms');
    assert.equal(
      summaryOf(resultOf({}, { rowCount: 0, elapsedMs: 1500 }), LIMIT),
      'The statement returns no rows · 1.5 s',
    );
  });

  it('says that a result was cut, and where', () => {
    const result = resultOf({ a: [1, 2] }, { truncated: true });
    assert.equal(summaryOf(result, LIMIT), 'Limited to 10,000 rows · 12 ms');
  });
});

describe('headerOf', () => {
  it('puts numbers at the right and suggests widths within bounds', () => {
    const { columns } = headerOf('r', resultOf({ n: [1, null, 2n], t: ['x'.repeat(900), '1', '2'] }), LIMIT);
    assert.deepEqual(columns, [
      { name: 'n', isNumeric: true, width: 6 },
      { name: 't', isNumeric: false, width: 40 },
    ]);
  });

  it('does not call a column of NULLs numeric', () => {
    assert.equal(headerOf('r', resultOf({ n: [null] }), LIMIT).columns[0]?.isNumeric, false);
  });
});

describe('pageOf', () => {
  it('gives the rows of a window column by column, short at the end', () => {
    assert.deepEqual(pageOf(resultOf({ a: [1, 2, 3], b: ['x', 'y', 'z'] }), 1, 10), [
      { texts: ['2', '3'], kinds: 'ii' },
      { texts: ['y', 'z'], kinds: 'tt' },
    ]);
  });

  it('tells NULL from the text NULL and from an empty text', () => {
    assert.deepEqual(pageOf(resultOf({ a: [null, 'NULL', ''] }), 0, 3), [
      { texts: ['NULL', 'NULL', ''], kinds: 'ntt' },
    ]);
  });

  it('keeps every digit of large integers and shows bytes as a literal', () => {
    const bytes = new Uint8Array([0, 255, 16]);
    const page = pageOf(resultOf({ a: [9007199254740993n, bytes, 0.1] }), 0, 3);
    assert.deepEqual(page, [{ texts: ['9007199254740993', "x'00ff10'", '0.1'], kinds: 'ibi' }]);
  });

  it('cuts long values, marks them so and keeps a row on one line', () => {
    const [column] = pageOf(resultOf({ a: ['x'.repeat(501), 'a\r\nb\tc', new Uint8Array(33)] }), 0, 3);
    assert.equal(column?.kinds, 'TtB');
    assert.equal(column.texts[0]?.length, 500);
    assert.equal(column.texts[1], 'a⏎b c');
  });
});

describe('clipboardText', () => {
  const result = resultOf({ id: [1, 2], title: ['=SUM(1)', 'two\nlines'] });
  const all = { firstRow: 0, lastRow: 1, firstColumn: 0, lastColumn: 1 };

  it('copies one cell as it is', async () => {
    const cell = { firstRow: 0, lastRow: 0, firstColumn: 1, lastColumn: 1 };
    assert.equal(await clipboardText(result, cell, false), '=SUM(1)');
  });

  it('copies several cells as TSV that a spreadsheet takes back, formulas made harmless', async () => {
    assert.equal(await clipboardText(result, all, false), `1\t'=SUM(1)\n2\t"two\nlines"`);
    assert.equal(await clipboardText(result, all, true), `id\ttitle\n1\t'=SUM(1)\n2\t"two\nlines"`);
  });

  it('counts what it copied', () => {
    assert.equal(copiedInWords(all), 'Copied 4 cells.');
  });
});

describe('isWithin', () => {
  const result = resultOf({ a: [1, 2] });

  it('refuses rectangles that leave the result or are upside down', () => {
    assert.equal(isWithin(result, { firstRow: 0, lastRow: 1, firstColumn: 0, lastColumn: 0 }), true);
    assert.equal(isWithin(result, { firstRow: 0, lastRow: 2, firstColumn: 0, lastColumn: 0 }), false);
    assert.equal(isWithin(result, { firstRow: 1, lastRow: 0, firstColumn: 0, lastColumn: 0 }), false);
    assert.equal(isWithin(result, { firstRow: 0, lastRow: 1, firstColumn: -1, lastColumn: 0 }), false);
  });
});

describe('openedValue', () => {
  it('lays out JSON and leaves other text alone', () => {
    assert.deepEqual(openedValue('{"a":1}'), { text: '{\n  "a": 1\n}', language: 'json' });
    assert.deepEqual(openedValue('[not json'), { text: '[not json', language: 'plaintext' });
    assert.deepEqual(openedValue(5n), { text: '5', language: 'plaintext' });
  });
});
