import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { takeCostLock } from '../../../../src/sync/costs/costLock';
import { CostBusyError } from '../../../../src/sync/costs/costSyncTypes';
import { createFolderLocker } from '../../../../src/sync/engine/folderLocker';
import { useTemporaryFolder } from '../../store/builders';
import { BY_TIMER, CostStage, MANUAL } from './costHarness';

describe('Costs and other windows', () => {
  const folder = useTemporaryFolder();
  let stage: CostStage;
  beforeEach(async () => {
    stage = await new CostStage(folder()).start();
    stage.bill('2025-10-02', 1);
  });
  afterEach(() => stage.close());

  it('are read by one window at a time: a person is told, the timer skips', async () => {
    const busy = stage.window({ runLock: () => Promise.resolve(undefined) });
    await assert.rejects(busy.sync([stage.connection()], MANUAL), CostBusyError);
    assert.deepEqual(await busy.sync([stage.connection()], BY_TIMER), []);
    assert.deepEqual(stage.asked(), []);
  });

  it('have a lock of their own, given back at the end', async () => {
    const { costLock } = dataFolderAt(folder());
    let during = '';
    stage.sync.onEvent(() => {
      during = readFileSync(costLock, 'utf8');
    });
    await stage.read();
    assert.equal((JSON.parse(during) as { readonly pid: number }).pid, process.pid);
    const again = await takeCostLock(folder(), '1.2.3', stage.time);
    assert.ok(again !== undefined);
    await again.release();
  });

  it('leave the database to syncs while Azure is waited for', async () => {
    const locker = createFolderLocker(folder(), '1.2.3');
    const free: boolean[] = [];
    const checks: Promise<void>[] = [];
    stage.sync.onEvent((event) => {
      if (event.type === 'progress' && event.progress.phase === 'reading' && event.progress.done === 3) {
        checks.push(
          locker.tryAcquire('sync').then(async (attempt) => {
            free.push(attempt.acquired);
            await (attempt.acquired ? attempt.lock.release() : undefined);
          }),
        );
      }
    });
    await stage.read();
    await Promise.all(checks);
    assert.deepEqual(free, [true]);
  });

  it('wait for a sync under way before they write, and lose nothing', async () => {
    const locker = createFolderLocker(folder(), '1.2.3');
    let refusals = 0;
    const sync = stage.window({
      locker: {
        ...locker,
        tryAcquire: (name) => {
          const isBusy = stage.azure.requests.length > 0 && refusals < 20;
          refusals += isBusy ? 1 : 0;
          return isBusy
            ? Promise.resolve({ acquired: false, holder: { runId: 'sync', pid: 1, startedAt: 0 } } as const)
            : locker.tryAcquire(name);
        },
      },
    });
    const [run] = await sync.sync([stage.connection()], MANUAL);
    assert.equal(refusals, 20);
    assert.equal(run?.status, 'ok');
    assert.equal(run.months, 26);
    assert.deepEqual(await stage.rows('SELECT count(*) FROM cost_months'), [[26]]);
    assert.ok(stage.time.waits.includes(15_000));
  });

  it('join a reading under way that does what is asked', async () => {
    const [one, other] = await Promise.all([
      stage.sync.sync([stage.connection()], MANUAL),
      stage.sync.sync([stage.connection()], MANUAL),
    ]);
    assert.deepEqual(one, other);
    assert.deepEqual(await stage.rows('SELECT count(*) FROM cost_sync_runs'), [[1]]);
    assert.deepEqual(stage.sync.running, []);
  });

  it('end when they are cancelled, and keep what was read', async () => {
    stage.sync.onEvent((event) => {
      if (event.type === 'progress' && event.progress.phase === 'reading' && event.progress.done === 2) {
        void stage.sync.cancel();
      }
    });
    const run = await stage.read();
    assert.equal(run?.status, 'cancelled');
    assert.deepEqual(await stage.rows('SELECT status, months FROM cost_sync_runs'), [['cancelled', 2]]);
  });
});
