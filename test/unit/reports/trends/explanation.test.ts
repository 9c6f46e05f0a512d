import assert from 'node:assert/strict';
import { createFormatter } from '../../../../src/reports/format';
import { anomaliesOf, FLOORS } from '../../../../src/reports/trends/anomalies';
import { explanationOf, reasonOf, type PartValue } from '../../../../src/reports/trends/explanation';

const TUESDAY = 20_002 - ((20_002 + 2) % 7);
const FORMAT = createFormatter('en');

/** The number of each of nine Tuesdays, the last one first. */
function tuesdays(name: string, last: number, before: number): PartValue[] {
  return Array.from({ length: 9 }, (_, week) => ({
    name,
    day: TUESDAY - week * 7,
    value: week === 0 ? last : before,
  }));
}

const PARTS = [
  ...tuesdays('Ann', 80, 20),
  ...tuesdays('Ben', 35, 15),
  ...tuesdays('Cat', 5, 5),
  // On the unusual day alone.
  { name: 'Dan', day: TUESDAY, value: 10 },
];

describe('the explanation of an unusual day', () => {
  const totals = [...new Set(PARTS.map(({ day }) => day))].map((day) => ({
    day,
    value: PARTS.filter((part) => part.day === day).reduce((sum, { value }) => sum + value, 0),
  }));
  const [anomaly, ...others] = anomaliesOf(totals, FLOORS.turns);

  it('is of the one day that stands out', () => {
    assert.deepEqual(anomaly, { day: TUESDAY, value: 130, usual: 40, direction: 'up' });
    assert.deepEqual(others, []);
  });

  it('names those who are behind it, measured against their own Tuesdays', () => {
    assert.ok(anomaly !== undefined);
    assert.deepEqual(
      explanationOf(anomaly, PARTS).map(({ name, change, share }) => [name, change, Math.round(share * 90)]),
      [
        ['Ann', 60, 60],
        ['Ben', 20, 20],
        ['Dan', 10, 10],
      ],
    );
  });

  it('is said in words', () => {
    assert.ok(anomaly !== undefined);
    assert.equal(
      reasonOf(anomaly, explanationOf(anomaly, PARTS), FORMAT),
      '130 instead of the usual 40: Ann +60, Ben +20, Dan +10',
    );
    assert.equal(reasonOf(anomaly, [], FORMAT), '130 instead of the usual 40');
  });

  it('names those who are missing on a day far below the usual', () => {
    const fall = { day: TUESDAY, value: 0, usual: 60, direction: 'down' } as const;
    const parts = [...tuesdays('Ann', 0, 50), ...tuesdays('Ben', 0, 10)];
    assert.equal(
      reasonOf(fall, explanationOf(fall, parts), FORMAT),
      '0 instead of the usual 60: Ann -50, Ben -10',
    );
  });
});
