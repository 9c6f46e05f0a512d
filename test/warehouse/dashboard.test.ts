import assert from 'node:assert/strict';
import { readDashboard } from '../../src/reports/dashboard/dashboardFigures';
import type { ReportReader } from '../../src/store/resultSet';
import { fullMirror, type Ids } from '../unit/reports/fullMirror';
import { at } from '../unit/reports/mirror';
import { assertSame } from './support/assertSame';
import { Twin } from './support/twin';

/** Whom analysis.json leaves out, and who is one person. */
const EFFECT_TABLES = ['excluded_accounts', 'merged_accounts'];

describe('The dashboard of a warehouse', function () {
  this.timeout(300_000);
  let twin: Twin;
  let ids: Ids;
  before(async () => {
    const full = await fullMirror();
    ids = full.ids;
    twin = await Twin.of(full.mirror);
  });
  after(() => twin.dispose());

  async function read(reader: ReportReader, now: number) {
    const warehouse = { name: 'lake', pushedAt: at('2026-03-31 12:45') };
    const numbers = await readDashboard(reader, { now, zone: twin.mirror.zone, locale: 'en', warehouse });
    return { ...numbers, byInstance: [...numbers.byInstance] };
  }

  /** That both say the same. @returns what they say */
  async function same(now = at('2026-03-31 13:00')) {
    const own = await read(twin.mirror, now);
    assertSame(await read(twin.warehouse, now), own);
    return own;
  }

  it('shows the numbers of the mirror: of all instances, of each, and of two weeks', async () => {
    const { byInstance, totals, charts, warehouse } = await same();
    assert.deepEqual(byInstance.map(([id]) => id).toSorted(), [...ids.instances].toSorted());
    assert.ok(totals.length > 0 && charts.length > 0);
    assert.deepEqual(warehouse, { name: 'lake', pushedAt: '2026-03-31 12:45:00' });
  });

  it('knows nothing of a day on which nothing was synced before the push, as the mirror does', async () => {
    const { byInstance, charts } = await same(at('2026-04-02 09:00'));
    assert.deepEqual(byInstance, []);
    assert.ok(charts.length > 0);
  });

  it('leaves the same accounts out, and counts the same ones as one person', async () => {
    const [, second, third, fourth, fifth] = ids.people;
    for (const user of ids.people) {
      twin.mirror.turn(twin.mirror.chat(user), at('2026-03-31 09:00'));
    }
    await twin.copy('chats', 'message');
    const before = await same();
    twin.mirror.exclude(second);
    twin.mirror.merge(fourth, fifth, third);
    await twin.copy(...EFFECT_TABLES);
    const after = await same();
    assert.notDeepEqual(after.totals, before.totals);
  });
});
