import assert from 'node:assert/strict';
import { useTemporaryFolder } from '../../store/builders';
import { BY_TIMER, CostStage, MANUAL } from './costHarness';

describe('Costs that cannot be read', () => {
  const folder = useTemporaryFolder();
  let stage: CostStage;
  beforeEach(async () => {
    stage = await new CostStage(folder()).start();
    stage.bill('2025-10-02', 1);
  });
  afterEach(() => stage.close());

  it('of one scope do not stop another one', async () => {
    stage.subscription.rights = 'none';
    const runs = await stage.sync.sync([stage.connection(), stage.connection(stage.other)], MANUAL);
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['failed', 'ok'],
    );
    assert.match(runs[0]?.error ?? '', /Cost Management Reader/u);
    assert.equal(runs[0]?.calls, 1);
  });

  it('for want of a sign-in are not tried in a loop: the timer tries once a day', async () => {
    const sync = stage.window({
      credentialFor: () => Promise.reject(new Error('Nobody is signed in. Run "Sign In to Azure".')),
    });
    const asked = () => sync.sync([stage.connection()], BY_TIMER);
    const [run] = await asked();
    assert.equal(run?.status, 'failed');
    assert.equal(run.error, 'Nobody is signed in. Run "Sign In to Azure".');
    stage.time.set('2025-10-15T20:00:00Z');
    assert.deepEqual(await asked(), []);
    stage.time.set('2025-10-16T12:00:00Z');
    assert.equal((await asked())[0]?.status, 'failed');
    assert.deepEqual(stage.asked(), []);
  });

  it('since two months in a row fail are not asked for eleven more', async () => {
    stage.azure.turn('sign-in page', { times: Infinity });
    const run = await stage.read();
    assert.equal(run?.status, 'failed');
    assert.equal(run.months, 0);
    assert.deepEqual(stage.asked(), ['2025-10 ActualCost', '2025-10 AmortizedCost']);
    assert.deepEqual(await stage.rows('SELECT count(*) FROM cost_daily'), [[0]]);
    assert.deepEqual(await stage.rows('SELECT status FROM cost_sync_runs'), [['failed']]);
  });

  it('since a file that was imported holds them are left to it', async () => {
    const writer = await stage.openWriter();
    const runId = await writer.startCostRun(
      { source: 'import', scope: stage.subscription.scope, name: 'File' },
      'import',
      0,
    );
    const month = { costType: 'actual', month: '2025-09', rows: [], services: [], totals: [] } as const;
    await writer.replaceCostMonth(runId, { ...month, knownToDay: 20_361, isClosed: true }, 0);
    await writer.endCostRun({ runId, status: 'ok', calls: 0, waitedMs: 0, notes: [] }, 0);
    await writer.publish();
    await writer.close();
    const run = await stage.read();
    assert.equal(run?.months, 25);
    assert.ok(!stage.asked().includes('2025-09 ActualCost'));
    assert.match(run.notes.join(), /2025-09, actual cost: not read, since an imported file holds this cost/u);
  });
});
