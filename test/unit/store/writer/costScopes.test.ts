import assert from 'node:assert/strict';
import type { CostMonth, CostScope, CostScopeStatus } from '../../../../src/store/costs/costTypes';
import { queryStatus } from '../../../../src/store/statusQuery';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { NOON, useMirrors } from '../builders';
import { openPublished, publishedRows } from '../published';
import { day, november, readCosts, row, SCOPE } from './cloudCostBuilders';

describe('Scopes of costs', () => {
  const { root, open } = useMirrors();

  async function told(): Promise<readonly CostScopeStatus[]> {
    const database = await openPublished(root());
    try {
      return queryStatus(database, 1).costs ?? [];
    } finally {
      database.close();
    }
  }

  function fail(mirror: MirrorDatabase): void {
    const runId = mirror.startCostRun(SCOPE, 'manual', NOON);
    mirror.endCostRun({ runId, status: 'failed', calls: 1, waitedMs: 0, notes: [] }, NOON);
    mirror.publish();
  }

  describe('that are disconnected', () => {
    it('are known as long as their costs are kept: those count', async () => {
      const mirror = await open();
      readCosts(mirror, november([row('2025-11-03', 5n)]));
      mirror.removeCostScope(1, 'keep');
      assert.deepEqual(
        mirror.costFacts().map(({ scope, months }) => [scope, months.map(({ month }) => month)]),
        [[SCOPE.scope, ['2025-11']]],
      );
      assert.deepEqual(
        (await told()).map(({ name }) => name),
        ['Company'],
      );
    });

    it('take up their rows when they are connected again', async () => {
      const mirror = await open();
      readCosts(mirror, november([row('2025-11-03', 5n)]));
      mirror.removeCostScope(1, 'keep');
      const { changed } = readCosts(mirror, november([row('2025-11-03', 5n)]));
      assert.equal(changed, 0);
      assert.deepEqual(
        mirror.costFacts().map(({ scopeId }) => scopeId),
        [1],
      );
    });

    it('are forgotten where nothing was read', async () => {
      const mirror = await open();
      fail(mirror);
      mirror.removeCostScope(1, 'keep');
      assert.deepEqual(mirror.costFacts(), []);
      assert.deepEqual(await told(), []);
    });
  });

  describe('that bill the same', () => {
    function importInto(mirror: MirrorDatabase, scope: string, month: CostMonth): void {
      const source: CostScope = { source: 'import', scope, name: scope };
      readCosts(mirror, month, NOON, source);
    }

    it('count it once, also what serves nobody and what is no use', async () => {
      const mirror = await open();
      const bill = november([row('2025-11-03', 3n), row('2025-11-04', 10n, { chargeType: 'Purchase' })]);
      readCosts(mirror, bill);
      importInto(mirror, 'file', bill);
      assert.deepEqual(
        await publishedRows(root(), 'SELECT kind, reason, cost_e8 FROM cost_shares ORDER BY cost_id'),
        [
          ['unmapped', 'unmappedResource', 3],
          ['other', 'otherCharge', 10],
          ['unallocated', 'otherScope', 3],
          ['unallocated', 'otherScope', 10],
        ],
      );
    });

    it('are those within each other, where a charge is of no resource', async () => {
      const mirror = await open();
      const bill = november([row('2025-11-03', 10n, { resourceId: '', chargeType: 'Purchase' })]);
      readCosts(mirror, bill);
      importInto(mirror, 'subscriptions/s/resourcegroups/one', bill);
      importInto(mirror, 'subscriptions/other', bill);
      const shares = `SELECT c.scope, s.reason FROM cost_shares s JOIN cost_daily d ON d.id = s.cost_id
        JOIN cost_scopes c ON c.id = d.scope_id ORDER BY c.id`;
      assert.deepEqual(await publishedRows(root(), shares), [
        ['subscriptions/s', 'otherCharge'],
        ['subscriptions/s/resourcegroups/one', 'otherScope'],
        ['subscriptions/other', 'otherCharge'],
      ]);
    });
  });

  describe('in the status', () => {
    it('have a newest month of 0 where it was read and nothing was billed yet', async () => {
      const mirror = await open();
      const newest = async (): Promise<unknown> => (await told())[0]?.newestMonth;
      readCosts(mirror, november([], { totals: [] }));
      assert.deepEqual(await newest(), []);
      readCosts(mirror, november([row('2025-11-03', 5n)]));
      readCosts(mirror, november([], { month: '2025-12', totals: [], knownToDay: day('2025-12-01') }));
      assert.deepEqual(await newest(), [{ month: '2025-12', currency: 'EUR', cost: 0 }]);
    });

    it('ask for no instance of charges that are of no resource: nobody could map them', async () => {
      const mirror = await open();
      readCosts(mirror, november([row('2025-11-03', 5n), row('2025-11-03', 5n, { resourceId: '' })]));
      assert.deepEqual(
        (await told()).map(({ unmappedResources }) => unmappedResources),
        [1],
      );
    });
  });
});
