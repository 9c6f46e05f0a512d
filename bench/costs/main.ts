// npm run bench:costs [-- --size=S|M]: spreading two years of bills over use, against writing the bills.
// The product imports its SQL as text; this must come before it.
import '../../test/register.cjs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NO_ANALYSIS } from '../../src/store/analysis/analysisTypes';
import { utcDateOf, utcDayAt } from '../../src/store/costs/costEntries';
import type { CostRow } from '../../src/store/costs/costTypes';
import { openSealed } from '../../src/store/files/fileGeneration';
import { localTimeIn } from '../../src/store/localTime';
import { SqliteDatabase } from '../../src/store/sqlite/sqlite';
import { startCostRun } from '../../src/store/writer/cloudCostRuns';
import { replaceCostMonth } from '../../src/store/writer/cloudCosts';
import type { Session } from '../../src/store/writer/session';
import { spreadCosts } from '../../src/store/writer/spreadCosts';
import { writeAnalysis } from '../../src/store/writer/writeAnalysis';
import { figureLine, median, times } from '../figures';
import { builtMirror } from '../store/builtMirrors';
import { CaseRunner } from '../store/caseRunner';
import { NOW } from '../store/generator';
import { msOf } from '../store/measured';
import { newestFile, ZONE } from '../store/mirrorFolder';
import { isSizeName } from '../store/sizes';

const RESOURCE = '/subscriptions/s/resourcegroups/a/providers/microsoft.cognitiveservices/accounts/one';
/** Of the models that the generator's company uses on Azure. */
const METERS = ['gpt 4o', 'gpt 4o mini', 'o4 mini'].flatMap((model) =>
  ['Inp', 'cached Inp', 'Outp'].map((direction) => `${model} ${direction} glbl Tokens`),
);
const MONTHS = 24;
const REPETITIONS = 5;

/** Writes bills of all months, of one resource that serves every instance. */
function bill(session: Session): void {
  const scope = { source: 'azure', scope: 'subscriptions/s', name: 'Bench' } as const;
  const runId = startCostRun(session, scope, 'manual', NOW);
  const [year = 0, number = 0] = utcDateOf(utcDayAt(NOW)).split('-').map(Number);
  for (let back = 1; back <= MONTHS; back += 1) {
    const first = Date.UTC(year, number - 1 - back, 1) / 86_400_000;
    const last = Date.UTC(year, number - back, 1) / 86_400_000 - 1;
    const rows = Array.from({ length: last - first + 1 }, (_, day) => rowsOf(first + day)).flat();
    const costE8 = rows.reduce((sum, row) => sum + row.costE8, 0n);
    const month = {
      ...{ month: utcDateOf(first).slice(0, 7), rows, services: [], knownToDay: last, isClosed: true },
      totals: [{ currency: 'EUR', costE8 }],
    };
    for (const costType of ['actual', 'amortized'] as const) {
      replaceCostMonth(session, runId, { ...month, costType }, NOW);
    }
  }
  const instances = session.database.all<[number]>('SELECT id FROM instances').map(([id]) => id);
  writeAnalysis(session, {
    ...NO_ANALYSIS,
    resources: [{ resource: RESOURCE.slice(1), instances, source: 'admin' }],
  });
}

function rowsOf(utcDay: number): CostRow[] {
  return METERS.map((meter, index) => ({
    ...{ utcDay, resourceId: RESOURCE, meter, meterSubcategory: '', chargeType: 'Usage', tag: '' },
    ...{ currency: 'EUR', costE8: BigInt(12_345_678 + index * 1_000_003 + utcDay) },
  }));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { size: { type: 'string', default: 'S' } } });
  if (!isSizeName(values.size)) {
    throw new Error(`There is no size ${values.size}. Use S, M or L.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-bench-'));
  try {
    const { input } = await builtMirror(await CaseRunner.create(folder), values.size, false);
    const sealed = openSealed(await readFile(newestFile(input.folder)));
    if (sealed === undefined) {
      throw new Error('The mirror is damaged: build it anew with bench:store --fresh');
    }
    const database = await SqliteDatabase.open(sealed.image);
    const session: Session = { database, localTime: localTimeIn(ZONE), now: () => NOW };
    const written = msOf(() => {
      database.transaction(() => {
        bill(session);
      });
    });
    measure(session, values.size, written);
    database.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param written ms that writing the bills took */
function measure(session: Session, size: string, written: number): void {
  const { database } = session;
  const spread = (changed: string): number =>
    median(
      Array.from({ length: REPETITIONS }, () => {
        database.run(`UPDATE cost_days SET is_spread = 0 WHERE ${changed}`);
        return msOf(() => {
          database.transaction(() => {
            spreadCosts(session);
          });
        });
      }),
    );
  const first = msOf(() => {
    database.transaction(() => {
      spreadCosts(session);
    });
  });
  const [generations, days] = database.get<[number, number]>(
    'SELECT (SELECT count(*) FROM generation_costs), (SELECT count(*) FROM cost_days)',
  ) ?? [0, 0];
  const all = spread('1');
  const day = spread('utc_day = (SELECT max(utc_day) FROM cost_days)');
  const data = `${size}: ${days} days, ${generations} parts of bills`;
  const ratio = (to: string, value: number, of: number) => ({ ratio: { to, value: times(value, of) } });
  const figures = [
    {
      name: 'spread all bills, first time',
      value: first,
      ...ratio('writing the bills', first, written),
    },
    { name: 'spread all bills, nothing changed in them', value: all, ...ratio('the first time', all, first) },
    {
      ...{ name: 'spread one changed day', value: day, ...ratio('the first time', day, first) },
      goal: { text: '1 % of all days', isMet: day <= first / 100 },
    },
  ];
  for (const figure of figures) {
    console.log(figureLine({ ...figure, unit: 'ms', data }));
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
