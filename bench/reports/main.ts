// npm run bench:reports [-- --size=S|M --runs=5 --report=ID]: how soon each report shows what, by a real reader worker.
// The product imports its SQL as text; this must come before it.
import '../../test/register.cjs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildReport } from '../../src/reports/buildReport';
import { REPORTS } from '../../src/reports/catalogue';
import type { ReportDefinition } from '../../src/reports/reportDefinition';
import { DEFAULT_SETTINGS, type ReportFilter } from '../../src/reports/reportSettings';
import { createReader } from '../../src/store/reader';
import type { ReportReader } from '../../src/store/resultSet';
import { median } from '../figures';
import { reportRequest } from '../reportRequest';
import { builtMirror } from '../store/builtMirrors';
import { CaseRunner } from '../store/caseRunner';
import { NOW } from '../store/generator';
import { ZONE } from '../store/mirrorFolder';
import { isSizeName } from '../store/sizes';

/** Milliseconds from the request until each is there; the dearest statements by name. */
interface Timing {
  readonly frame: number;
  readonly tiles: number;
  readonly chart: number;
  readonly end: number;
  readonly statements: ReadonlyMap<string, number>;
}

async function time(
  reader: ReportReader,
  definition: ReportDefinition,
  span: 'as it opens' | 'all days',
  filter: ReportFilter,
): Promise<Timing> {
  const request = reportRequest(definition.id, {
    scope: { kind: 'all' },
    preset: span === 'all days' ? 'all' : DEFAULT_SETTINGS.period.preset,
    now: NOW,
    zone: ZONE,
  });
  const settings = {
    ...request.settings,
    ...(span === 'all days' ? {} : definition.defaults),
    filter,
  };
  const startedAt = performance.now();
  const since = (): number => performance.now() - startedAt;
  const firsts: { frame?: number; tiles?: number; chart?: number } = {};
  const model = await buildReport(
    reader,
    definition,
    { ...request, settings },
    {
      onPart: (part) => {
        const name = part.type === 'frame' ? 'frame' : part.block.type === 'kpis' ? 'tiles' : part.block.type;
        if (name === 'frame' || name === 'tiles' || name === 'chart') {
          firsts[name] ??= since();
        }
      },
    },
  );
  const end = since();
  const { frame = end, tiles = end, chart = end } = firsts;
  return {
    frame,
    tiles,
    chart,
    end,
    statements: new Map(model.queries.map(({ id, elapsedMs }) => [id, elapsedMs])),
  };
}

function line(name: string, timings: readonly Timing[]): string {
  const of = (key: 'frame' | 'tiles' | 'chart' | 'end'): string =>
    `${key} ${Math.round(median(timings.map((timing) => timing[key])))}`;
  const ids = [...(timings[0]?.statements.keys() ?? [])];
  const dearest = ids
    .map((id) => [id, Math.round(median(timings.map(({ statements }) => statements.get(id) ?? 0)))] as const)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 6);
  return `${name.padEnd(42)} ${[of('frame'), of('tiles'), of('chart'), of('end')].join('  ')} ms   ${dearest.map(([id, ms]) => `${id} ${ms}`).join(', ')}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: 'M' },
      runs: { type: 'string', default: '5' },
      report: { type: 'string' },
    },
  });
  if (!isSizeName(values.size)) {
    throw new Error(`There is no size ${values.size}. Use S, M or L.`);
  }
  const runs = Number(values.runs);
  const folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-bench-'));
  try {
    const runner = await CaseRunner.create(folder);
    const { input } = await builtMirror(runner, values.size, false);
    const open = () => createReader({ folder: input.folder, workerPath: runner.readerPath });
    for (const definition of REPORTS.filter(
      ({ id }) => values.report === undefined || id === values.report,
    )) {
      for (const span of ['as it opens', 'all days'] as const) {
        const cold: Timing[] = [];
        for (let run = 0; run < runs; run += 1) {
          const reader = open();
          cold.push(await time(reader, definition, span, {}));
          reader.dispose();
        }
        const reader = open();
        await time(reader, definition, span, {});
        const warm: Timing[] = [];
        const filtered: Timing[] = [];
        for (let run = 0; run < runs; run += 1) {
          warm.push(await time(reader, definition, span, {}));
          filtered.push(await time(reader, definition, span, { roles: ['user'] }));
        }
        reader.dispose();
        console.log(line(`${definition.id} ${span} cold`, cold));
        console.log(line(`${definition.id} ${span} warm`, warm));
        console.log(line(`${definition.id} ${span} filtered by role`, filtered));
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
