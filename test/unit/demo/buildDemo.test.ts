import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemo } from '../../../src/demo/buildDemo';
import { DEMO_COMPANIES } from '../../../src/demo/companies';
import { buildReport } from '../../../src/reports/buildReport';
import { DEFAULT_REPORT, REPORTS } from '../../../src/reports/catalogue';
import { coverOf } from '../../../src/reports/export/cover';
import { settingsOf } from '../../../src/reports/export/exportAll';
import type { ReportDefinition } from '../../../src/reports/reportDefinition';
import { readBudgets, readPrices } from '../../../src/store/costs/readCosts';
import { loadInstances } from '../../../src/store/instances/instancesFile';
import { createReader, type StoreReader } from '../../../src/store/reader';
import { rowsOf } from '../../../src/store/resultSet';
import { readStatus } from '../../../src/store/status';
import { bundle } from '../store/bundle';

const DAY = 86_400;
const ZONE = 'Europe/Berlin';

describe('the data of the demo', function () {
  this.timeout(180_000);
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-bundle-'));
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-demo-'));
  let reader: StoreReader;
  const now = Math.floor(Date.now() / 1000);
  const seen = new Set<string>();

  before(async () => {
    const path = await bundle(outdir, {
      writer: 'src/sync/writerWorker.ts',
      reader: 'src/store/readerWorker.ts',
      azure: 'src/sync/azure/azure.ts',
    });
    const order = { folder, distFolder: outdir, zone: ZONE, clientVersion: 'test' };
    await buildDemo(order, (running) => running.forEach(({ instanceName }) => seen.add(instanceName)));
    reader = createReader({ folder, workerPath: path('reader') });
  });
  after(() => {
    reader.dispose();
    rmSync(outdir, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  const rows = async (sql: string) => rowsOf(await reader.query(sql));

  it('is what the companies’ servers have, mirrored by the sync itself', async () => {
    assert.deepEqual(
      await rows(`SELECT i.name,
        (SELECT COUNT(*) FROM users u WHERE u.instance_id = i.id) AS users,
        (SELECT COUNT(*) FROM chats c WHERE c.instance_id = i.id) AS chats,
        (SELECT COUNT(*) FROM message m JOIN chats c ON c.id = m.chat_id WHERE c.instance_id = i.id) AS messages
        FROM instances i ORDER BY i.id`),
      DEMO_COMPANIES.map(({ name, users, chats, messages }) => ({ name, users, chats, messages })),
    );
  });

  it('tells how far each company is', () => {
    assert.deepEqual([...seen].sort(), DEMO_COMPANIES.map(({ name }) => name).sort());
  });

  it('has addresses that nobody can have, and a status that trees read without a database', async () => {
    const { instances, zone } = await loadInstances(folder);
    assert.deepEqual(
      instances.map(({ url }) => url),
      DEMO_COMPANIES.map(({ url }) => url),
    );
    assert.equal(zone, ZONE);
    const { status, isStale } = await readStatus(folder);
    assert.equal(isStale, false);
    assert.deepEqual(
      status?.instances.map(({ name, runs }) => [name, runs.map((run) => run.status)]),
      DEMO_COMPANIES.map(({ name }) => [name, ['ok']]),
    );
  });

  it('goes back a year and ends now', async () => {
    const [span] = await rows(
      'SELECT MIN(created_at_epoch) AS first, MAX(created_at_epoch) AS last FROM chats',
    );
    const first = Number(span?.['first']);
    const last = Number(span?.['last']);
    assert.ok(first < now - 350 * DAY && first > now - 370 * DAY, `first ${first}`);
    // Nobody may write on a weekend.
    assert.ok(last > now - 4 * DAY && last <= now + 600, `last ${last}`);
  });

  it('has prices and a budget', async () => {
    const models = (await readPrices(reader)).map(({ modelId }) => modelId);
    assert.deepEqual(models, ['gpt-4o', 'gpt-4o-mini', 'gpt-5-mini', 'llama3.1:8b']);
    assert.equal((await readBudgets(reader)).length, 1);
    const [cost] = await rows('SELECT SUM(cost) AS cost FROM v_cost');
    assert.ok(Number(cost?.['cost']) > 0);
  });

  const reportOf = (definition: ReportDefinition, source?: 'demo') =>
    buildReport(reader, definition, {
      settings: { ...settingsOf(definition, { kind: 'all' }), source },
      now,
      zone: ZONE,
      locale: 'en',
    });

  it('is called a demo on the page and in the cover of every export', async () => {
    const model = await reportOf(DEFAULT_REPORT, 'demo');
    assert.equal(model.subtitle, 'Demo data: all instances');
    assert.deepEqual(
      coverOf(model).find(({ title }) => title === 'Data'),
      { title: 'Data', text: 'Demo: invented companies' },
    );
    const mirrored = await reportOf(DEFAULT_REPORT);
    assert.equal(mirrored.subtitle, 'All instances');
    assert.ok(!coverOf(mirrored).some(({ title }) => title === 'Data'));
  });

  for (const definition of REPORTS) {
    it(`fills the report ${definition.title}`, async () => {
      const model = await reportOf(definition);
      assert.equal(model.isEmpty, false);
      const failed = model.sections.flatMap(({ blocks }) => blocks).filter(({ type }) => type === 'failed');
      assert.deepEqual(failed, []);
    });
  }
});
