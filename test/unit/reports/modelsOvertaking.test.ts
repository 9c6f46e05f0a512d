import assert from 'node:assert/strict';
import { standings } from '../../../src/reports/models/comparisons';
import { overtakings } from '../../../src/reports/models/overtaking';
import type { ReportRow } from '../../../src/reports/reportModel';

/** A row for each step and model; the last step is not over. */
function rowsOf(series: Readonly<Record<string, readonly number[]>>): ReportRow[] {
  return Object.entries(series).flatMap(([name, values]) =>
    values.map((generations, index) => ({
      bucket: `2026-${String(index + 1).padStart(2, '0')}-01`,
      series: name,
      series_key: name === 'Other models' ? null : name,
      is_partial: index === values.length - 1 ? 1 : 0,
      generations,
    })),
  );
}

describe('Overtaking', () => {
  it('is where the order of three months turns and holds for three months', () => {
    const rows = rowsOf({
      old: [9, 9, 9, 9, 9, 2, 2, 2, 2, 2, 2],
      new: [1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9],
    });
    // Sums of three months: 27, 27, 27, 20, 13, 6 ... against 3, 3, 3, 11, 19, 27 ...
    assert.deepEqual(overtakings(rows, 'month'), [{ bucket: '2026-07-01', ahead: 'new', behind: 'old' }]);
  });

  it('is none where the lead does not hold', () => {
    const rows = rowsOf({ old: [9, 9, 9, 9, 9, 9, 9, 9, 9, 9], new: [1, 1, 1, 1, 30, 1, 1, 1, 1, 1] });
    assert.deepEqual(
      overtakings(rows, 'month').map(({ ahead }) => ahead),
      [],
    );
  });

  it('is none at the last step, which is not over, and none by all other models', () => {
    assert.deepEqual(overtakings(rowsOf({ old: [9, 9, 9, 9], new: [1, 1, 1, 90] }), 'month'), []);
    assert.deepEqual(
      overtakings(
        rowsOf({ old: [9, 9, 9, 9, 9, 1, 1, 1, 1, 1], 'Other models': [1, 1, 1, 1, 1, 9, 9, 9, 9, 9] }),
        'month',
      ),
      [],
    );
  });
});

describe('Elo', () => {
  const win = { model_id: 'a', opponent_id: 'b', is_win: 1 };
  const eloAfter = (comparisons: readonly ReportRow[]): unknown => standings(comparisons, 1)('a').elo;

  it('moves by half of K at the first comparison, and by less when the better one wins', () => {
    assert.equal(eloAfter([win]), 1016);
    // Expected of 1016 against 984: 1 / (1 + 10^(-32/400)) = 0.5459; 32 x (1 - 0.5459) = 14.53.
    assert.equal(eloAfter([win, win]), 1031);
  });

  it('of a model that was never compared is unknown', () => {
    assert.equal(standings([win])('c').elo, null);
  });
});
