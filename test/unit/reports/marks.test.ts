import assert from 'node:assert/strict';
import { costReport } from '../../../src/reports/cost/costReport';
import type { ReportModel, ReportRow } from '../../../src/reports/reportModel';
import { MONDAY, usesInWeek, uses } from './changesMirror';
import { at, TestMirror } from './mirror';
import { report, rows, type Asked } from './reading';

/** Thursday of week 2026-W31. */
const NOW = at('2026-07-30 12:00');

describe('marks on time axes', () => {
  let mirror: TestMirror;
  let fasgpt: number;
  let runs: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    fasgpt = mirror.instance('fasgpt', { lastSync: at('2026-07-30 06:00') });
    runs = 0;
  });
  afterEach(() => mirror.dispose());

  function sync(text: string, version: string | null, instance = fasgpt): void {
    mirror.row('sync_runs', {
      run_id: `run-${++runs}`,
      instance_id: instance,
      kind: 'incremental',
      trigger: 'schedule',
      status: 'ok',
      started_at: text,
      started_at_epoch: at(text.slice(0, 16)),
      server_version: version,
    });
  }

  function remove(model: string, day: string): void {
    mirror.run(`UPDATE models SET is_deleted = 1, sync_datetime = '${day} 06:00:00' WHERE id = ?`, [
      mirror.model(fasgpt, model),
    ]);
  }

  const overview = (asked: Asked = {}): Promise<ReportModel> =>
    report(mirror, { now: NOW, period: { kind: 'preset', preset: 'last30' }, ...asked });

  const told = (marks: readonly ReportRow[]): (readonly [unknown, unknown])[] =>
    marks.map(({ day, bucket, text }) => [bucket ?? Number(day) - MONDAY, text]);

  it('tell another version of the server, not the first one that is known', async () => {
    usesInWeek(mirror, mirror.chat(mirror.user(fasgpt, 'Ann')), 1, 1);
    sync('2026-07-01 01:00:00', '0.6.1');
    sync('2026-07-02 01:00:00', null);
    sync('2026-07-28 01:00:00', '0.6.1');
    sync('2026-07-29 01:00:00', '0.7.0');
    sync('2026-07-30 01:00:00', '0.7.0');
    assert.deepEqual(told(rows(await overview(), 'use_marks')), [[2, 'Open WebUI 0.7.0']]);
  });

  it('name the instance where there are several', async () => {
    const resgpt = mirror.instance('resgpt', { lastSync: at('2026-07-30 06:00') });
    usesInWeek(mirror, mirror.chat(mirror.user(fasgpt, 'Ann')), 1, 1);
    sync('2026-07-28 01:00:00', '0.6.1', resgpt);
    sync('2026-07-29 01:00:00', '0.7.0', resgpt);
    assert.deepEqual(told(rows(await overview(), 'use_marks')), [[2, 'resgpt: Open WebUI 0.7.0']]);
    const one = await overview({ scope: { kind: 'instance', instanceId: fasgpt } });
    assert.deepEqual(told(rows(one, 'use_marks')), []);
  });

  it('tell the removal of a model that was used', async () => {
    const ann = mirror.chat(mirror.user(fasgpt, 'Ann'));
    usesInWeek(mirror, ann, 1, 1, { model: 'gpt-4o' });
    remove('gpt-4o', '2026-07-29');
    remove('never-used', '2026-07-29');
    const model = await overview();
    assert.deepEqual(told(rows(model, 'use_marks')), [[2, 'gpt-4o removed']]);
    assert.deepEqual(told(rows(model, 'model_marks')), [[2, 'gpt-4o removed']]);
  });

  it('tell the first day of a model on the chart of models', async () => {
    const ann = mirror.chat(mirror.user(fasgpt, 'Ann'));
    usesInWeek(mirror, ann, 1, 2, { model: 'gpt-4o' });
    uses(mirror, ann, MONDAY + 1, 1, { model: 'claude-3' });
    assert.deepEqual(told(rows(await overview(), 'model_marks')), [[1, 'claude-3 first used']]);
  });

  it('tell another price of a model, not its first one', async () => {
    const ann = mirror.chat(mirror.user(fasgpt, 'Ann'));
    usesInWeek(mirror, ann, 1, 1, { model: 'gpt-4o', input: 1000, output: 1000 });
    mirror.price('gpt-4o', { input: 10, from: '2026-01-01' });
    mirror.price('gpt-4o', { input: 5, from: '2026-07-29' });
    mirror.price('claude-3', { input: 5, from: '2026-07-29' });
    const model = await overview({ definition: costReport });
    assert.deepEqual(told(rows(model, 'price_marks')), [[2, 'Price of gpt-4o changed']]);
  });

  describe('of unusual days', () => {
    // 20 turns of gpt-4o and 10 of llama3 each workday of eight weeks; then a Tuesday without gpt-4o.
    beforeEach(() => {
      const ann = mirror.chat(mirror.user(fasgpt, 'Ann'));
      const ben = mirror.chat(mirror.user(fasgpt, 'Ben'));
      for (let week = 1; week <= 8; week++) {
        usesInWeek(mirror, ann, week, 20, { model: 'gpt-4o' });
        usesInWeek(mirror, ben, week, 10, { model: 'llama3' });
      }
      for (const [weekday, turns] of [20, 0, 20].entries()) {
        uses(mirror, ann, MONDAY + weekday, turns, { model: 'gpt-4o' });
        uses(mirror, ben, MONDAY + weekday, 10, { model: 'llama3' });
      }
      // Thursday was not over at the last sync: that it has few turns says nothing.
      uses(mirror, ben, MONDAY + 3, 1, { model: 'llama3' });
    });

    it('say what is usual, and which models they are due to', async () => {
      const days = rows(await overview(), 'unusual_days');
      assert.deepEqual(days, [
        {
          day: MONDAY + 1,
          reason: '10 turns, usually 30. Causes: model gpt-4o -20 (100% of the change).',
        },
      ]);
    });

    it('are remarks on messages and points on the line of active users', async () => {
      const model = await overview();
      assert.deepEqual(told(rows(model, 'use_marks')), [[1, '10 turns, usually 30']]);
      const specs = Object.fromEntries(
        model.sections
          .flatMap(({ blocks }) => blocks)
          .flatMap((block) => (block.type === 'chart' ? [[block.id, JSON.stringify(block.spec)]] : [])),
      ) as Record<string, string>;
      assert.match(specs['messages'] ?? '', /10 turns, usually 30/u);
      assert.match(specs['activeUsers'] ?? '', /Causes: model gpt-4o -20/u);
      assert.match(specs['activeUsers'] ?? '', /7-day average/u);
    });

    it('are not marked where a step is longer than a day', async () => {
      const model = await overview({ unit: 'week' });
      assert.deepEqual(rows(model, 'unusual_days'), []);
    });

    it('are not judged where an instance is behind', async () => {
      const resgpt = mirror.instance('resgpt', { lastSync: at('2026-07-28 06:00') });
      usesInWeek(mirror, mirror.chat(mirror.user(resgpt, 'Cid')), 1, 1);
      assert.deepEqual(rows(await overview(), 'unusual_days'), []);
    });
  });
});
