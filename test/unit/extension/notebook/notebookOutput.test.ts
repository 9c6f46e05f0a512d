import assert from 'node:assert/strict';
import { fallbackMarkdown, notebookResult } from '../../../../src/extension/notebook/notebookOutput';
import { columnsOf, type Cell, type ResultSet } from '../../../../src/store/resultSet';
import {
  fromWire,
  isCut,
  MOST_CHARACTERS,
  resultSetOf,
  toWire,
} from '../../../../src/webview/notebook/notebookResult';

function resultOf(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  truncated = false,
): ResultSet {
  return { columns: columnsOf(names, rows), rowCount: rows.length, truncated, elapsedMs: 3.4 };
}

describe('the output of a statement', () => {
  it('holds every value exactly, through JSON and back', () => {
    const cells: readonly Cell[] = [
      null,
      0.1,
      9007199254740993n,
      -Infinity,
      'text',
      new Uint8Array([0, 255]),
    ];
    const result = notebookResult(
      resultOf(
        cells.map((_, index) => `c${index}`),
        [cells],
      ),
    );
    const again = resultSetOf(JSON.parse(JSON.stringify(result)) as typeof result);
    assert.deepEqual(
      again.columns.map((column) => column.at(0)),
      cells,
    );
    assert.equal(result.elapsedMs, 3);
    assert.equal(result.limitedTo, undefined);
  });

  it('cuts long texts and BLOBs, and says so', () => {
    const text = toWire('x'.repeat(MOST_CHARACTERS + 1));
    assert.ok(isCut(text));
    assert.equal(String(fromWire(text)).length, MOST_CHARACTERS);
    assert.ok(isCut(toWire(new Uint8Array(5000))));
    assert.ok(!isCut(toWire(new Uint8Array(10))));
    assert.ok(!isCut(toWire('short')));
  });

  it('tells how many rows it has where there are more', () => {
    assert.equal(notebookResult(resultOf(['n'], [[1], [2]], true)).limitedTo, 2);
    const large = resultOf(
      ['text'],
      Array.from({ length: 10 }, () => ['x'.repeat(100)]),
    );
    const cut = notebookResult(large, { mostSize: 250 });
    assert.equal(cut.rows.length, 3);
    assert.equal(cut.limitedTo, 3);
  });

  it('is Markdown of the first rows for whatever knows nothing of it', () => {
    const whole = notebookResult(resultOf(['a', 'b'], [['x|y', null]]));
    assert.equal(fallbackMarkdown(whole), '| a | b |\n| --- | --- |\n| x\\|y | *NULL* |\n');
    const long = notebookResult(
      resultOf(
        ['n'],
        Array.from({ length: 30 }, (_, index) => [index]),
      ),
    );
    assert.match(fallbackMarkdown(long), /\| 19 \|\n\nThe first 20 rows\.\n$/);
    assert.equal(fallbackMarkdown(notebookResult(resultOf([], []))), 'The statement returns no rows');
  });
});
