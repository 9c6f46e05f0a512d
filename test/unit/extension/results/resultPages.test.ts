import assert from 'node:assert/strict';
import { columnHeader, isWithin, openedValue, pageOf } from '../../../../src/extension/results/resultPages';
import type { Cell } from '../../../../src/store/resultSet';
import { resultOf } from '../../sql/resultBuilder';

const headerOfColumn = (values: readonly Cell[]) => columnHeader(resultOf({ a: values }).columns[0]!);

describe('the header of a column', () => {
  it('tells numbers, times and a width within bounds', () => {
    assert.deepEqual(headerOfColumn([1, null, 2n]), { name: 'a', isNumeric: true, isTime: false, width: 6 });
    assert.deepEqual(headerOfColumn(['x'.repeat(900), '1']), {
      name: 'a',
      isNumeric: false,
      isTime: false,
      width: 40,
    });
    assert.equal(headerOfColumn(['2026-11-03', '2026-11-03 14:30:15']).isTime, true);
  });

  it('calls a column of NULLs neither', () => {
    const { isNumeric, isTime } = headerOfColumn([null]);
    assert.deepEqual([isNumeric, isTime], [false, false]);
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
