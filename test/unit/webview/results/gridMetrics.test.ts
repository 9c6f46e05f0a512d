import assert from 'node:assert/strict';
import {
  MAX_SCROLL_HEIGHT,
  columnEdges,
  columnWindow,
  rowWindow,
  scrollHeight,
  scrollLeftFor,
  scrollTopFor,
} from '../../../../src/webview/results/gridMetrics';

const small = { rowCount: 100, rowHeight: 20, viewportHeight: 200 };
const huge = { rowCount: 1_000_000, rowHeight: 20, viewportHeight: 200 };

describe('rowWindow', () => {
  it('holds the rows in sight and a few beyond', () => {
    assert.deepEqual(rowWindow(small, 0), { first: 0, last: 16, top: 0 });
    assert.deepEqual(rowWindow(small, 400), { first: 14, last: 36, top: 280 });
  });

  it('ends with the last row', () => {
    const { last } = rowWindow(small, 1800);
    assert.equal(last, 100);
  });

  it('is empty without rows', () => {
    assert.deepEqual(rowWindow({ ...small, rowCount: 0 }, 0), { first: 0, last: 0, top: 0 });
  });

  it('reaches the first and the last of a million rows within the height that browsers place rightly', () => {
    assert.equal(scrollHeight(huge), MAX_SCROLL_HEIGHT);
    assert.equal(rowWindow(huge, 0).first, 0);
    const bottom = rowWindow(huge, MAX_SCROLL_HEIGHT - huge.viewportHeight);
    assert.equal(bottom.last, 1_000_000);
    assert.equal(Math.round(bottom.top + (bottom.last - bottom.first) * huge.rowHeight), MAX_SCROLL_HEIGHT);
  });
});

describe('scrollTopFor', () => {
  it('moves only as far as the row needs', () => {
    assert.equal(scrollTopFor(small, 400, 25), 400);
    assert.equal(scrollTopFor(small, 400, 5), 100);
    assert.equal(scrollTopFor(small, 400, 40), 620);
  });

  for (const row of [0, 1, 499_999, 999_998, 999_999]) {
    it(`brings row ${row} of a million into sight`, () => {
      const scrollTop = scrollTopFor(huge, 1_234_567, row);
      const { first, last } = rowWindow(huge, scrollTop);
      assert.ok(first <= row && row < last);
    });
  }
});

describe('columns', () => {
  const edges = columnEdges([100, 50, 200, 30]);

  it('lie side by side', () => {
    assert.deepEqual(edges, [0, 100, 150, 350, 380]);
  });

  it('are drawn only where they can be seen', () => {
    assert.deepEqual(columnWindow(edges, 0, 120), { first: 0, last: 2 });
    assert.deepEqual(columnWindow(edges, 160, 100), { first: 2, last: 3 });
    assert.deepEqual(columnWindow(edges, 0, 1000), { first: 0, last: 4 });
    assert.deepEqual(columnWindow([0], 0, 1000), { first: 0, last: 0 });
  });

  it('come into sight by the shortest way', () => {
    assert.equal(scrollLeftFor(edges, 0, 120, 0), 0);
    assert.equal(scrollLeftFor(edges, 0, 120, 1), 30);
    assert.equal(scrollLeftFor(edges, 0, 120, 2), 150);
    assert.equal(scrollLeftFor(edges, 150, 120, 0), 0);
  });
});
