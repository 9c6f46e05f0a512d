import assert from 'node:assert/strict';
import {
  isWhole,
  WHOLE_RESULT,
  withFilter,
  withNextSort,
  withoutFilter,
} from '../../../../src/webview/results/narrowing';

describe('narrowing a result', () => {
  it('sorts a column up, then down, then not at all; another column begins anew', () => {
    const up = withNextSort(WHOLE_RESULT, 2);
    assert.deepEqual(up.sort, { column: 2, isDescending: false });
    const down = withNextSort(up, 2);
    assert.deepEqual(down.sort, { column: 2, isDescending: true });
    assert.deepEqual(withNextSort(down, 1).sort, { column: 1, isDescending: false });
    assert.ok(isWhole(withNextSort(down, 2)));
  });

  it('has one filter for a column', () => {
    const first = withFilter(WHOLE_RESULT, { column: 0, kind: 'contains', value: 'a' });
    const both = withFilter(first, { column: 1, kind: 'isNull', value: '' });
    const other = withFilter(both, { column: 0, kind: 'equals', value: 'b' });
    assert.deepEqual(
      other.filters.map(({ column, kind }) => [column, kind]),
      [
        [1, 'isNull'],
        [0, 'equals'],
      ],
    );
    assert.ok(isWhole(withoutFilter(withoutFilter(other, 0), 1)));
  });
});
