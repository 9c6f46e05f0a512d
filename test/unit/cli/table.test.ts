import assert from 'node:assert/strict';
import { tableLines } from '../../../src/cli/table';
import type { Cell } from '../../../src/store/resultSet';
import { resultOf } from '../sql/resultBuilder';

const table = (columns: Record<string, Cell[]>): string[] => [...tableLines(resultOf(columns))];

describe('the table of a query', () => {
  it('aligns columns, numbers at the right', () => {
    assert.deepEqual(table({ name: ['Ada', 'Grace H.'], message_count: [1245, 7] }), [
      'name      message_count',
      '--------  -------------',
      'Ada                1245',
      'Grace H.              7',
    ]);
  });

  it('shows NULL, large integers and bytes', () => {
    assert.deepEqual(table({ v: [null, 9007199254740993n, new Uint8Array([255])] }).slice(2), [
      'NULL',
      '9007199254740993',
      "x'ff'",
    ]);
  });

  it('has only a head without rows', () => {
    assert.deepEqual(table({ a: [] }), ['a', '-']);
  });

  it('keeps a row on one line and lets no text steer the terminal', () => {
    assert.deepEqual(table({ title: ['two\nlines', '\u001b[31mred'] }).slice(2), ['two⏎lines', '·[31mred']);
  });

  it('cuts long texts and counts wide characters twice', () => {
    const [, rule, long, wide] = table({ t: ['x'.repeat(100), '日本'], u: ['a', 'b'] });
    assert.equal(rule, `${'-'.repeat(60)}  -`);
    assert.equal(long, `${'x'.repeat(59)}…  a`);
    assert.equal(wide, `日本${' '.repeat(56)}  b`);
  });
});
