import assert from 'node:assert/strict';
import type { ReportDefinition } from '../../../../src/reports/reportDefinition';
import type { ReportModel, ReportRow } from '../../../../src/reports/reportModel';
import { UNUSUAL_DAYS } from '../../../../src/reports/trends/unusualDays';
import { at, TestMirror } from '../mirror';
import { report, rows, type Asked } from '../reading';

const DAY = 86_400;

/** A report of unusual days alone. */
const definition: ReportDefinition = {
  id: 'unusual',
  title: 'Unusual days',
  description: '',
  datasets: UNUSUAL_DAYS,
  facts: [],
  notes: [],
  sections: [
    {
      id: 'days',
      title: 'Days',
      blocks: [
        {
          type: 'table',
          id: 'days',
          title: 'Days',
          description: '',
          dataset: 'unusual_days',
          rowsAre: 'days',
          columns: [{ field: 'label' }, { field: 'reason' }],
        },
      ],
    },
  ],
};

function unusual(model: ReportModel): readonly ReportRow[] {
  return rows(model, 'unusual_days');
}

describe('unusual days of a mirror', () => {
  let mirror: TestMirror;
  /** The user who writes five turns each day. */
  let steady: number;
  const read = (asked: Asked = {}) => report(mirror, { definition, ...asked });
  const writes = (chat: number, date: string, turns: number): void => {
    for (let turn = 0; turn < turns; turn++) {
      mirror.message(chat, at(`${date} 10:00`) + turn);
    }
  };

  before(async () => {
    mirror = await TestMirror.create();
    const instance = mirror.instance('fasgpt');
    const ann = mirror.chat(mirror.user(instance, 'Ann'));
    steady = mirror.user(instance, 'Ann');
    const other = mirror.chat(steady);
    // Ten turns on each day of twelve weeks, five of each, up to the day before the sync.
    for (let day = 0; day < 84; day++) {
      const date = new Date((at('2026-01-06 00:00') + day * DAY) * 1000).toISOString().slice(0, 10);
      writes(ann, date, 5);
      writes(other, date, 5);
    }
    writes(ann, '2026-03-12', 40);
  });
  after(() => mirror.dispose());

  it('are told with who is behind them, two of one name apart', async () => {
    const found = unusual(await read());
    assert.deepEqual(
      found.map(({ label, value, usual, reason }) => [label, value, usual, reason]),
      [['Mar 12, 2026', 50, 10, '50 instead of the usual 10: Ann +40']],
    );
  });

  it('are not the day of the last sync, which was not over', async () => {
    // 31 March has no turn yet.
    const days = unusual(await read()).map(({ label }) => label);
    assert.ok(!days.includes('Mar 31, 2026'));
  });

  it('are those that everybody was away, too', async () => {
    const away = await TestMirror.create();
    try {
      const chat = away.chat(away.user(away.instance('fasgpt'), 'Ben'));
      for (let day = 0; day < 84; day++) {
        for (let turn = 0; turn < (day === 70 ? 0 : 25); turn++) {
          away.message(chat, at('2026-01-06 10:00') + day * DAY + turn);
        }
      }
      const found = unusual(await report(away, { definition }));
      assert.deepEqual(
        found.map(({ label, reason }) => [label, reason]),
        [['Mar 17, 2026', '0 instead of the usual 25: Ben -25']],
      );
    } finally {
      away.dispose();
    }
  });

  it('obey the filters of the report', async () => {
    const model = await read({ filter: { users: [steady] } });
    assert.deepEqual(unusual(model), []);
  });

  it('are none on an axis of weeks', async () => {
    assert.deepEqual(unusual(await read({ unit: 'week' })), []);
  });
});
