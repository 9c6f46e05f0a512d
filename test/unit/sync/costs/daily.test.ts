import assert from 'node:assert/strict';
import { useTemporaryFolder } from '../../store/builders';
import { BY_TIMER, CostStage, MANUAL } from './costHarness';

const OCTOBER = ['2025-10 ActualCost', '2025-10 AmortizedCost'];
const NOVEMBER = ['2025-11 ActualCost', '2025-11 AmortizedCost'];

/** A scope whose 13 months were read on 15 October at noon. */
describe('Reading costs after the first time', () => {
  const folder = useTemporaryFolder();
  let stage: CostStage;
  beforeEach(async () => {
    stage = await new CostStage(folder()).start();
    stage.bill('2025-10-02', 1);
    stage.bill('2025-10-03', 2);
    await stage.read(BY_TIMER);
    stage.asked();
  });
  afterEach(() => stage.close());
  const days = () =>
    stage.rows(
      `SELECT date, cost_e8 / 100000000, is_deleted FROM cost_daily WHERE cost_type = 'actual' ORDER BY utc_day`,
    );

  it('happens once a day by the timer, and takes the open month alone', async () => {
    stage.time.set('2025-10-16T11:00:00Z');
    assert.equal(await stage.read(BY_TIMER), undefined);
    assert.deepEqual(stage.asked(), []);
    stage.time.set('2025-10-16T12:30:00Z');
    assert.equal((await stage.read(BY_TIMER))?.status, 'ok');
    assert.deepEqual(stage.asked(), OCTOBER);
    assert.equal(await stage.read(BY_TIMER), undefined);
    assert.equal(
      await stage
        .window()
        .sync([stage.connection()], BY_TIMER)
        .then((runs) => runs.length),
      0,
    );
  });

  it('happens at once when a person asks, and says that Azure may have nothing new', async () => {
    stage.time.set('2025-10-15T13:00:00Z');
    const run = await stage.read(MANUAL);
    assert.deepEqual(stage.asked(), OCTOBER);
    assert.match(run?.notes.join() ?? '', /Asked again after 60 min|Asked again after 1 h/u);
  });

  it('never reads a closed month again unless all months are asked for', async () => {
    const run = await stage.read({ ...MANUAL, isWhole: true });
    assert.equal(run?.months, 26);
    assert.equal(stage.asked().length, 26);
  });

  it('closes the month before on the sixth day, with the figures of that day', async () => {
    stage.time.set('2025-11-05T12:00:00Z');
    await stage.read(BY_TIMER);
    assert.deepEqual(stage.asked(), [...NOVEMBER, ...OCTOBER]);
    const state = () => stage.rows(`SELECT DISTINCT state FROM cost_months WHERE month = '2025-10'`);
    assert.deepEqual(await state(), [['open']]);
    stage.bill('2025-10-31', 4);
    stage.time.set('2025-11-06T12:30:00Z');
    await stage.read(BY_TIMER);
    assert.deepEqual(await state(), [['closed']]);
    assert.deepEqual((await days()).at(-1), ['2025-10-31', 4, 0]);
    stage.asked();
    stage.time.set('2025-11-07T13:00:00Z');
    await stage.read(BY_TIMER);
    assert.deepEqual(stage.asked(), NOVEMBER);
  });

  it('looks at the totals of closed months when a month closes, and reads again what changed', async () => {
    stage.bill('2025-08-10', 5);
    stage.time.set('2025-11-05T12:00:00Z');
    await stage.read(BY_TIMER);
    assert.equal((await days())[0]?.[0], '2025-10-02');
    stage.asked();
    stage.time.set('2025-11-06T12:30:00Z');
    const run = await stage.read(BY_TIMER);
    assert.equal(run?.status, 'ok');
    assert.deepEqual((await days())[0], ['2025-08-10', 5, 0]);
    assert.ok(
      run.notes.includes(
        '2025-08, actual cost: Azure changed its total after the month was closed. It was read again.',
      ),
      run.notes.join(),
    );
    assert.equal(run.notes.filter((note) => note.includes('changed its total')).length, 2);
    const asked = stage.asked();
    assert.deepEqual(asked.slice(0, 4), [...NOVEMBER, ...OCTOBER]);
    assert.ok(asked.includes('2024-11 AmortizedCost'));
    stage.time.set('2025-11-07T13:00:00Z');
    await stage.read(BY_TIMER);
    assert.deepEqual(stage.asked(), NOVEMBER);
  });

  it('keeps what Azure changed afterwards: the new amount, the old one, the day', async () => {
    stage.world.restate(() => true, 1.5);
    stage.time.set('2025-10-16T12:30:00Z');
    const run = await stage.read(BY_TIMER);
    assert.deepEqual(
      await stage.rows(
        `SELECT date, old_e8, new_e8, run_id = ${run?.runId} FROM cost_restatements WHERE cost_type = 'actual'
         ORDER BY utc_day`,
      ),
      [
        ['2025-10-02', 100_000_000, 150_000_000, 1],
        ['2025-10-03', 200_000_000, 300_000_000, 1],
      ],
    );
    assert.equal(run?.restatedDays, 4);
    assert.ok(run.notes.includes('2025-10, actual cost: 2 days restated by Azure.'), run.notes.join());
  });

  it('marks rows as deleted that are billed no more', async () => {
    stage.world.rows = stage.world.rows.slice(0, 1);
    stage.time.set('2025-10-16T12:30:00Z');
    await stage.read(BY_TIMER);
    assert.deepEqual(await days(), [
      ['2025-10-02', 1, 0],
      ['2025-10-03', 2, 1],
    ]);
  });

  it('keeps a month whose cost is all gone, and warns', async () => {
    stage.world.rows = [];
    stage.time.set('2025-10-16T12:30:00Z');
    const run = await stage.read(BY_TIMER);
    assert.equal(run?.status, 'partial');
    assert.match(run.notes.join(), /All cost of 2025-10 \(actual\) was gone in the new answer/u);
    assert.deepEqual(await days(), [
      ['2025-10-02', 1, 0],
      ['2025-10-03', 2, 0],
    ]);
  });
});
