import assert from 'node:assert/strict';
import type { Row } from '../../../../src/store/sqlite/sqlite';
import { useTemporaryFolder } from '../../store/builders';
import { BY_TIMER, CostStage, MANUAL } from './costHarness';

const ROWS = `SELECT cost_type, date, resource_id, meter, charge_type, currency, cost_e8, quantity FROM cost_daily
  WHERE is_deleted = 0 ORDER BY 1, 2, 3, 4, 5, 6`;
const MONTHS = 'SELECT cost_type, month, state, known_to_day FROM cost_months ORDER BY 1, 2';

function known(stage: CostStage): Promise<readonly [Row[], Row[]]> {
  return Promise.all([stage.rows(ROWS), stage.rows(MONTHS)]);
}

function billed(stage: CostStage): CostStage {
  stage.bill('2025-10-02', '1.23456789');
  stage.bill('2025-09-30', -3, { chargeType: 'Refund' });
  stage.bill('2025-08-10', 5);
  stage.bill('2024-12-31', '0.00000001');
  stage.bill('2025-01-01', 7);
  return stage;
}

function asksOf(month: string, type = ''): (request: { readonly body: unknown }) => boolean {
  return ({ body }) => {
    const text = JSON.stringify(body);
    return text.includes(`"from":"${month}`) && text.includes(type);
  };
}

describe('A reading of 13 months', () => {
  const folder = useTemporaryFolder();
  let stage: CostStage;
  beforeEach(async () => {
    stage = await billed(new CostStage(folder())).start();
  });
  afterEach(() => stage.close());

  it('that is cancelled at any request leaves whole months alone, and the next one comes to the same end', async () => {
    const seen = new Set<string>();
    // In the first query of a month, its second, its total, and among the last ones.
    for (const at of [0, 4, 8, 70]) {
      const cancelled = new AbortController();
      const other = await billed(new CostStage(`${folder()}/cancelled-${at}`)).start();
      let count = 0;
      other.azure.fail(
        () => {
          count += 1;
          if (count === at + 1) {
            cancelled.abort();
          }
          return count === at + 1;
        },
        { kind: 'hang' },
      );
      try {
        const broken = await other.read(MANUAL, cancelled.signal);
        assert.equal(broken?.status, 'cancelled', `at ${at}`);
        const months = (await known(other))[1];
        assert.equal(months.length, broken.months);
        assert.equal((await other.read())?.status, 'ok');
        seen.add(JSON.stringify(await known(other)));
      } finally {
        await other.close();
      }
    }
    assert.equal(seen.size, 1);
    assert.match([...seen].join(), /2024-12-31/u);
  }).timeout(120_000);

  it('goes on where one month is forbidden, and says which one', async () => {
    stage.azure.turn('role missing', { at: asksOf('2025-08', 'ActualCost') });
    const run = await stage.read();
    assert.equal(run?.status, 'partial');
    assert.equal(run.months, 25);
    assert.match(run.error ?? '', /Ask for Cost Management Reader/u);
    assert.match(run.notes.join('\n'), /^2025-08, actual cost: The role .* What was read before stays\.$/mu);
    stage.asked();
    assert.equal((await stage.read())?.status, 'ok');
    assert.deepEqual(stage.asked(), ['2025-10 ActualCost', '2025-10 AmortizedCost', '2025-08 ActualCost']);
  });

  it('ends where the role is taken away meanwhile, and keeps what it read', async () => {
    stage.azure.turn('role missing', {
      times: Infinity,
      at: ({ body }) => !JSON.stringify(body).includes('"from":"2025-1'),
    });
    const run = await stage.read();
    assert.equal(run?.status, 'partial');
    assert.equal(run.months, 2);
    assert.equal(stage.asked().length, 4);
    assert.equal((await stage.rows('SELECT * FROM cost_months')).length, 2);
  });
});

describe('A month that closes with nothing left of its cost', () => {
  const folder = useTemporaryFolder();
  let stage: CostStage;
  beforeEach(async () => {
    stage = await new CostStage(folder()).start();
  });
  afterEach(() => stage.close());

  it('is kept and tried again, and the closed months before it are looked at once', async () => {
    stage.bill('2025-10-02', 1);
    await stage.read(BY_TIMER);
    stage.world.rows = [];
    stage.time.set('2025-11-06T12:30:00Z');
    assert.equal((await stage.read(BY_TIMER))?.status, 'partial');
    const first = stage.asked();
    assert.ok(first.includes('2025-01 ActualCost'), first.join());
    stage.time.set('2025-11-07T13:00:00Z');
    const run = await stage.read(BY_TIMER);
    assert.match(run?.notes.join() ?? '', /All cost of 2025-10 \(actual\) was gone/u);
    assert.deepEqual(stage.asked(), [
      ...['2025-11 ActualCost', '2025-11 AmortizedCost', '2025-10 ActualCost', '2025-10 AmortizedCost'],
    ]);
  });
});
