// npm run bench:scale [-- --size=L --copies=10]: a mirror pushed to PostgreSQL, its reports there and here; with `--copies`
// the same rows so many times over, without text, each copy further back in time. A PostgreSQL of its own is started.
import '../../test/register.cjs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { buildReport } from '../../src/reports/buildReport';
import { REPORTS } from '../../src/reports/catalogue';
import { createReader } from '../../src/store/reader';
import type { ReportReader } from '../../src/store/resultSet';
import { push } from '../../src/warehouse/push/push';
import { openWarehouseReader } from '../../src/warehouse/reading/openWarehouseReader';
import { parseWarehouseUrl } from '../../src/warehouse/warehouseUrl';
import type { PushResult, Warehouse } from '../../src/warehouse/warehouseTypes';
import { reportRequest } from '../reportRequest';
import { builtMirror } from '../store/builtMirrors';
import { CaseRunner } from '../store/caseRunner';
import { NOW } from '../store/generator';
import { ZONE } from '../store/mirrorFolder';
import { isSizeName } from '../store/sizes';
import { copyRows } from './copies';

const SCHEMA = 'openwebui';

interface Server {
  /** With the password. */
  readonly url: string;
  readonly address: string;
  readonly password: string;
}

/** The scripts' own PostgreSQL. */
async function startServer(): Promise<Server> {
  const { ensurePostgres, startPostgres } = await import('../../scripts/lib/postgres.mjs');
  const programs = await ensurePostgres();
  if (programs === undefined) {
    throw new Error('There is no PostgreSQL here.');
  }
  const url = await startPostgres(programs);
  const address = new URL(url);
  const { password } = address;
  address.password = '';
  return { url, address: address.href, password };
}

function shown({ hadNews, tables, requests, ms }: PushResult): string {
  const rows = Object.values(tables).reduce((sum, { inserted, updated }) => sum + inserted + updated, 0);
  return `${(ms / 1000).toFixed(1)} s, ${rows} rows written, ${requests} statements${hadNews ? '' : ', nothing was new'}`;
}

async function timeReports(
  reader: ReportReader,
  preset: 'last30' | 'all',
): Promise<ReadonlyMap<string, number>> {
  const timings = new Map<string, number>();
  for (const definition of REPORTS) {
    const request = reportRequest(definition.id, { scope: { kind: 'all' }, preset, now: NOW, zone: ZONE });
    // The first reading brings the pages into memory.
    await buildReport(reader, definition, request);
    const { elapsedMs } = await buildReport(reader, definition, request);
    timings.set(definition.id, elapsedMs);
  }
  return timings;
}

async function show(title: string, readers: readonly (readonly [string, ReportReader])[]): Promise<void> {
  for (const preset of ['last30', 'all'] as const) {
    const measured: (readonly [string, ReadonlyMap<string, number>])[] = [];
    for (const [name, reader] of readers) {
      measured.push([name, await timeReports(reader, preset)]);
    }
    console.log(`\n${title}, ${preset}: ms by ${measured.map(([name]) => name).join(' | ')}`);
    for (const { id } of REPORTS) {
      console.log(
        `  ${id.padEnd(16)} ${measured.map(([, timings]) => String(timings.get(id)).padStart(7)).join(' |')}`,
      );
    }
  }
}

async function sizeOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ bytes: string }>(
    `SELECT SUM(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r'`,
    [SCHEMA],
  );
  return `${(Number(rows[0]?.bytes) / 1e9).toFixed(2)} GB`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { size: { type: 'string', default: 'L' }, copies: { type: 'string', default: '0' } },
  });
  if (!isSizeName(values.size)) {
    throw new Error(`There is no size ${values.size}. Use S, M or L.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-scale-'));
  const { url, address, password } = await startServer();
  const warehouse: Warehouse = {
    ...parseWarehouseUrl(address),
    name: 'bench',
    schema: SCHEMA,
    ssl: 'disable',
  };
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SET search_path TO ${SCHEMA}`);
  try {
    const runner = await CaseRunner.create(folder);
    const { input } = await builtMirror(runner, values.size, false);
    const options = {
      ...{ root: input.folder, warehouse, password, clientVersion: 'bench' },
      signal: new AbortController().signal,
    };
    console.log(`first push: ${shown(await push(options))}, ${await sizeOf(client)} with indexes`);
    console.log(`push without news: ${shown(await push(options))}`);
    console.log(`push that compares all rows: ${shown(await push({ ...options, isFull: true }))}`);
    console.log(`at most ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB of memory`);
    const mirror = createReader({ folder: input.folder, workerPath: runner.readerPath });
    const there = await openWarehouseReader(warehouse, password);
    await show(`Size ${values.size}`, [
      ['the mirror', mirror],
      ['PostgreSQL', there],
    ]);
    mirror.dispose();
    const copies = Number(values.copies);
    if (copies > 1) {
      const startedAt = performance.now();
      await copyRows(client, copies);
      console.log(
        `\n${copies} times the rows, without text: ${((performance.now() - startedAt) / 1000).toFixed(0)} s, ${await sizeOf(client)} with indexes`,
      );
      await show(`${copies} times ${values.size}`, [['PostgreSQL', there]]);
    }
    there.dispose();
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
