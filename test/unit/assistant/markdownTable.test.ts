import assert from 'node:assert/strict';
import { cutLines, markdownTable } from '../../../src/assistant/markdownTable';
import { columnsOf, type Cell, type ResultSet } from '../../../src/store/resultSet';

const LIMITS = { rows: 100, bytes: 10_000, cell: 20 };

function result(names: readonly string[], rows: readonly (readonly Cell[])[], truncated = false): ResultSet {
  return { columns: columnsOf(names, rows), rowCount: rows.length, truncated, elapsedMs: 1 };
}

describe('Rows for a model', () => {
  it('keep missing apart from empty, and numbers whole', () => {
    const { text } = markdownTable(
      result(['a', 'b'], [[null, ''], [9_007_199_254_740_993n, 0.5], [new Uint8Array(3), 'NULL']]), // prettier-ignore
      LIMITS,
    );
    assert.deepEqual(text.split('\n').slice(2), [
      '| NULL |  |',
      '| 9007199254740993 | 0.5 |',
      '| (3 bytes) | NULL |',
    ]);
  });

  it('cannot be told from others by what values hold', () => {
    const { text, rows } = markdownTable(result(['a|b'], [['x | y\r\nz\\'], ['1\u20282']]), LIMITS);
    assert.deepEqual(text.split('\n'), ['| a\\|b |', '| --- |', '| x \\| y\\nz\\\\ |', '| 1\\n2 |']);
    assert.equal(rows, 2);
  });

  it('cut a long value where it says so', () => {
    const { text } = markdownTable(result(['a'], [['x'.repeat(21)], ['y'.repeat(20)]]), LIMITS);
    assert.deepEqual(text.split('\n').slice(2), [`| ${'x'.repeat(20)}… |`, `| ${'y'.repeat(20)} |`]);
  });

  it('end before they are too large, and say that there are more', () => {
    const many = Array.from({ length: 50 }, (_, index) => [`ü${index}`]);
    assert.deepEqual(
      [LIMITS, { ...LIMITS, rows: 10 }, { ...LIMITS, bytes: 100 }].map((limits) => {
        const { text, rows, isCut } = markdownTable(result(['a'], many), limits);
        assert.ok(Buffer.byteLength(text) <= limits.bytes);
        return [rows, isCut];
      }),
      [
        [50, false],
        [10, true],
        [10, true],
      ],
    );
    assert.equal(markdownTable(result(['a'], many, true), LIMITS).isCut, true, 'the query had more rows');
  });

  it('are whole lines where a text is cut', () => {
    assert.deepEqual(cutLines('one\ntwo\nthree', 9), { text: 'one\ntwo', isCut: true });
    assert.deepEqual(cutLines('one\ntwo', 7), { text: 'one\ntwo', isCut: false });
    assert.deepEqual(cutLines('ü\nüü', 4), { text: 'ü', isCut: true });
  });
});
