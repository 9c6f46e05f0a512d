import assert from 'node:assert/strict';
import { NOTHING_SAVED, parseSavedState, withGrid } from '../../../../src/webview/results/savedState';

const position = { row: 3, column: 1 };
const grid = (resultId: string) => ({
  resultId,
  scrollTop: 60,
  scrollLeft: 0,
  cursor: { active: position, anchor: position },
  widths: [80, 120],
});

describe('saved state of the result view', () => {
  it('comes back as it was kept', () => {
    const kept = withGrid(NOTHING_SAVED, grid('a'), ['a']);
    assert.deepEqual(parseSavedState(JSON.parse(JSON.stringify(kept))), kept);
  });

  it('is nothing when it has another shape', () => {
    assert.deepEqual(parseSavedState(undefined), NOTHING_SAVED);
    assert.deepEqual(parseSavedState({ grids: 'x' }), NOTHING_SAVED);
    assert.deepEqual(parseSavedState({ grids: [{ ...grid('a'), widths: ['x'] }] }), NOTHING_SAVED);
  });

  it('keeps one place per result and forgets results that are gone', () => {
    const first = withGrid(NOTHING_SAVED, grid('a'), ['a', 'b']);
    const second = withGrid(first, grid('b'), ['a', 'b']);
    assert.deepEqual(
      second.grids.map(({ resultId }) => resultId),
      ['a', 'b'],
    );
    const third = withGrid(second, grid('c'), ['c']);
    assert.deepEqual(
      third.grids.map(({ resultId }) => resultId),
      ['c'],
    );
    assert.equal(third.shownId, 'c');
  });
});
