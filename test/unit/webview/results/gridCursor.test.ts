import assert from 'node:assert/strict';
import {
  cursorAt,
  moveCursor,
  selectAll,
  selectedRange,
  type GridCursor,
} from '../../../../src/webview/results/gridCursor';

const shape = { rowCount: 100, columnCount: 4, rowsPerScreen: 10 };
const start = cursorAt({ row: 50, column: 1 }, shape);

function press(key: string, { mod = false, shift = false } = {}, from: GridCursor = start) {
  return moveCursor(from, { key, mod, shift }, shape);
}

describe('moveCursor', () => {
  for (const [key, mod, row, column] of [
    ['ArrowUp', false, 49, 1],
    ['ArrowDown', false, 51, 1],
    ['ArrowLeft', false, 50, 0],
    ['ArrowRight', false, 50, 2],
    ['PageUp', false, 40, 1],
    ['PageDown', false, 60, 1],
    ['Home', false, 50, 0],
    ['End', false, 50, 3],
    ['Home', true, 0, 0],
    ['End', true, 99, 3],
    ['ArrowDown', true, 99, 1],
  ] as const) {
    it(`goes to row ${row}, column ${column} with ${mod ? 'Ctrl+' : ''}${key}`, () => {
      assert.deepEqual(press(key, { mod })?.active, { row, column });
    });
  }

  it('stops at the edges and enters the header above the first row', () => {
    const first = cursorAt({ row: 0, column: 0 }, shape);
    assert.deepEqual(press('ArrowLeft', {}, first)?.active, { row: 0, column: 0 });
    assert.deepEqual(press('ArrowUp', {}, first)?.active, { row: -1, column: 0 });
    const last = cursorAt({ row: 99, column: 3 }, shape);
    assert.deepEqual(press('PageDown', {}, last)?.active, { row: 99, column: 3 });
  });

  it('extends the selection with Shift', () => {
    const moved = press('ArrowDown', { shift: true });
    assert.deepEqual(moved, { active: { row: 51, column: 1 }, anchor: { row: 50, column: 1 } });
  });

  it('leaves other keys alone', () => {
    assert.equal(press('x'), undefined);
    assert.equal(press('constructor'), undefined);
  });

  it('stays on the header of an empty result', () => {
    const empty = { rowCount: 0, columnCount: 2, rowsPerScreen: 10 };
    const cursor = cursorAt({ row: 0, column: 0 }, empty);
    assert.deepEqual(cursor.active, { row: -1, column: 0 });
    assert.deepEqual(
      moveCursor(cursor, { key: 'ArrowDown', mod: false, shift: true }, empty)?.active.row,
      -1,
    );
  });
});

describe('selectedRange', () => {
  it('spans the corners in either direction', () => {
    const cursor = { active: { row: 2, column: 3 }, anchor: { row: 5, column: 1 } };
    assert.deepEqual(selectedRange(cursor, shape), {
      firstRow: 2,
      lastRow: 5,
      firstColumn: 1,
      lastColumn: 3,
    });
  });

  it('takes the whole column from its header', () => {
    assert.deepEqual(selectedRange(cursorAt({ row: -1, column: 2 }, shape), shape), {
      firstRow: 0,
      lastRow: 99,
      firstColumn: 2,
      lastColumn: 2,
    });
  });

  it('takes everything, and nothing of an empty result', () => {
    assert.deepEqual(selectedRange(selectAll(shape), shape), {
      firstRow: 0,
      lastRow: 99,
      firstColumn: 0,
      lastColumn: 3,
    });
    assert.equal(selectedRange(start, { ...shape, rowCount: 0 }), undefined);
  });
});
