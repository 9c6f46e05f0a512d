import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemo } from '../../../src/demo/buildDemo';
import { DEMO_COMPANIES } from '../../../src/demo/companies';
import { buildReport } from '../../../src/reports/buildReport';
import { DEFAULT_REPORT, REPORTS } from '../../../src/reports/catalogue';
import { coverOf } from '../../../src/reports/export/cover';
import { openingSettings, type ReportDefinition } from '../../../src/reports/reportDefinition';
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

  it('has prices, and a budget that is nearly used', async () => {
    const models = (await readPrices(reader)).map(({ modelId }) => modelId);
    assert.deepEqual(models, ['gpt-4o', 'gpt-4o-mini', 'gpt-5-mini', 'llama3.1:8b']);
    const [budget] = await readBudgets(reader);
    const [cost] = await rows(`SELECT SUM(cost) FILTER (WHERE date >= this.month) AS now,
        SUM(cost) FILTER (WHERE date >= date(this.month, '-1 month') AND date < this.month) AS before
      FROM v_cost, (SELECT strftime('%Y-%m-01', ${now}, 'unixepoch') AS month) AS this`);
    const [spent, before] = [Number(cost?.['now']), Number(cost?.['before'])];
    const used = spent / (budget?.monthlyAmount ?? 0);
    // In the first days of a month, less is; on the first one perhaps nothing yet.
    const isEarly = spent < before / 2;
    assert.ok(used >= (isEarly ? 0 : 0.75) && used < 0.95, `used ${used}`);
  });

  it('has bills of Azure that its own clients read: all months, complete and in one run', async () => {
    const [run] = await rows('SELECT status, months, calls, notes FROM cost_sync_runs');
    assert.deepEqual([run?.['status'], run?.['months'], run?.['notes']], ['ok', 26, '[]']);
    // Rows, services and the total, for 13 months of two cost types.
    assert.equal(run?.['calls'], 78);
    const states = await rows(
      `SELECT state, COUNT(*) AS months FROM cost_months WHERE cost_type = 'actual' GROUP BY state`,
    );
    assert.ok(states.some(({ state, months }) => state === 'closed' && Number(months) >= 11));
    assert.ok(states.some(({ state, months }) => state === 'open' && Number(months) >= 1));
    const { status } = await readStatus(folder);
    assert.deepEqual(
      status?.costs?.map(({ name, unmappedResources }) => [name, unmappedResources]),
      [['Demo AI', 1]],
    );
  });

  it('has billed cost wherever a day is complete, and prices for the rest', async () => {
    const sources = await rows(`SELECT cost_source AS source, COUNT(*) AS generations,
        MAX(utc_day) AS last, SUM(cost) AS cost
      FROM v_cost WHERE model_id IN ('gpt-4o', 'gpt-4o-mini', 'gpt-5-mini') AND input_tokens IS NOT NULL
      GROUP BY cost_source ORDER BY cost_source`);
    const of = (name: string) => sources.find(({ source }) => source === name);
    const yesterday = Math.floor(now / DAY) - 1;
    assert.ok(Number(of('billed')?.['cost']) > 5, JSON.stringify(sources));
    assert.ok(Number(of('billed')?.['last']) < yesterday, JSON.stringify(sources));
    assert.equal(of('unknown'), undefined);
    const [byInstance] = await rows(
      `SELECT COUNT(DISTINCT instance_id) AS instances FROM v_cost WHERE cost_source = 'billed'`,
    );
    assert.equal(byInstance?.['instances'], DEMO_COMPANIES.length);
  });

  it('shows what other apps use, a resource that nobody has named, and charges for no use', async () => {
    const shares = await rows(`SELECT s.kind, s.reason, SUM(s.cost) AS cost
      FROM cost_shares s JOIN cost_daily d ON d.id = s.cost_id WHERE d.cost_type = 'actual' GROUP BY s.kind, s.reason`);
    const cost = (kind: string, reason: string | null): number =>
      Number(shares.find((share) => share['kind'] === kind && share['reason'] === reason)?.['cost']);
    const share =
      cost('unallocated', 'otherUse') / (cost('unallocated', 'otherUse') + cost('allocated', null));
    assert.ok(share > 0.05 && share < 0.1, `other use ${share}`);
    assert.ok(cost('unmapped', 'unmappedResource') > 0);
    assert.ok(cost('other', 'otherCharge') < 0);
    assert.deepEqual(
      await rows(`SELECT COUNT(DISTINCT s.instance_id) AS instances
        FROM cost_shares s JOIN cost_daily d ON d.id = s.cost_id
        WHERE d.resource_id LIKE '%/oai-shared' AND s.kind = 'allocated'`),
      [{ instances: DEMO_COMPANIES.length }],
    );
  });

  it('has an invoice of a closed month, whose tax explains what is more', async () => {
    const [invoice] = await rows(`SELECT amount, tax, control FROM cost_invoices i
      JOIN cost_scopes s ON s.scope = i.scope
      JOIN cost_month_totals t ON t.scope_id = s.id AND t.month = i.month AND t.cost_type = 'actual'
      JOIN cost_months m ON m.scope_id = s.id AND m.month = i.month AND m.cost_type = 'actual' AND m.state = 'closed'`);
    const unexplained = Number(invoice?.['amount']) - Number(invoice?.['tax']) - Number(invoice?.['control']);
    assert.ok(Math.abs(unexplained) <= 0.01, JSON.stringify(invoice));
  });

  const reportOf = (definition: ReportDefinition, source?: 'demo') =>
    buildReport(reader, definition, {
      settings: { ...openingSettings(definition, { kind: 'all' }), source },
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
