import assert from 'node:assert/strict';
import { dashboardState, type DashboardSources } from '../../../../src/extension/dashboard/dashboardState';
import type { DashboardNumbers } from '../../../../src/reports/dashboard/dashboardFigures';
import { warehouseSource } from '../../../../src/reports/reportSource';
import { aMirrorStatus, anInstance, aShownRun, aStatus, aView } from '../builders';

const TURNS = { id: 'turns', title: 'Turns', value: '7', definition: '' };
const NUMBERS: DashboardNumbers = {
  totals: [TURNS],
  byInstance: new Map([[1, { url: anInstance().url, tiles: [TURNS] }]]),
  charts: [],
  datasets: {},
  // 2025-11-17: in Tokyo the day of the view is over.
  day: 20_409,
  zone: 'Asia/Tokyo',
  freshness: 'Data as of 2025-11-16 23:30:15',
  warehouse: { name: 'lake', pushedAt: '2025-11-16 23:45:00' },
};

const OF_LAKE: DashboardSources = {
  source: warehouseSource('lake'),
  warehouses: ['lake'],
  reading: { phase: 'ready', numbers: NUMBERS, isStale: false },
};
const OF_MIRROR: DashboardSources = {
  ...OF_LAKE,
  source: undefined,
  reading: {
    phase: 'ready',
    numbers: { ...NUMBERS, day: 20_408, zone: 'UTC', warehouse: undefined },
    isStale: false,
  },
};

describe('What the dashboard shows', () => {
  const shown = (sources: DashboardSources, view = aView()) => dashboardState(view, sources, 'en');

  it('of the mirror is what it holds and when it was synced', () => {
    const { instances, figures, source, warehouses, zone } = shown(OF_MIRROR);
    assert.deepEqual([source, warehouses, zone], [undefined, ['lake'], 'UTC']);
    assert.deepEqual(instances[0]?.figures, [TURNS]);
    assert.equal(instances[0].freshness, '482 chats · last sync 14:30');
    assert.equal(figures.phase === 'ready' && figures.origin, undefined);
  });

  it('of a warehouse is of its day and zone, with its name, its push and no number of the mirror', () => {
    const { day, comparedWith, zone, instances, figures } = shown(OF_LAKE);
    assert.deepEqual(
      [day, comparedWith, zone],
      ['Mon, Nov 17, 2025', 'Mon, Nov 10, 2025 until the same time', 'Asia/Tokyo'],
    );
    assert.deepEqual(figures.phase === 'ready' && figures.origin, {
      ...{ name: 'lake', pushedAt: '2025-11-16 23:45:00' },
      freshness: 'Data as of 2025-11-16 23:30:15',
    });
    assert.deepEqual(instances[0]?.figures, [TURNS]);
    assert.equal(instances[0].freshness, 'last sync 14:30');
  });

  it('of a warehouse tells of a sync under way without calling the mirror’s data its own', () => {
    const view = aView({ running: [aShownRun()] });
    assert.equal(shown(OF_LAKE, view).instances[0]?.freshness, 'last sync 14:30');
    assert.equal(shown(OF_MIRROR, view).instances[0]?.freshness, 'Data as of 14:30');
    const first = aView({ running: [aShownRun()], status: aMirrorStatus() });
    assert.equal(shown(OF_LAKE, first).instances[0]?.freshness, 'First sync under way');
  });

  it('of another folder’s warehouse is not told of the server that has the same id here', () => {
    const other = aView({
      instances: [anInstance({ url: 'https://other.example.org' })],
      status: aMirrorStatus(aStatus({ url: 'https://other.example.org' })),
    });
    const { instances, figures } = shown(OF_LAKE, other);
    assert.deepEqual(instances[0]?.figures, []);
    assert.deepEqual(figures.phase === 'ready' && figures.totals, [TURNS]);
  });

  it('of what could not be read is why, on the mirror’s own day', () => {
    const failed = { phase: 'failed', message: 'lake is away.', isOfWarehouse: true } as const;
    const { day, zone, instances, figures } = shown({ ...OF_LAKE, reading: failed });
    assert.deepEqual([day, zone], ['Sun, Nov 16, 2025', 'UTC']);
    assert.deepEqual([instances[0]?.figures, figures], [[], failed]);
  });
});
