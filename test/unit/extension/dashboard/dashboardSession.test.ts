import assert from 'node:assert/strict';
import {
  parseDashboardMessage,
  parseSavedDashboard,
} from '../../../../src/extension/dashboard/dashboardMessages';
import { DashboardSession } from '../../../../src/extension/dashboard/dashboardSession';
import type { ReadFrom } from '../../../../src/reports/reportRequest';
import { warehouseSource } from '../../../../src/reports/reportSource';
import { at, TestMirror } from '../../reports/mirror';
import { Later } from '../later';

const LAKE = warehouseSource('lake');
const FROM_LAKE: ReadFrom = {
  zone: 'Asia/Tokyo',
  warehouse: { name: 'lake', pushedAt: at('2026-03-31 12:45') },
};

describe('The numbers of a dashboard', () => {
  let mirror: TestMirror;
  /** What the session told, in order. */
  let told: string[];
  let errors: unknown[];
  let now: number;
  /** How the warehouse answers. */
  let begin: () => Promise<ReadFrom>;

  function open(source?: typeof LAKE): DashboardSession {
    const session = new DashboardSession(
      {
        readingOf: (asked) => ({ reader: mirror, begin: asked === LAKE ? () => begin() : undefined }),
        now: () => now * 1000,
        zone: () => 'UTC',
        locale: 'en',
        onChange: () => {
          const { phase } = session.reading;
          told.push(session.reading.phase === 'ready' && session.reading.isStale ? 'stale' : phase);
        },
        onError: (error) => errors.push(error),
      },
      source,
    );
    return session;
  }

  const numbersOf = ({ reading }: DashboardSession) =>
    reading.phase === 'ready' ? reading.numbers : assert.fail(JSON.stringify(reading));

  beforeEach(async () => {
    mirror = await TestMirror.create();
    mirror.turn(mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ann')), at('2026-03-31 10:00'));
    told = [];
    errors = [];
    now = at('2026-03-31 18:00');
    begin = () => Promise.resolve(FROM_LAKE);
  });
  afterEach(() => mirror.dispose());

  it('are those of the mirror, in its zone, and stay while newer ones are read', async () => {
    const session = open();
    await session.refresh();
    const { warehouse, zone, totals } = numbersOf(session);
    assert.deepEqual([warehouse, zone, totals[0]?.value], [undefined, 'UTC', '1']);
    await session.refresh();
    assert.deepEqual(told, ['loading', 'ready', 'stale', 'ready']);
  });

  it('say which warehouse they are of, when they were pushed and which day that is there', async () => {
    const session = open(LAKE);
    await session.refresh();
    const { warehouse, zone, freshness, day } = numbersOf(session);
    assert.deepEqual([warehouse, zone], [{ name: 'lake', pushedAt: '2026-03-31 21:45:00' }, 'Asia/Tokyo']);
    assert.equal(freshness, 'Data as of 2026-03-31 12:30:00');
    // In Tokyo it is three in the night of the first of April.
    assert.equal(new Date(day * 86_400_000).toISOString().slice(0, 10), '2026-04-01');
  });

  it('leave at once when another source is chosen, and do not come back when that cannot be read', async () => {
    begin = () => Promise.reject(new Error('lake is away.'));
    const session = open();
    await session.refresh();
    told = [];
    const chosen = session.choose(LAKE);
    assert.deepEqual([session.source, session.reading, told], [LAKE, { phase: 'loading' }, ['loading']]);
    await chosen;
    assert.deepEqual(session.reading, { phase: 'failed', message: 'lake is away.', isOfWarehouse: true });
    assert.equal(errors.length, 1);
    await session.choose(undefined);
    assert.equal(numbersOf(session).warehouse, undefined);
  });

  it('of a warehouse that answers after another source was chosen are not shown', async () => {
    const answer = new Later<ReadFrom>();
    begin = () => answer.promise;
    const session = open(LAKE);
    const first = session.refresh();
    await session.choose(undefined);
    const before = [...told];
    answer.reject(new Error('too late'));
    await first;
    assert.deepEqual([told, errors, session.isReading], [before, [], false]);
    assert.equal(numbersOf(session).warehouse, undefined);
  });

  it('are not told of any more once the tab is closed', async () => {
    const answer = new Later<ReadFrom>();
    begin = () => answer.promise;
    const session = open(LAKE);
    const reading = session.refresh();
    session.dispose();
    answer.resolve(FROM_LAKE);
    await reading;
    assert.deepEqual([told, errors], [['loading'], []]);
  });

  it('are read of nothing but the mirror or a warehouse, whatever a page asks for', () => {
    assert.deepEqual(parseDashboardMessage({ type: 'source', source: LAKE }), {
      type: 'source',
      source: LAKE,
    });
    assert.deepEqual(parseDashboardMessage({ type: 'source' }), { type: 'source' });
    for (const source of ['demo', 'warehouse:', 7, null]) {
      assert.equal(parseDashboardMessage({ type: 'source', source }), undefined);
      assert.deepEqual(parseSavedDashboard({ source }), {});
    }
    assert.deepEqual(parseSavedDashboard({ source: LAKE }), { source: LAKE });
    assert.deepEqual([parseSavedDashboard({}), parseSavedDashboard(undefined)], [{}, {}]);
  });
});
