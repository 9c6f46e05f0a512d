import assert from 'node:assert/strict';
import { buildReport } from '../../src/reports/buildReport';
import { readBudgetUse } from '../../src/reports/cost/budgetUse';
import { readModelsSeen } from '../../src/reports/cost/modelsSeen';
import { readFocusRows } from '../../src/reports/export/focus';
import { readPeople } from '../../src/reports/export/people';
import { reconciliationReport } from '../../src/reports/reconciliation/reconciliationReport';
import { rowsOf, type ReportReader } from '../../src/store/resultSet';
import { fullMirror } from '../unit/reports/fullMirror';
import { requestOf } from '../unit/reports/reading';
import { assertSame } from './support/assertSame';
import { Twin } from './support/twin';

const ALL = requestOf({ definition: reconciliationReport, period: { kind: 'preset', preset: 'all' } });

/** What is read beside the blocks of reports. */
const PARTS: Readonly<Record<string, (reader: ReportReader) => Promise<unknown>>> = {
  'rows of bills under the names of FOCUS': async (reader) => {
    const model = await buildReport(reader, reconciliationReport, ALL);
    return rowsOf(await readFocusRows(reader, model));
  },
  'whom a pseudonymised export must not name': (reader) => readPeople(reader, 'en', true),
  'models whose prices matter': (reader) => readModelsSeen(reader),
  'budgets against their month': (reader) => readBudgetUse(reader, { now: ALL.now, zone: ALL.zone }),
};

describe('what reports and exports read beside their blocks, of a warehouse', function () {
  this.timeout(180_000);
  let twin: Twin;
  before(async () => {
    const { mirror, ids } = await fullMirror();
    mirror.budget(60);
    mirror.budget(20, ids.instances[0]);
    twin = await Twin.of(mirror);
  });
  after(() => twin.dispose());

  for (const [name, read] of Object.entries(PARTS)) {
    it(name, async () => {
      const own = await read(twin.mirror);
      assert.ok(Array.isArray(own) ? own.length > 0 : own);
      assertSame(await read(twin.warehouse), own);
    });
  }
});
