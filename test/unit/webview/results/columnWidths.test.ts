import assert from 'node:assert/strict';
import { ColumnWidths } from '../../../../src/webview/results/columnWidths';

const columns = [
  { name: 'id', isNumeric: true, isTime: false, width: 6 },
  { name: 'title', isNumeric: false, isTime: false, width: 40 },
];

describe('ColumnWidths', () => {
  it('begins with the suggested characters, or with what was saved for as many columns', () => {
    assert.deepEqual(new ColumnWidths(columns, 10).all, [80, 420]);
    assert.deepEqual(new ColumnWidths(columns, 10, [50, 60]).all, [50, 60]);
    assert.deepEqual(new ColumnWidths(columns, 10, [50]).all, [80, 420]);
  });

  it('fits the longest text, within bounds', () => {
    const widths = new ColumnWidths(columns, 10);
    widths.fit(0, ['id', 'a longer text']);
    assert.equal(widths.of(0), 150);
    widths.fit(0, ['x'.repeat(500)]);
    assert.equal(widths.of(0), 1220);
  });

  it('never gets too narrow to be found again', () => {
    const widths = new ColumnWidths(columns, 10);
    widths.set(0, -5);
    assert.equal(widths.of(0), 40);
    widths.widen(0, 2);
    assert.equal(widths.of(0), 60);
  });
});
