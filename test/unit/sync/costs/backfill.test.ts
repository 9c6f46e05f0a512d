import assert from 'node:assert/strict';
import { useTemporaryFolder } from '../../store/builders';
import { BY_TIMER, CostStage, MANUAL } from './costHarness';

const THIRTEEN_MONTHS = [
  ...['2025-10', '2025-09', '2025-08', '2025-07', '2025-06', '2025-05', '2025-04', '2025-03', '2025-02'],
  ...['2025-01', '2024-12', '2024-11', '2024-10'],
].flatMap((month) => [`${month} ActualCost`, `${month} AmortizedCost`]);

const OPEN_MONTH = ['2025-10 ActualCost', '2025-10 AmortizedCost'];

describe('The first reading of costs', () => {
  const folder = useTemporaryFolder();
  let stage: CostStage;
  beforeEach(async () => {
    stage = await new CostStage(folder()).start();
    stage.bill('2025-10-02', '1.23456789');
    stage.bill('2025-09-30', '4.5');
    stage.bill('2024-10-01', '0.00000001');
  });
  afterEach(() => stage.close());

  it('goes back 13 months, newest first, in both views of the cost', async () => {
    const run = await stage.read();
    assert.deepEqual(stage.asked(), THIRTEEN_MONTHS);
    assert.equal(run?.status, 'ok');
    assert.equal(run.months, 26);
    assert.deepEqual(
      await stage.rows(`SELECT date, cost_e8 FROM cost_daily WHERE cost_type = 'actual' ORDER BY utc_day`),
      [
        ['2024-10-01', 1],
        ['2025-09-30', 450_000_000],
        ['2025-10-02', 123_456_789],
      ],
    );
  });

  it('knows empty months from months that were never read, and closes those whose figures stay', async () => {
    await stage.read();
    assert.deepEqual(
      await stage.rows(
        `SELECT state, count(*), max(month), min(month) FROM cost_months GROUP BY state ORDER BY state`,
      ),
      [
        ['closed', 24, '2025-09', '2024-10'],
        ['open', 2, '2025-10', '2025-10'],
      ],
    );
  });

  it('is recorded with what it took', async () => {
    const run = await stage.read(BY_TIMER);
    const [row] = await stage.rows(
      `SELECT trigger, status, months, rows_seen, rows_changed, restated_days, calls, error, notes
       FROM cost_sync_runs`,
    );
    assert.deepEqual(row, ['schedule', 'ok', 26, run?.rowsSeen, run?.rowsChanged, 0, run?.calls, null, '[]']);
    assert.ok((run?.calls ?? 0) >= 26 * 3, `${run?.calls} calls`);
  });

  it('shows the newest month while older ones are still read', async () => {
    let published: unknown;
    stage.sync.onEvent((event) => {
      if (event.type === 'progress' && event.progress.month === '2025-08' && published === undefined) {
        published = stage.rows('SELECT DISTINCT month FROM cost_months ORDER BY month');
      }
    });
    await stage.read();
    assert.deepEqual(await (published as Promise<unknown>), [['2025-09'], ['2025-10']]);
  });

  it('goes on where it was broken off by a person', async () => {
    const cancelled = new AbortController();
    stage.azure.fail(
      ({ body }) => {
        const isThird = JSON.stringify(body).includes('2025-08-01');
        if (isThird) {
          cancelled.abort();
        }
        return isThird;
      },
      { kind: 'hang' },
    );
    const broken = await stage.read(MANUAL, cancelled.signal);
    assert.equal(broken?.status, 'cancelled');
    assert.equal(broken.months, 4);
    stage.asked();
    stage.time.set('2025-10-15T14:00:00Z');
    await stage.read(BY_TIMER);
    assert.deepEqual(stage.asked(), THIRTEEN_MONTHS.slice(4));
  });

  it('goes on where Azure throttled it, but not before the time that Azure named', async () => {
    await stage.read();
    stage.asked();
    // A second scope, throttled in its second month.
    const lab = stage.connection(stage.other);
    let queries = 0;
    stage.azure.fail(
      () => (queries += 1) > 8,
      {
        kind: 'reply',
        status: 429,
        body: { error: { code: '429', message: 'Too many requests.' } },
        headers: { 'x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after': '3600' },
      },
      1,
    );
    const [throttled] = await stage.sync.sync([lab], MANUAL);
    assert.equal(throttled?.status, 'throttled');
    assert.match(throttled.error ?? '', /throttling until 2025-10-15 13:/u);
    const [[until]] = (await stage.rows(
      `SELECT retry_after_epoch FROM cost_scopes WHERE scope = '${stage.other.scope}'`,
    )) as [[number]];
    assert.ok(until >= Date.parse('2025-10-15T13:00:00Z') / 1000);
    stage.asked();

    stage.time.set('2025-10-15T12:59:00Z');
    assert.deepEqual(await stage.window().sync([lab], BY_TIMER), []);
    const [held] = await stage.window().sync([lab], MANUAL);
    assert.equal(held?.status, 'throttled');
    assert.equal(held.calls, 0);
    assert.deepEqual(stage.asked(), []);

    stage.time.set('2025-10-15T13:30:00Z');
    const [resumed] = await stage.window().sync([lab], BY_TIMER);
    assert.equal(resumed?.status, 'ok');
    assert.ok(!stage.asked().includes('2025-10 ActualCost'));
    assert.deepEqual(
      await stage.rows(`SELECT retry_after FROM cost_scopes WHERE scope = '${stage.other.scope}'`),
      [[null]],
    );
  });

  it('notes once that Azure refuses one view throughout, and asks for it in no further month', async () => {
    stage.azure.fail(
      ({ body }) => JSON.stringify(body).includes('Amortized'),
      {
        kind: 'reply',
        status: 400,
        body: { error: { code: 'BadRequest', message: 'AmortizedCost is not supported.' } },
      },
      Infinity,
    );
    const run = await stage.read();
    assert.deepEqual([run?.status, run?.months], ['partial', 13]);
    assert.match(run?.error ?? '', /AmortizedCost is not supported/u);
    assert.equal(run?.notes.length, 1);
    assert.match(run.notes[0] ?? '', /^Amortized cost: .*No further month was asked for/u);
    assert.deepEqual(
      stage.asked().filter((asked) => asked.includes('Amortized')),
      ['2025-10 AmortizedCost', '2025-09 AmortizedCost'],
    );
    assert.deepEqual(
      await stage.rows(`SELECT count(*), min(month) FROM cost_months WHERE cost_type = 'actual'`),
      [[13, '2024-10']],
    );
  });

  it('reads a month again that lacks one view only', async () => {
    stage.azure.fail(
      ({ body }) => JSON.stringify(body).includes('2025-09-01') && JSON.stringify(body).includes('Amortized'),
      { kind: 'reply', status: 400, body: { error: { code: 'BadRequest', message: 'Not now.' } } },
    );
    const run = await stage.read();
    assert.equal(run?.status, 'partial');
    assert.equal(run.months, 25);
    assert.match(run.notes[0] ?? '', /^2025-09, amortized cost: /u);
    stage.asked();
    await stage.read();
    assert.deepEqual(stage.asked(), [...OPEN_MONTH, '2025-09 AmortizedCost']);
  });
});
